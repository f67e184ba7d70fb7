"""Single red cells of other laboratories, cut out and brought to 50×50 as the NIH set's are.

Each laboratory is a zip with ``images/`` and ``manifest.csv`` (image, x, y, w, h, label, class, species, anno) in the
directory that ``--laboratories`` names. Which of them may teach is said in
``models/laboratories/laboratories.json``: BBBC041 is for measuring
only, and asking to train on it ends the run.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tqdm import tqdm

from .cells import ROOT, SIDE
from .outline import WORKING_SIDE, find_cells
from .resizing import resize_fixed_point

CACHE = ROOT / ".cache" / "laboratories"
VERSION = 1
"""Raised whenever cells would come out otherwise: what was cut out before is cut out anew."""
MARGIN = 0.12
"""Ground that is kept on each side of a box while the cell's outline is looked for, as a share of the box."""
CROPPED = (0.06, 0.06, 0.94, 0.94)
"""Where a cell lies in a picture that is a crop around it."""
SMALLEST = 12
"""Boxes with a shorter side, in pixels, are left out."""
HELD_OUT = 5
"""One group of so many (a slide's field, a picture, a patient) is never trained on."""


@dataclass(frozen=True)
class Laboratory:
    """Where cells come from, under which licence, and whether they may teach. ``group``: what is held out as one."""

    archive: str
    licence: str
    credit: str
    teaches: bool
    group: str = r".*"


LABORATORIES: dict[str, Laboratory] = {
    name: Laboratory(**{"group": ".*", **{key: value for key, value in entry.items() if key != "title"}})
    for name, entry in json.loads((ROOT / "models" / "laboratories" / "laboratories.json").read_text()).items()
}


@dataclass
class LaboratoryCells:
    """Cells of one laboratory: ``pixels`` [n, 50, 50, 3] uint8, ``positive`` [n] bool, ``group`` and ``image`` [n]."""

    name: str
    pixels: np.ndarray
    positive: np.ndarray
    group: np.ndarray
    image: np.ndarray

    def __len__(self) -> int:
        return len(self.positive)

    def part(self, held_out: bool) -> LaboratoryCells:
        """The cells of the groups that are held out, or those of the others."""
        return self._of(np.array([is_held_out(group) for group in self.group], bool) == held_out)

    def some(self, most: int) -> LaboratoryCells:
        """At most ``most`` cells of each label, spread evenly over the laboratory's."""
        return self._of(spread(self.positive, most))

    def _of(self, chosen: np.ndarray) -> LaboratoryCells:
        return LaboratoryCells(
            self.name, self.pixels[chosen], self.positive[chosen], self.group[chosen], self.image[chosen]
        )


def spread(positive: np.ndarray, most: int) -> np.ndarray:
    """Places of at most ``most`` cells of each label, spread evenly, in order."""
    labels = [np.flatnonzero(positive == label) for label in (True, False)]
    chosen = [part[np.linspace(0, len(part) - 1, min(most, len(part))).astype(int)] for part in labels if len(part)]
    return np.sort(np.concatenate(chosen)) if chosen else np.zeros(0, int)


def is_held_out(group: str) -> bool:
    """Whether a group is kept from training: one of five, told by its name alone, so that it never changes."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % HELD_OUT == 0


def teachers(wanted: Iterable[str] | None = None, left_out: Iterable[str] = ()) -> list[str]:
    """Names of the laboratories to train on: all that may teach or those ``wanted``, without those ``left_out``.

    Raises SystemExit for an unknown name, and for one that may not teach.
    """
    names = [name for name, lab in LABORATORIES.items() if lab.teaches] if wanted is None else list(wanted)
    for name in [*names, *left_out]:
        if name not in LABORATORIES:
            raise SystemExit(f"There is no laboratory {name!r}: use {', '.join(LABORATORIES)}")
    for name in names:
        if not LABORATORIES[name].teaches:
            raise SystemExit(f"{name} is for measuring only ({LABORATORIES[name].licence}): it can't be trained on")
    return [name for name in names if name not in set(left_out)]


def teaching_cells(directory: Path, names: Iterable[str], cache: Path = CACHE) -> list[LaboratoryCells]:
    """The cells of these laboratories that may be trained on: none of a held-out group. Raises as ``teachers`` does."""
    return [read(directory, name, cache).part(held_out=False) for name in teachers(names)]


def read(directory: Path, name: str, cache: Path = CACHE) -> LaboratoryCells:
    """All cells of a laboratory that are labelled infected or healthy, from the cache if they were cut out before.

    Raises SystemExit where the archive is missing.
    """
    laboratory = LABORATORIES[name]
    archive = directory / laboratory.archive
    if not archive.exists():
        raise SystemExit(f"{archive} is missing: --laboratories names the directory that holds the archives")
    kept = cache / f"{name}.npz"
    stamp = f"{VERSION} {archive.stat().st_size}"
    if kept.exists():
        with np.load(kept) as stored:
            if str(stored["stamp"]) == stamp:
                return LaboratoryCells(name, *(stored[key] for key in ("pixels", "positive", "group", "image")))
    cells = cut_all(archive, name)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".part").open("wb") as file:
        np.savez(file, stamp=stamp, pixels=cells.pixels, positive=cells.positive, group=cells.group, image=cells.image)
    kept.with_suffix(".part").replace(kept)
    return cells


def cut_all(archive: Path, name: str) -> LaboratoryCells:
    """Cut every infected or healthy cell out of a laboratory's archive."""
    group = re.compile(LABORATORIES[name].group)
    by_image: dict[str, list[dict[str, str]]] = {}
    pixels, positive, groups, images = [], [], [], []
    with zipfile.ZipFile(archive) as zipped:
        with zipped.open("manifest.csv") as file:
            for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")):
                if row["label"] in ("infected", "healthy") and min(int(row["w"]), int(row["h"])) >= SMALLEST:
                    by_image.setdefault(row["image"], []).append(row)
        pending: list[tuple[np.ndarray, tuple[float, float, float, float]]] = []
        for image, rows in tqdm(by_image.items(), f"cutting out {name}", unit="picture", mininterval=5):
            with Image.open(io.BytesIO(zipped.read(image))) as picture:
                whole = np.asarray(picture.convert("RGB"))
            found = group.search(Path(image).name)
            for row in rows:
                box = [int(row[key]) for key in ("x", "y", "w", "h")]
                pending.append((whole, CROPPED) if row["anno"] == "crop" else around(whole, *box))
                positive.append(row["label"] == "infected")
                groups.append(found.group(0) if found else image)
                images.append(image)
            if len(pending) >= 256:
                pixels += cut_out(pending)
                pending = []
        pixels += cut_out(pending)
    return LaboratoryCells(
        name,
        np.stack(pixels) if pixels else np.zeros((0, SIDE, SIDE, 3), np.uint8),
        np.array(positive, bool),
        np.array(groups),
        np.array(images),
    )


def around(
    whole: np.ndarray, x: int, y: int, width: int, height: int
) -> tuple[np.ndarray, tuple[float, float, float, float]]:
    """The box with its margin, cut off at the picture's edge, and where the box lies in it: left, top, right, bottom.

    ``whole`` [h, w, 3] uint8; the places are shares 0…1 of what is returned.
    """
    margin_x, margin_y = round(MARGIN * width), round(MARGIN * height)
    left, top = max(0, x - margin_x), max(0, y - margin_y)
    crop = whole[top : y + height + margin_y, left : x + width + margin_x]
    rows, columns = crop.shape[:2]
    box = ((x - left) / columns, (y - top) / rows, (x + width - left) / columns, (y + height - top) / rows)
    return crop, (max(0.0, box[0]), max(0.0, box[1]), min(1.0, box[2]), min(1.0, box[3]))


def cut_out(crops: list[tuple[np.ndarray, tuple[float, float, float, float]]]) -> list[np.ndarray]:
    """Cells [50, 50, 3] on black, cropped to their outlines, from crops and the places of their boxes."""
    if not crops:
        return []
    working = np.stack([resize_fixed_point(crop, WORKING_SIDE, WORKING_SIDE) for crop, _ in crops])
    masks = find_cells(torch.from_numpy(working), torch.tensor([box for _, box in crops])).numpy()
    return [on_black(crop, mask) for (crop, _), mask in zip(crops, masks)]


def on_black(crop: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The cell [50, 50, 3] uint8 of a crop [h, w, 3] by its mask, of any size, that is brought to the crop's."""
    height, width = crop.shape[:2]
    grown = np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).resize((width, height), Image.BILINEAR)) > 127
    rows, columns = np.flatnonzero(grown.any(1)), np.flatnonzero(grown.any(0))
    cell = np.where(grown[..., None], crop, 0)[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return resize_fixed_point(np.ascontiguousarray(cell), SIDE, SIDE)
