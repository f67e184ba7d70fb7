"""Platelets of other laboratories, to lie on cells: what they take from the light, and nothing else.

A platelet or a speck of stain on a healthy cell is what is most easily taken for a parasite, and on an infected cell it
changes nothing. A patch is the share of the ground's light that comes through, so it darkens whatever it lies on.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from .cells import SIDE
from .laboratories import LABORATORIES, is_held_out, teachers
from .resizing import resize_fixed_point

PATCH = 24
"""Side of a patch in pixels of which a cell has fifty."""
DIAMETERS = {"barcelona": 70, "bccd": 95}
"""Laboratories with boxed platelets, and their red cells' median diameter in pixels."""


def read_platelets(directory: Path, names: Iterable[str]) -> Tensor:
    """Light that comes through each platelet [n, 3, 24, 24] in 0…1, one beyond it; none of a held-out picture.

    Raises as ``laboratories.teachers`` does.
    """
    patches = []
    for name in teachers(names):
        if name not in DIAMETERS:
            continue
        with zipfile.ZipFile(directory / LABORATORIES[name].archive) as zipped:
            with zipped.open("manifest.csv") as file:
                rows = [row for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")) if row["label"] == "platelet"]
            for row in rows:
                if is_held_out(row["image"]):
                    continue
                with Image.open(io.BytesIO(zipped.read(row["image"]))) as picture:
                    whole = np.asarray(picture.convert("RGB"))
                box = [int(row[key]) for key in ("x", "y", "w", "h")]
                patches.append(through(whole, *box, SIDE / DIAMETERS[name]))
    return torch.stack(patches) if patches else torch.ones(0, 3, PATCH, PATCH)


def through(whole: np.ndarray, x: int, y: int, width: int, height: int, scale: float) -> Tensor:
    """Light that comes through what lies in a box [3, 24, 24], the box brought to ``scale`` of its size, fading out.

    The ground's light is the 95th percentile of each channel in the box.
    """
    crop = np.ascontiguousarray(whole[max(0, y) : y + height, max(0, x) : x + width])
    ground = np.percentile(crop.reshape(-1, 3), 95, axis=0).clip(1)
    sides = [min(PATCH, max(3, round(side * scale))) for side in crop.shape[:2]]
    light = (resize_fixed_point(crop, sides[1], sides[0]) / ground).clip(0.05, 1)
    down, across = (np.abs(np.linspace(-1, 1, side)) for side in sides)
    distance = np.hypot(down[:, None], across[None])
    light = 1 - (1 - light) * np.clip((1 - distance) / 0.3, 0, 1)[..., None]
    patch = np.ones((PATCH, PATCH, 3), np.float32)
    top, left = (PATCH - sides[0]) // 2, (PATCH - sides[1]) // 2
    patch[top : top + sides[0], left : left + sides[1]] = light
    return torch.from_numpy(patch).permute(2, 0, 1)


def lay(images: Tensor, patches: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """A ``share`` of the pictures [n, 3, h, w] with a patch on them, its middle anywhere on the cell's square."""
    count, _, height, width = images.shape
    chosen = torch.rand(count, generator=generator) < share
    which = torch.randint(0, max(1, len(patches)), (count,), generator=generator)
    turns = torch.randint(0, 4, (count,), generator=generator)
    places = torch.rand(count, 2, generator=generator)
    if not len(patches):
        return images
    out, reach = images.clone(), PATCH // 2
    for index in torch.nonzero(chosen).flatten().tolist():
        top, left = int(places[index, 0] * height), int(places[index, 1] * width)
        light = torch.ones(3, height + PATCH, width + PATCH)
        light[:, top : top + PATCH, left : left + PATCH] = torch.rot90(patches[which[index]], int(turns[index]), (1, 2))
        out[index] *= light[:, reach : reach + height, reach : reach + width]
    return out
