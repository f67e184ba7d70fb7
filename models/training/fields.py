"""Whole fields of other laboratories with what lies in them, for the finder.

A box becomes an outline: the foreground within it, if it fills the box as a cell does, else the ellipse. Fields are
brought to one size of cell, ``DIAMETER`` pixels across.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from tqdm import tqdm

from .cells import ROOT
from .stars import DIRECTIONS, corners, ellipse, star_of_mask

DIAMETER = 44
"""Median diameter of a field's red cells, in pixels, after it is brought to size."""
KINDS = ("red", "white", "platelet", "clump")
KIND_OF_LABEL = {"healthy": 0, "infected": 0, "unknown": 0, "wbc": 1, "platelet": 2}
POINT_MARGIN = 1.1
"""Chula's boxes are drawn around points, so many times wider than the cells."""


@dataclass(frozen=True)
class Archive:
    """Where fields come from, whether they may teach, and whether every cell in them has its box.

    What is dark outside of all boxes of an incomplete one teaches nothing.
    """

    title: str
    archive: str
    teaches: bool
    is_complete: bool


ARCHIVES = {
    name: Archive(entry["title"], entry["archive"], entry["teaches"], entry["isComplete"])
    for name, entry in json.loads((ROOT / "models" / "laboratories" / "fields.json").read_text()).items()
}


@dataclass
class Field:
    """A picture [h, w, 3] uint8, and what lies in it: ``kind`` [n], ``polygon`` [n, 32, 2] and ``centre`` [n, 2].

    ``known`` [h, w] bool: where it is told whether something lies there.
    """

    name: str
    picture: np.ndarray
    kind: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    centre: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    polygon: np.ndarray = field(default_factory=lambda: np.zeros((0, DIRECTIONS, 2)))
    known: np.ndarray | None = None


def foreground(picture: np.ndarray) -> np.ndarray:
    """Mask [h, w] of what is darker than the ground in green, by Otsu's threshold on the density, holes filled."""
    green = ndimage.gaussian_filter(picture[..., 1].astype(float), 0.7)
    density = np.log((np.quantile(green, 0.98) + 1) / (green + 1)).clip(0, 1)
    counts, edges = np.histogram(density, 128)
    share = counts.cumsum() / counts.sum()
    mean = (counts * edges[:-1]).cumsum() / counts.sum()
    between = (mean[-1] * share - mean) ** 2 / (share * (1 - share)).clip(1e-9)
    return ndimage.binary_fill_holes(density > edges[between.argmax() + 1])


def outline_in(mask: np.ndarray, box: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre and radii of the cell in a box: the foreground's, if its own box is this one, else the ellipse's."""
    left, top, right, bottom = (int(round(value)) for value in box)
    inside = mask[max(top, 0) : bottom, max(left, 0) : right]
    if inside.size:
        labels, count = ndimage.label(ndimage.binary_opening(inside, iterations=2))
        if count:
            part = labels == 1 + np.bincount(labels.ravel())[1:].argmax()
            rows, columns = np.nonzero(part)
            spread = (np.ptp(rows) + 1) * (np.ptp(columns) + 1) / inside.size
            share = part.sum() / inside.size
            if spread > 0.85 and 0.6 < share < 0.9:
                centre, radii = star_of_mask(part)
                return centre + (max(left, 0), max(top, 0)), radii
    return ellipse(box)


def lone_box(mask: np.ndarray, box: np.ndarray) -> np.ndarray:
    """The box of what lies around the middle of ``box`` and touches nothing else; ``box`` itself where cells touch."""
    reach = (box[2:] - box[:2]) * 0.2
    left, top = np.floor(box[:2] - reach).astype(int).clip(0)
    right, bottom = np.ceil(box[2:] + reach).astype(int)
    labels, _ = ndimage.label(mask[top:bottom, left:right])
    if not labels.size:
        return box
    column, row = ((box[:2] + box[2:]) / 2).astype(int) - (left, top)
    number = labels[min(row, labels.shape[0] - 1), min(column, labels.shape[1] - 1)]
    if number == 0:
        return box
    rows, columns = (np.flatnonzero((labels == number).any(axis)) for axis in (1, 0))
    found = np.array((columns[0] + left, rows[0] + top, columns[-1] + 1 + left, rows[-1] + 1 + top), float)
    at_edge = (found[:2] <= (left, top)) & (np.array((left, top)) > 0)
    far_edge = (found[2:] >= (left + labels.shape[1], top + labels.shape[0])) & (found[2:] < np.array(mask.shape)[::-1])
    return box if at_edge.any() or far_edge.any() else found


def read_fields(directory: Path, name: str, cache: Path) -> list[Field]:
    """All fields of an archive, from the cache if they were read before. FileNotFoundError without the archive."""
    kept = cache / f"{name}.npz"
    if kept.exists():
        with np.load(kept, allow_pickle=True) as file:
            return [Field(*row) for row in file["fields"]]
    source = ARCHIVES[name]
    fields: list[Field] = []
    with zipfile.ZipFile(directory / source.archive) as archive:
        by_image: dict[str, list[dict[str, str]]] = {}
        for row in csv.DictReader(io.StringIO(archive.read("manifest.csv").decode())):
            by_image.setdefault(row["image"], []).append(row)
        for image, rows in tqdm(by_image.items(), name):
            fields.append(_field(name, image, Image.open(io.BytesIO(archive.read(image))).convert("RGB"), rows))
    cache.mkdir(parents=True, exist_ok=True)
    rows = np.empty(len(fields), object)
    rows[:] = [(f.name, f.picture, f.kind, f.centre, f.polygon, f.known) for f in fields]
    np.savez_compressed(kept, fields=rows)
    return fields


def _field(name: str, image: str, picture: Image.Image, rows: list[dict[str, str]]) -> Field:
    boxes = np.array([[float(row[key]) for key in ("x", "y", "w", "h")] for row in rows])
    kind = np.array([KIND_OF_LABEL[row["label"]] for row in rows])
    points = np.array([row["anno"] == "point" for row in rows])
    middle = boxes[:, :2] + boxes[:, 2:] / 2
    boxes[points, 2:] /= POINT_MARGIN
    boxes = np.concatenate((middle - boxes[:, 2:] / 2, middle + boxes[:, 2:] / 2), 1)
    boxes = boxes.clip(0, np.array((picture.width, picture.height) * 2))
    size = np.sqrt(np.prod(boxes[:, 2:] - boxes[:, :2], 1))
    keep = size > 3
    boxes, kind, size = boxes[keep], kind[keep], size[keep]
    diameter = np.median(size[kind == 0]) if (kind == 0).any() else np.median(size)
    scale = DIAMETER / diameter
    small = picture.resize(
        (round(picture.width * scale), round(picture.height * scale)),
        Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BILINEAR,
    )
    pixels = np.asarray(small)
    mask = foreground(pixels)
    boxes = boxes * scale
    if points.any():
        boxes = np.array([lone_box(mask, box) for box in boxes])
    stars = [outline_in(mask, box) for box in boxes]
    centre, radii = (np.array(part) for part in zip(*stars))
    known = None
    if not ARCHIVES[name].is_complete:
        known = ~ndimage.binary_dilation(mask, iterations=3)
        for left, top, right, bottom in boxes.round().astype(int):
            known[max(top, 0) : bottom, max(left, 0) : right] = True
    return Field(f"{name}/{image}", pixels, kind, centre, corners(centre, radii), known)
