"""One fold's training: fastai's ``fine_tune`` with discriminative learning rates, a checkpoint an epoch."""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn
from tqdm import tqdm

from . import folding, schedule, teacher
from .augmentation import enlarge, normalise
from .cells import ROOT, Cells, Split
from .checkpoint import read_start
from .domain_head import DomainHead
from .examples import Examples
from .figures import area_under_roc
from .laboratories import LaboratoryCells
from .mix_style import attach
from .network import Network, SmallNetwork, StudentNetwork, has_bfloat16, make_network
from .predictions import shipped_scores
from .processes import BATCH_NORM, Processes

KEPT = ("epochs", "told", "steps", "finder", "average", "step", "start", "commit")
"""What a checkpoint keeps of a trainer beside its network and optimiser."""

SETTLING = 60
"""Batches over which BatchNorm's statistics of averaged weights are taken."""


def current_commit() -> str:
    """The commit that the training code is at, or «unknown» outside a checkout."""
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def go_on_from(weights: folding.Parameters, name: str, kind: str, sample: Tensor) -> Network | StudentNetwork:
    """A network of this kind with folded weights. Raises SystemExit where they are another network's."""
    network = StudentNetwork() if kind == "student" else Network("plain")
    try:
        folding.unfold(network, weights, sample)
    except ValueError as error:
        raise SystemExit(f"{name} is no start for the network {kind}: {error}") from error
    network.fresh = set()
    return network


class Trainer:
    """One fold's training: data on the device, network, optimiser, and what was recorded so far."""

    def __init__(
        self,
        options: argparse.Namespace,
        cells: Cells,
        split: Split,
        fold: int,
        laboratories: Sequence[LaboratoryCells] = (),
        processes: Processes | None = None,
    ) -> None:
        self.options, self.split, self.fold = options, split, fold
        self.processes = processes or Processes()
        if options.batch % self.processes.count:
            raise SystemExit(f"--batch {options.batch} cannot be shared evenly among {self.processes.count} processes")
        self.examples = Examples(options, cells, split, fold, laboratories)
        self.device = torch.device(options.device)
        self.half = has_bfloat16(options.device)
        self.targets = torch.from_numpy((~cells.positive).astype(np.int64))
        torch.manual_seed(options.seed + fold)
        sample = np.random.default_rng(options.seed).choice(split.train, min(256, len(split.train)), replace=False)
        start = normalise(enlarge(self.examples.inputs(sample), options.size))
        self.origin: dict[str, Tensor] | None = None
        """The weights that the training goes on from."""
        if options.start:
            folded, self.start = read_start(options.start, fold, options.output, options.cache)
            network = go_on_from(folded, options.start, options.network, start)
            self.origin = {name: value.clone() for name, value in network.state_dict().items()}
        elif options.network != "resnet34":
            network = SmallNetwork() if options.network == "small" else StudentNetwork()
            self.start = "random initialisation"
        else:
            network, self.start = make_network(options.head, options.init, start, options.parts)
        self.network = network.to(self.device, memory_format=torch.channels_last)
        if options.mix_style:
            attach(self.network, options.mix_style)
        self.adversary: DomainHead | None = None
        if options.adversary:
            if self.processes.count > 1 or not laboratories or options.network != "resnet34":
                raise SystemExit("--adversary asks for a resnet34, --laboratories and a single process")
            self.adversary = DomainHead(self.network, 512, 1 + len(laboratories), options.adversary)
            self.adversary.guess.to(self.device)
        self.frozen: bool | None = None
        self.model: nn.Module = self.network
        """The network, wrapped for the processes that train together."""
        self.per_epoch = max(1, len(self.examples) // options.batch)
        scratch = self.start == "random initialisation"
        self.frozen_epochs = 0 if scratch or options.start else options.frozen_epochs
        self.ratio = 1.0 if scratch else options.ratio
        self.optimiser = self.make_optimiser()
        self.epochs: list[dict] = []
        self.steps: list[dict] = []
        self.finder: list[dict] | None = None
        self.told: list[list[float]] = []
        """P(parasitized) of each validation cell after each epoch, [epochs][n], as the network in training gives it."""
        self.average = 0.0
        self.step = 0
        self.commit = current_commit()

    def make_optimiser(self) -> torch.optim.AdamW:
        """Adam with decoupled weight decay; biases and BatchNorm are not decayed. Two parameter groups a rate."""
        groups = []
        for index, parts in enumerate(self.network.groups()):
            plain, undecayed = [], []
            for part in parts:
                for module in part.modules():
                    for name, parameter in module.named_parameters(recurse=False):
                        is_norm = isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))
                        (undecayed if is_norm or name == "bias" else plain).append(parameter)
            groups += [
                {"params": plain, "weight_decay": self.options.decay, "rate": index, "freezes": index < 2},
                {"params": undecayed, "weight_decay": 0.0, "rate": index, "freezes": False},
            ]
        return torch.optim.AdamW([g for g in groups if g["params"]], lr=1e-3, betas=(0.95, 0.99), eps=1e-5)

    def set_rates(self, rates: list[float], momentum: float, frozen: bool) -> None:
        for group in self.optimiser.param_groups:
            group["lr"], group["betas"] = rates[group["rate"]], (momentum, 0.99)
            for parameter in group["params"]:
                parameter.requires_grad_(not (frozen and group["freezes"]))
        if frozen != self.frozen:
            self.frozen, self.model = frozen, self.network
            self.model = self.processes.wrap(self.network)

    def learn(self, places: np.ndarray, generator: torch.Generator) -> tuple[float, float]:
        """One optimiser step on this process's share: loss and accuracy on the batch as the network saw it."""
        images, distributions = self.examples.batch(places, generator)
        images = images.to(self.device).contiguous(memory_format=torch.channels_last)
        distributions = distributions.to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.half):
            logits = self.model(images)
        logits = logits.float()
        loss = teacher.soft_loss(logits, distributions)
        self.optimiser.zero_grad(set_to_none=True)
        if self.adversary is None:
            loss.backward()
        else:
            self.adversary.optimiser.zero_grad(set_to_none=True)
            domains = torch.from_numpy(self.examples.domains(places)).to(self.device)
            progress = self.step / (self.per_epoch * (self.frozen_epochs + self.options.epochs))
            (loss + self.adversary.loss(domains, distributions.argmax(1) == 1, progress)).backward()
            self.adversary.optimiser.step()
        self.optimiser.step()
        accuracy = (logits.argmax(1) == distributions.argmax(1)).float().mean()
        both = self.processes.mean(torch.stack((loss.detach(), accuracy)))
        return float(both[0]), float(both[1])

    def find_rate(self) -> None:
        """fastai's finder over 100 steps on copies of the weights; the curve is kept for the site."""
        state = {key: value.clone() for key, value in self.network.state_dict().items()}
        generator = torch.Generator().manual_seed(self.options.seed)
        order = self.examples.epoch(generator)
        self.network.train()
        curve, average, best = [], 0.0, math.inf
        quiet = not self.processes.writes
        for step in tqdm(range(100), "learning-rate finder", unit="batch", disable=quiet):
            rate = schedule.finder_rate(step)
            self.set_rates([rate] * 3, 0.95, False)
            places = np.arange(step * self.options.batch, (step + 1) * self.options.batch) % len(order)
            loss, _ = self.learn(self.processes.share(order[places]), generator)
            average = 0.98 * average + 0.02 * loss
            smooth = average / (1 - 0.98 ** (step + 1))
            curve.append({"learningRate": rate, "loss": smooth})
            best = min(best, smooth)
            if smooth > 4 * best or math.isnan(smooth):
                break
        self.network.load_state_dict(state)
        self.optimiser = self.make_optimiser()
        self.finder = curve
        kept = [point for point in curve[10:-5]] if len(curve) > 20 else curve
        suggestion = schedule.valley([p["learningRate"] for p in kept], [p["loss"] for p in kept])
        if self.processes.writes:
            print(f"learning-rate finder: valley at {suggestion:.2e}")

    def logits(self, indices: np.ndarray, view: int = 0) -> Tensor:
        """Logits [n, 2] of cells without augmentation; ``view`` 0…7 is a pose of the square, 0 the cell as it is."""
        self.network.eval()
        own = self.processes.share(indices)
        logits = [torch.zeros(0, 2)]
        with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.half):
            for start in range(0, len(own), 256):
                cells = torch.rot90(self.examples.inputs(own[start : start + 256]), view % 4, (2, 3))
                cells = cells.flip(3) if view >= 4 else cells
                images = normalise(enlarge(cells, self.options.size))
                images = images.to(self.device).contiguous(memory_format=torch.channels_last)
                logits.append(self.network(images).float().cpu())
        return self.processes.gather(torch.cat(logits), len(indices))

    def scores(self, indices: np.ndarray) -> np.ndarray:
        """P(parasitized) [n] as the network would be shipped; of full-size cells, which no page takes, as it is."""
        if self.examples.source is not None:
            return self.logits(indices).softmax(1)[:, 0].numpy()
        return shipped_scores(self.network, self.examples.input_pixels(indices), self.options.size)

    def evaluate(self, indices: np.ndarray, views: int = 1) -> dict[str, float]:
        """Loss, accuracy and area under the ROC curve on cells without augmentation, logits averaged over views."""
        return self.figures(torch.stack([self.logits(indices, view) for view in range(views)]).mean(0), indices)

    def figures(self, out: Tensor, indices: np.ndarray) -> dict[str, float]:
        """Loss, accuracy and area under the ROC curve of logits [n, 2] of these cells."""
        targets = self.targets[indices]
        return {
            "validLoss": float(functional.cross_entropy(out, targets)),
            "validAccuracy": float((out.argmax(1) == targets).float().mean()),
            "validAuc": area_under_roc(out.softmax(1)[:, 0].numpy(), targets.numpy() == 0),
        }

    def run_epoch(self, epoch: int) -> None:
        options, begun = self.options, time.time()
        seed = (options.seed * 1009 + self.fold) * 1009 + epoch
        generator = torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        order = self.examples.epoch(generator)
        if self.processes.count > 1:  # One order for all, draws of its own for each.
            generator.manual_seed((seed * 1009 + self.processes.number) * 1009)
            torch.manual_seed(seed * 1009 + self.processes.number)
        self.network.train()
        accuracies = []
        bar = tqdm(
            range(self.per_epoch),
            f"fold {self.fold} epoch {epoch + 1}",
            unit="batch",
            mininterval=5,
            disable=not self.processes.writes,
        )
        for index in bar:
            rates, momentum, frozen = schedule.fine_tune(
                self.step,
                self.per_epoch,
                options.epochs,
                options.rate,
                frozen_epochs=self.frozen_epochs,
                ratio=self.ratio,
            )
            self.set_rates(rates, momentum, frozen)
            places = order[index * options.batch : (index + 1) * options.batch]
            loss, accuracy = self.learn(self.processes.share(places), generator)
            accuracies.append(accuracy)
            self.average = 0.98 * self.average + 0.02 * loss
            self.step += 1
            smooth = self.average / (1 - 0.98**self.step)
            if self.step % 10 == 1:
                self.steps.append(
                    {
                        "step": self.step,
                        "epoch": self.step / self.per_epoch,
                        "learningRates": [float(f"{rate:.6g}") for rate in rates],
                        "momentum": round(momentum, 6),
                        "loss": round(smooth, 6),
                    }
                )
            bar.set_postfix(loss=f"{smooth:.4f}", refresh=False)
        self.processes.average(self.network.buffers())
        row = {
            "epoch": epoch + 1,
            "phase": "frozen" if epoch < self.frozen_epochs else "unfrozen",
            "trainLoss": round(smooth, 6),
            "trainAccuracy": round(float(np.mean(accuracies)), 6),
        }
        if len(self.split.validation):
            out = self.logits(self.split.validation)
            self.told.append(out.softmax(1)[:, 0].tolist())
            row.update({key: round(value, 6) for key, value in self.figures(out, self.split.validation).items()})
        row["seconds"] = round(time.time() - begun, 1)
        self.epochs.append(row)
        if self.processes.writes:
            print(json.dumps(row), flush=True)

    def state(self) -> dict:
        return {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "recipe": self.recipe(),
            **{key: getattr(self, key) for key in KEPT},
        }

    def resume(self, path: Path, saved: dict) -> None:
        """Go on from what a checkpoint saved. Raises SystemExit where it was trained by another recipe."""
        kept, own = saved.get("recipe", {}), self.recipe()
        named = sorted((kept.keys() | own.keys()) - {"commit", "torch", "precision", "initialisation"})
        if kept and (other := [key for key in named if kept.get(key) != own.get(key)]):
            raise SystemExit(f"{path} is of another recipe ({', '.join(other)}): delete it, or give another --name")
        self.network.load_state_dict(saved["network"])
        self.optimiser.load_state_dict(saved["optimiser"])
        for key in KEPT:
            setattr(self, key, saved[key])
        if self.processes.writes:
            print(f"fold {self.fold}: resumed after epoch {len(self.epochs)}")

    def train(self, checkpoint: Path) -> None:
        """Train to the end, from the checkpoint on if there is one. Process 0 alone reads and writes it."""
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        known = self.processes.writes and checkpoint.exists()
        if saved := self.processes.told(torch.load(checkpoint, map_location="cpu") if known else None):
            self.resume(checkpoint, saved)
        elif self.options.find_rate:
            self.find_rate()
        last = self.frozen_epochs + self.options.epochs - 1
        for epoch in range(len(self.epochs), last + 1):
            self.run_epoch(epoch)
            if epoch == last and self.origin is not None and self.options.share < 1:
                self.go_back(self.origin)
            if self.processes.writes:
                torch.save(self.state(), checkpoint.with_suffix(".part"))
                checkpoint.with_suffix(".part").replace(checkpoint)

    def go_back(self, origin: dict[str, Tensor]) -> None:
        """Put the weights ``--share`` of the way from ``origin`` to the network's; BatchNorm's statistics follow anew.

        Averages of weights before and after a fine-tuning often do better than both (Wortsman et al. 2022). They are
        taken before BatchNorm is folded in: of folded ones a fold's average was worse than both ends.
        """
        share, own = self.options.share, self.network.state_dict()
        self.network.load_state_dict(
            {
                name: torch.lerp(origin[name], end, share) if end.is_floating_point() else end
                for name, end in own.items()
            }
        )
        norms = [part for part in self.network.modules() if isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d))]
        momenta = [norm.momentum for norm in norms]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # A plain mean over the batches that follow.
        generator = torch.Generator().manual_seed(self.options.seed)
        order = self.examples.epoch(generator)
        self.network.train()
        with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.half):
            for start in range(0, min(len(order), SETTLING * self.options.batch), self.options.batch):
                places = self.processes.share(order[start : start + self.options.batch])
                images, _ = self.examples.batch(places, generator)
                self.network(images.to(self.device).contiguous(memory_format=torch.channels_last))
        for norm, momentum in zip(norms, momenta):
            norm.momentum = momentum
        self.processes.average(self.network.buffers())

    def recipe(self) -> dict:
        kept = "network head size epochs batch rate decay smoothing seed protocol".split()
        return {
            **{key: getattr(self.options, key) for key in kept},
            "frozenEpochs": self.frozen_epochs,
            "ratio": self.ratio,
            **self.examples.recipe(),
            **({"processes": self.processes.count, "batchNorm": BATCH_NORM} if self.processes.count > 1 else {}),
            "optimiser": "Adam, decoupled weight decay, beta2 0.99, epsilon 1e-5",
            "precision": "bfloat16 autocast" if self.half else "float32",
            "initialisation": self.start,
            **({"share": self.options.share} if self.options.start else {}),
            **({"mixStyle": self.options.mix_style} if self.options.mix_style else {}),
            **({"adversary": self.options.adversary} if self.options.adversary else {}),
            "torch": torch.__version__,
            "commit": self.commit,
            "trainCells": len(self.split.train),
            "validationCells": len(self.split.validation),
            "testCells": len(self.split.test),
        }

    def history(self) -> dict:
        return {
            "fold": self.fold,
            "recipe": self.recipe(),
            "boundary": self.frozen_epochs,
            "epochs": self.epochs,
            "steps": self.steps,
            "learningRateFinder": self.finder,
        }
