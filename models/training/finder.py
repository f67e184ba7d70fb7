"""Train the finder: ``npm run train:finder -- --laboratories <directory> [--left-out barcelona]``.

Patches come from the fields of laboratories that may teach and from fields composed of NIH cells of fold 0's training
patients, half and half; some are small pictures of one cell each. BBBC041 is never among them.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn
from torch.utils.data import DataLoader

from .cells import ROOT
from .fields import ARCHIVES, read_fields
from .finder_network import FinderNetwork
from .finder_patches import Patches
from .graph import read
from .laboratories import is_held_out, teaching_cells
from .network import unfold_norms
from .stars import DIRECTIONS

SINGLES = ("plymouth", "plasmocount")
"""Laboratories of which there are single cells only: their infected ones teach what is no white cell."""
KIND_WEIGHTS = torch.tensor((1.0, 3.0, 3.0, 2.0))


def losses(out: Tensor, wanted: list[Tensor], known: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Of nearness (cross entropy), of distances (as shares of the thing's size), of kinds (cross entropy)."""
    heat, kind, flat, far = wanted
    near = functional.binary_cross_entropy_with_logits(out[:, 0], heat, reduction="none")
    near = (near * (1 + 3 * heat) * known).sum() / known.sum().clamp_min(1)
    said = out[:, 1 : 1 + DIRECTIONS].permute(0, 2, 3, 1).reshape(-1, DIRECTIONS)[flat]
    size = far.mean(1, keepdim=True).clamp_min(0.15)
    reach = functional.smooth_l1_loss(said / size, far / size, beta=0.05) if len(flat) else out.sum() * 0
    told = (kind >= 0) & (heat > 0.2)
    kinds = out[:, 1 + DIRECTIONS :].permute(0, 2, 3, 1)[told]
    what = functional.cross_entropy(kinds, kind[told], KIND_WEIGHTS) if told.any() else out.sum() * 0
    return near, reach, what


def start_from(network: FinderNetwork, folder: Path, pictures: Tensor) -> None:
    """Give a network the weights of a shipped finder, its norms the statistics of ``pictures`` [n, 3, h, w]."""
    stored = read(folder)
    biases: dict[nn.Module, Tensor] = {}
    with torch.no_grad():
        for name, part in network.named_modules():
            if isinstance(part, nn.Sequential):
                count = part[0].out_channels
                part[0].weight.copy_(stored[f"{name}.weight"][:count])
                biases[part[1]] = stored[f"{name}.bias"][:count]
        network.head.weight.copy_(stored["head.weight"])
        network.head.bias.copy_(stored["head.bias"])
    unfold_norms(network, biases, pictures)
    network.train()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run train:finder --", description=__doc__.splitlines()[0])
    parser.add_argument("--laboratories", type=Path, required=True)
    parser.add_argument("--left-out", nargs="*", default=[])
    parser.add_argument("--start", type=Path, help="a shipped finder to go on from")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    fields = {
        name: [
            f for f in read_fields(options.laboratories, name, ROOT / ".cache" / "fields") if not is_held_out(f.name)
        ]
        for name, source in ARCHIVES.items()
        if source.teaches and name not in options.left_out
    }
    singles = teaching_cells(options.laboratories, [name for name in SINGLES if name not in options.left_out])
    patches = Patches(fields, options.seed, [cells.pixels[cells.positive] for cells in singles])
    batches = iter(DataLoader(patches, batch_size=None, num_workers=1, prefetch_factor=6))
    network, history, before = FinderNetwork(), [], 0
    if options.start:
        start_from(network, options.start, torch.cat([next(batches)[0] for _ in range(4)]))
        history = json.loads((options.start / "metadata.json").read_text())["history"]
        before = history[-1]["step"]
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), options.rate, betas=(0.9, 0.99), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, options.steps, pct_start=0.15)
    sums, start = np.zeros(3), time.time()
    averaged = {name: value.clone().float() for name, value in network.state_dict().items()}
    for step in range(1, options.steps + 1):
        pictures, wanted, known = next(batches)
        near, reach, what = losses(network(pictures.contiguous(memory_format=torch.channels_last)), wanted, known)
        optimizer.zero_grad()
        (near + 2 * reach + 0.3 * what).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimizer.step()
        schedule.step()
        decay = min(0.995, 1 - 1 / step)
        for name, value in network.state_dict().items():
            averaged[name].mul_(decay).add_(value.float(), alpha=1 - decay)
        sums += [float(near), float(reach), float(what)]
        if step % 100 == 0 or step == options.steps:
            means = dict(zip(("near", "reach", "kind"), (sums / 100).round(4).tolist()))
            history.append({"step": before + step, **means})
            sums[:] = 0
            print(f"{json.dumps(history[-1])} {time.time() - start:.0f} s", flush=True)
            options.output.mkdir(parents=True, exist_ok=True)
            torch.save(
                {"network": averaged, "history": history, "left_out": options.left_out}, options.output / "finder.pt"
            )


if __name__ == "__main__":
    main()
