"""How the shipped network's scores move when pictures change: ``npm run robustness``.

Held-out cells are changed one way at a time and scored with the shipped weights. Writes ``robustness.csv`` with a
column a change and a row a cell, from which figures are made. Colours change within the cell alone: black stays black.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image, ImageFilter
from torch import Tensor
from tqdm import tqdm

from . import graph
from .augmentation import Draws, resample, sampling_grid, stain
from .cells import ROOT, SIDE, load_cells, split_of_fold
from .folding import score

FRAME_BELOW = 24
"""A pixel whose brightest channel is darker than this belongs to the black frame, as in the manifest."""

Change = Callable[[Tensor], Tensor]
"""From pictures [n, 3, 50, 50] in 0…1 to changed ones."""


def recolour(hue: float = 0.0, saturation: float = 1.0, gain: float = 1.0) -> Change:
    """Hue turned by degrees and saturation scaled in YIQ, brightness scaled."""

    def change(images: Tensor) -> Tensor:
        count = len(images)
        turn, scale = torch.full((count,), math.radians(hue)), torch.full((count,), saturation)
        return stain(images, turn, scale, torch.full((count, 3), gain))

    return change


def moved(degrees: float = 0.0, zoom: float = 1.0) -> Change:
    """Turned about the centre and scaled; what lies outside is black."""

    def change(images: Tensor) -> Tensor:
        draws = Draws.neutral(len(images))
        draws.degrees += degrees
        draws.zoom *= zoom
        return resample(images, sampling_grid(draws, SIDE, SIDE, (SIDE, SIDE)), "zeros")

    return change


def one_by_one(function: Callable[[Image.Image], Image.Image]) -> Change:
    """A change of 8-bit pictures by Pillow."""

    def change(images: Tensor) -> Tensor:
        bytes_ = (images * 255).round().byte().permute(0, 2, 3, 1).numpy()
        changed = [np.asarray(function(Image.fromarray(picture))) for picture in bytes_]
        return torch.from_numpy(np.stack(changed)).permute(0, 3, 1, 2).float() / 255

    return change


def compressed(quality: int) -> Change:
    """Saved as JPEG of a quality and read again, at 50 pixels."""

    def through(picture: Image.Image) -> Image.Image:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        return Image.open(io.BytesIO(file.getvalue())).convert("RGB")

    return one_by_one(through)


def noisy(deviation: float) -> Change:
    """Independent normal noise on every channel inside the cell."""

    def change(images: Tensor) -> Tensor:
        generator = torch.Generator().manual_seed(2020)
        noise = torch.randn(images.shape, generator=generator) * deviation
        return torch.where(frame(images), images, (images + noise).clamp(0, 1))

    return change


def resized(side: int) -> Change:
    """Brought to another size and back, as a smaller or larger picture of the same cell would be."""

    def change(images: Tensor) -> Tensor:
        mode = "area" if side < SIDE else "bilinear"
        options = {} if mode == "area" else {"align_corners": False}
        other = functional.interpolate(images, size=(side, side), mode=mode, **options)
        return functional.interpolate(other, size=(SIDE, SIDE), mode="bilinear", align_corners=False)

    return change


def frame(images: Tensor) -> Tensor:
    """Where the black frame is: [n, 1, 50, 50]."""
    return images.amax(1, keepdim=True) * 255 < FRAME_BELOW


def unframed(images: Tensor) -> Tensor:
    """The black frame filled with the mean colour of the cell."""
    outside = frame(images)
    inside = (~outside).float()
    mean = (images * inside).sum((2, 3), keepdim=True) / inside.sum((2, 3), keepdim=True).clamp_min(1)
    return torch.where(outside, mean.expand_as(images), images)


def changes() -> Iterator[tuple[str, float, Change]]:
    """Name, level and function of every change; levels are in the units that their functions take."""
    yield "none", 0, lambda images: images
    for level in (-45, -30, -15, 15, 30, 45):
        yield "hue", level, recolour(hue=level)
    for level in (0.4, 0.7, 1.3, 1.6):
        yield "saturation", level, recolour(saturation=level)
    for level in (0.5, 0.75, 1.25, 1.5):
        yield "brightness", level, recolour(gain=level)
    for level in (0.5, 1, 1.5, 2):
        yield "blur", level, one_by_one(lambda picture, level=level: picture.filter(ImageFilter.GaussianBlur(level)))
    for level in (90, 70, 50, 30, 10):
        yield "jpeg", level, compressed(level)
    for level in (0.02, 0.05, 0.1):
        yield "noise", level, noisy(level)
    for level in (30, 45, 90, 180):
        yield "rotation", level, moved(degrees=level)
    for level in (0.5, 2):
        yield "size", level, resized(round(SIDE * level))
    for level in (0.6, 0.8, 1.2, 1.4):
        yield "frame", level, moved(zoom=level)
    yield "frame-filled", 1, unframed


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run robustness --", description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="resnet34")
    parser.add_argument("--cells", type=int, default=2000, help="held-out cells, spread evenly over the test fold")
    parser.add_argument("--output", type=Path, default=ROOT / "models")
    options = parser.parse_args(arguments)
    torch.set_num_threads(max(2, torch.get_num_threads()))
    folder = options.output / options.name
    metadata = json.loads((folder / "metadata.json").read_text())
    parameters = graph.read(folder)
    cells = load_cells()
    test = split_of_fold(cells, metadata["split"]["testFold"]).test
    chosen = test[np.linspace(0, len(test) - 1, min(options.cells, len(test))).astype(int)]
    images = torch.from_numpy(cells.pixels[chosen]).permute(0, 3, 1, 2).float() / 255
    columns: dict[str, list[str]] = {"file": [cells.rows[index]["file"] for index in chosen]}
    for name, level, change in tqdm(list(changes()), "changes", unit="change"):
        pixels = (change(images) * 255).round().byte().permute(0, 2, 3, 1)
        scores = score(parameters, pixels, metadata["recipe"]["size"], progress=False)
        columns[f"{name}:{level:g}"] = [f"{value:.5f}" for value in scores.tolist()]
    with (folder / "robustness.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


if __name__ == "__main__":
    main()
