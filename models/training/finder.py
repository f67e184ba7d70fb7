"""Train the finder: ``npm run train:finder -- --laboratories <directory> [--left-out barcelona]``.

Patches come from the fields of laboratories that may teach and from fields composed of NIH cells of fold 0's training
patients, half and half. BBBC041 is never among them.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from scipy import ndimage
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from .cells import ROOT, load_cells, split_of_fold
from .compose import Composition, compose, original_sizes
from .fields import ARCHIVES, DIAMETER, Field, read_fields
from .finder_network import RADIUS, STRIDE, FinderNetwork, stretch
from .graph import read
from .laboratories import is_held_out
from .network import unfold_norms
from .stars import DIRECTIONS, distances, filled

SIDE = 160
BATCH = 8
SMALLEST, USUAL, LARGEST = 16, 28, 44
"""Diameters in pixels of the cells in a patch; most lie near the usual one, which pictures are brought to."""
COMPOSED = 0.5
"""Share of the patches that are composed."""
PIXELS_A_CELL = 20
COMPOSING_CELLS = 4000
KIND_WEIGHTS = torch.tensor((1.0, 3.0, 3.0, 2.0))


def targets(things: Field, side: int, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What the network should say of a patch: nearness [h, w], kind [h, w] (−1: nothing), and at some pixels (flat
    places [m]) the distances [m, 32] in ``RADIUS`` pixels."""
    cells = side // STRIDE
    heat = np.zeros((cells, cells), np.float32)
    kind = np.full((cells, cells), -1)
    owner = np.full((cells, cells), -1)
    for number, (centre, polygon) in enumerate(zip(things.centre, things.polygon)):
        grid = (polygon - 0.5) / STRIDE + 0.5
        low = np.floor(grid.min(0)).astype(int).clip(0, cells)
        high = (np.ceil(grid.max(0)).astype(int) + 1).clip(0, cells)
        if (high <= low).any():
            continue
        mask = filled(grid - low, high[1] - low[1], high[0] - low[0])
        rows, columns = np.nonzero(mask)
        if not len(rows):
            continue
        places = np.stack((columns + low[0], rows + low[1]), 1) * STRIDE + 0.5
        offset = places - centre
        reach = np.hypot(*(polygon - centre).T)
        turn = np.arctan2(offset[:, 1], offset[:, 0]) / (2 * math.pi) % 1 * DIRECTIONS
        before = turn.astype(int) % DIRECTIONS
        edge = reach[before] * (1 - turn % 1) + reach[(before + 1) % DIRECTIONS] * (turn % 1)
        near = (1 - np.hypot(*offset.T) / edge.clip(0.5)).clip(0.02, 1)
        where = (rows + low[1], columns + low[0])
        nearer = near > heat[where]
        where = (where[0][nearer], where[1][nearer])
        heat[where], kind[where], owner[where] = near[nearer], things.kind[number], number
    rows, columns = np.nonzero(heat > 0.25)
    order = rng.permutation(len(rows))[: PIXELS_A_CELL * max(1, len(things.kind))]
    rows, columns = rows[order], columns[order]
    origins = np.stack((columns, rows), 1) * STRIDE + 0.5
    far = distances(origins, things.polygon[owner[rows, columns]]) if len(rows) else np.zeros((0, DIRECTIONS))
    return (
        torch.from_numpy(heat),
        torch.from_numpy(kind),
        torch.from_numpy(rows * cells + columns),
        torch.from_numpy(far / RADIUS).float(),
    )


def cut_patch(whole: Field, side: int, scale: float, rng: np.random.Generator) -> Field:
    """A random square of a field, scaled, mirrored and turned by right angles; what it cuts off is cut off."""
    span = side / scale
    height, width = whole.picture.shape[:2]
    left = rng.uniform(min(0, width - span), max(0, width - span))
    top = rng.uniform(min(0, height - span), max(0, height - span))
    box = (left, top, left + span, top + span)
    picture = np.asarray(
        Image.fromarray(whole.picture).transform((side, side), Image.Transform.EXTENT, box, Image.Resampling.BILINEAR)
    )
    polygon, centre = (whole.polygon - (left, top)) * scale, (whole.centre - (left, top)) * scale
    low = np.array((max(0.0, -left), max(0.0, -top))) * scale
    high = np.array((min(span, width - left), min(span, height - top))) * scale
    known = None
    if whole.known is not None or (low > 0).any() or (high < side).any():
        told = whole.known if whole.known is not None else np.ones((height, width), bool)
        known = np.asarray(Image.fromarray(told).transform((side, side), Image.Transform.EXTENT, box))
    clipped = polygon.clip(low, high)
    area = 0.5 * np.abs(
        (clipped[..., 0] * np.roll(clipped[..., 1], -1, 1) - np.roll(clipped[..., 0], -1, 1) * clipped[..., 1]).sum(1)
    )
    keep = area > 12
    centre = np.where(((centre >= low) & (centre <= high)).all(1, keepdims=True), centre, clipped.mean(1))
    part = Field(whole.name, picture, whole.kind[keep], centre[keep], clipped[keep], known)
    return _turned(part, int(rng.integers(4)), bool(rng.integers(2)), side)


def _turned(part: Field, quarters: int, mirror: bool, side: int) -> Field:
    picture, known, points = part.picture, part.known, [part.centre, part.polygon]
    if mirror:
        picture = picture[:, ::-1]
        known = None if known is None else known[:, ::-1]
        points = [np.stack((side - p[..., 0], p[..., 1]), -1) for p in points]
    picture = np.rot90(picture, quarters)
    known = None if known is None else np.rot90(known, quarters).copy()
    for _ in range(quarters):
        points = [np.stack((p[..., 1], side - p[..., 0]), -1) for p in points]
    return Field(part.name, np.ascontiguousarray(picture), part.kind, *points, known)


def spoil(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another stain, lamp, focus, camera and file: uint8 [h, w, 3] in, the same out."""
    light = (picture.astype(np.float32) + 1) / 256
    if rng.random() < 0.8:
        density = -np.log(light)
        ground = np.quantile(density, 0.03, axis=(0, 1))
        over = (density - ground).clip(-0.1)
        mix = np.eye(3) + rng.normal(0, 0.12, (3, 3))
        over = over @ mix.astype(np.float32).clip(-0.2, 1.6)
        gain = math.exp(rng.uniform(-0.7, 0.5))
        light = np.exp(
            -(over * gain * np.exp(rng.normal(0, 0.2, 3)) + ground * rng.uniform(0, 1.3) + rng.uniform(0, 0.35, 3))
        )
    if rng.random() < 0.4:
        v, u = np.mgrid[-1 : 1 : light.shape[0] * 1j, -1 : 1 : light.shape[1] * 1j]
        tilt = rng.normal(0, 0.1, 2)
        shade = 1 + tilt[0] * u + tilt[1] * v - rng.uniform(0, 0.3) * (u**2 + v**2) / 2
        light = light * shade[..., None].astype(np.float32)
    if rng.random() < 0.15:
        light = 1.05 - light
    if rng.random() < 0.3:
        light = light.mean(2, keepdims=True).repeat(3, 2) if rng.random() < 0.3 else light[..., rng.permutation(3)]
    if rng.random() < 0.5:
        light = ndimage.gaussian_filter(light, (sigma := rng.uniform(0.3, 1.5), sigma, 0))
    if rng.random() < 0.5:
        light = light + rng.normal(0, rng.uniform(0.003, 0.04), light.shape)
    out = (light * 255).clip(0, 255).round().astype(np.uint8)
    if rng.random() < 0.3:
        file = io.BytesIO()
        Image.fromarray(out).save(file, "JPEG", quality=int(rng.integers(20, 90)))
        out = np.asarray(Image.open(file).convert("RGB"))
    return out


class Patches(IterableDataset):
    """An endless run of training batches."""

    def __iter__(self) -> Iterator[tuple[Tensor, list[Tensor], Tensor]]:
        torch.set_num_threads(1)
        while True:
            yield self.batch()

    def __init__(self, fields: dict[str, list[Field]], seed: int) -> None:
        self.fields = {name: some for name, some in fields.items() if some}
        self.rng = np.random.default_rng(seed)
        rows = load_cells(progress=False, only=())
        chosen = np.sort(self.rng.permutation(split_of_fold(rows, 0).train)[:COMPOSING_CELLS])
        cells = load_cells(only=chosen)
        sizes = original_sizes()
        self.pixels = cells.pixels[chosen]
        self.patient = cells.patient[chosen]
        self.ratio = np.array([(s := sizes.get(cells.rows[i]["file"], (1, 1)))[0] / s[1] for i in chosen])

    def diameter(self) -> float:
        """A diameter for the cells of a patch, in pixels."""
        return float(np.clip(USUAL * math.exp(self.rng.normal(0, 0.28)), SMALLEST, LARGEST))

    def one(self) -> Field:
        """A patch, its picture spoilt."""
        rng = self.rng
        if rng.random() < COMPOSED or not self.fields:
            patient = rng.choice(self.patient)
            mine = np.flatnonzero((self.patient == patient) | (rng.random(len(self.patient)) < 0.002))
            overlap = rng.choice((0.0, 0.4, 0.8, 1.0))
            ghosts = int(rng.integers(1, 4)) if rng.random() < 0.3 else 0
            crowding, specks = rng.uniform(0.02, 0.9), int(rng.integers(0, 12))
            plan = Composition(SIDE, SIDE, self.diameter(), crowding, overlap, specks, ghosts)
            part = compose("composed", plan, self.pixels[mine], self.ratio[mine], rng)
            part = _turned(part, 0, False, SIDE)
        else:
            names = list(self.fields)
            weights = np.array([math.sqrt(len(self.fields[name])) for name in names])
            name = rng.choice(names, p=weights / weights.sum())
            whole = self.fields[name][int(rng.integers(len(self.fields[name])))]
            part = cut_patch(whole, SIDE, self.diameter() / DIAMETER, rng)
        part.picture = spoil(part.picture, rng)
        return part

    def batch(self) -> tuple[Tensor, list[Tensor], Tensor]:
        """Pictures [8, 3, 160, 160], their targets, and where it is known what lies there [8, 80, 80]."""
        parts = [self.one() for _ in range(BATCH)]
        pictures = torch.stack([torch.from_numpy(stretch(p.picture)).permute(2, 0, 1) for p in parts])
        heats, kinds, places, far = zip(*(targets(p, SIDE, self.rng) for p in parts))
        size = (SIDE // STRIDE) ** 2
        flat = torch.cat([place + size * n for n, place in enumerate(places)])
        known = torch.stack(
            [
                torch.ones(SIDE // STRIDE, SIDE // STRIDE)
                if p.known is None
                else torch.from_numpy(p.known[::STRIDE, ::STRIDE].copy()).float()
                for p in parts
            ]
        )
        return pictures, [torch.stack(heats), torch.stack(kinds), flat, torch.cat(far)], known


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
    patches = Patches(fields, options.seed)
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
