"""Fields composed of single NIH cells laid on a bright ground: for training the finder, and for the page's samples.

A cell lets a share of the ground's light through; where two overlap their densities add, as dyes do. Cells are turned,
mirrored and brought to one size with their original proportions where these are known.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from .cells import ROOT
from .fields import KINDS, Field
from .optics import FRAME_BELOW
from .stars import corners, star_of_mask

CLUMPED = 0.65
"""Two cells of which one covers more than this share of the other can't be parted: they are one clump."""
NEIGHBOURLY = 0.6
"""Share of the cells that may overlap which are laid beside or onto one that is there, as cells lie in a smear."""
LARGE = 0.06
"""Share of the cells that are larger than others, as those that hold a late parasite are."""


@dataclass(frozen=True)
class Composition:
    """What a composed field is like: lengths in pixels, shares in 0…1."""

    width: int
    height: int
    diameter: float
    crowding: float
    """Area of all cells over the field's."""
    overlap: float = 0.0
    """Share of the cells that may overlap others; the rest keep clear of them."""
    specks: int = 0
    """Small dark dots that are no cells."""
    ghosts: int = 0
    """Pale cells far out of focus, which are not counted."""
    inside: bool = False
    """Whether every cell lies wholly in the picture."""


def original_sizes() -> dict[str, tuple[int, int]]:
    """Width and height in pixels of the full-size cells whose size is known, by file name."""
    with (ROOT / "src" / "data" / "sources" / "original-sizes.csv").open(newline="") as file:
        return {row["file"]: (int(row["width"]), int(row["height"])) for row in csv.DictReader(file)}


def mask_of(cell: np.ndarray) -> np.ndarray:
    """Where a cell [h, w, 3] uint8 on black lies: its largest part, holes filled."""
    labels, count = ndimage.label(cell.max(2) >= 255 * FRAME_BELOW)
    if count == 0:
        return np.zeros(cell.shape[:2], bool)
    return ndimage.binary_fill_holes(labels == 1 + np.bincount(labels.ravel())[1:].argmax())


def turned(cell: np.ndarray, width: float, height: float, angle: float, mirror: bool) -> np.ndarray:
    """A cell [h, w, 3] uint8 on black, brought to width × height pixels and turned by ``angle`` degrees."""
    size = (max(3, round(width)), max(3, round(height)))
    reduce = min(size) < min(cell.shape[:2]) * 0.7
    picture = Image.fromarray(cell[:, ::-1] if mirror else cell)
    picture = picture.resize(size, Image.Resampling.BOX if reduce else Image.Resampling.BILINEAR)
    return np.asarray(picture.rotate(angle, Image.Resampling.BILINEAR, expand=True))


def without_rim(cell: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """A cell [h, w, 3] without the dark line that the black beside it makes of its rim.

    Its rim and all outside of ``mask`` take the colour of the nearest pixel further in: a line around each cell would
    part those that overlap.
    """
    core = ndimage.binary_erosion(mask, iterations=2)
    if not core.any():
        return cell
    rows, columns = ndimage.distance_transform_edt(~core, return_distances=False, return_indices=True)
    return cell[rows, columns]


class Composer:
    """Lays cells on a ground one after another: ``light`` [h, w, 3] is the share that passes."""

    def __init__(self, plan: Composition, rng: np.random.Generator) -> None:
        self.plan, self.rng = plan, rng
        self.light = np.ones((plan.height, plan.width, 3), np.float32)
        self.owner = np.zeros((plan.height, plan.width), np.int32)
        self.centres: list[np.ndarray] = []
        self.polygons: list[np.ndarray] = []
        self.kinds: list[int] = []
        self.areas: list[int] = []

    def add(self, cell: np.ndarray, mask: np.ndarray, ground: np.ndarray, tries: int = 12) -> int | None:
        """Lay a cell [h, w, 3] uint8 somewhere. Returns its place in the list, None if there is no room."""
        if mask.sum() < 12:
            return None
        height, width = mask.shape
        may_overlap = self.rng.random() < self.plan.overlap
        for _ in range(tries):
            if may_overlap and self.centres and not self.plan.inside and self.rng.random() < NEIGHBOURLY:
                angle, share = self.rng.uniform(0, 2 * math.pi), self.rng.uniform(0.4, 1.05)
                beside = self.centres[int(self.rng.integers(len(self.centres)))]
                left = int(beside[0] + share * width * math.cos(angle) - width / 2)
                top = int(beside[1] + share * height * math.sin(angle) - height / 2)
            elif self.plan.inside:
                left = int(self.rng.integers(2, self.plan.width - width - 2))
                top = int(self.rng.integers(2, self.plan.height - height - 2))
            else:
                left = int(self.rng.integers(-width // 2, self.plan.width - width // 2))
                top = int(self.rng.integers(-height // 2, self.plan.height - height // 2))
            if not (-width < left < self.plan.width and -height < top < self.plan.height):
                continue
            rows = slice(max(top, 0), min(top + height, self.plan.height))
            columns = slice(max(left, 0), min(left + width, self.plan.width))
            part = (slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left))
            under, inside = self.owner[rows, columns], mask[part]
            covered = under[inside]
            if inside.sum() < 8 or (not may_overlap and covered.any()) or covered.astype(bool).mean() > 0.75:
                continue
            self._lay(cell[part], inside, ground, rows, columns)
            return self._note(mask, inside, under, (left, top), (rows, columns))
        return None

    def _lay(self, cell: np.ndarray, inside: np.ndarray, ground: np.ndarray, rows: slice, columns: slice) -> None:
        share = (cell.astype(np.float32) / ground).clip(0.02, 1.05)
        soft = ndimage.uniform_filter(inside.astype(np.float32), 3)[..., None] * inside[..., None]
        self.light[rows, columns] *= 1 - soft + soft * np.where(inside[..., None], share, 1)

    def _note(
        self,
        mask: np.ndarray,
        inside: np.ndarray,
        under: np.ndarray,
        corner: tuple[int, int],
        place: tuple[slice, slice],
    ) -> int:
        number = len(self.kinds) + 1
        centre, radii = star_of_mask(mask)
        self.centres.append(centre + corner)
        self.polygons.append(corners(centre + corner, radii))
        self.kinds.append(KINDS.index("red"))
        self.areas.append(int(mask.sum()))
        for other in np.unique(under[inside]):
            if other and (under[inside] == other).sum() > CLUMPED * min(self.areas[other - 1], mask.sum()):
                self.kinds[other - 1] = self.kinds[-1] = KINDS.index("clump")
        self.owner[place][inside] = number
        return number - 1

    def speck(self, radius: float, dye: np.ndarray) -> None:
        """A small dark dot that is no cell."""
        x, y = self.rng.uniform(0, self.plan.width), self.rng.uniform(0, self.plan.height)
        reach = math.ceil(radius * 3)
        rows = slice(max(0, int(y) - reach), int(y) + reach + 1)
        columns = slice(max(0, int(x) - reach), int(x) + reach + 1)
        v, u = np.mgrid[rows, columns]
        v, u = (
            v[: self.plan.height - rows.start, : self.plan.width - columns.start],
            u[: self.plan.height - rows.start, : self.plan.width - columns.start],
        )
        far = np.exp(-((((u - x) ** 2 + (v - y) ** 2) / (2 * (radius / 1.5) ** 2)) ** 2))
        self.light[rows, columns] *= np.exp(-far[..., None] * dye)

    def ghost(self, radius: float, dye: np.ndarray) -> None:
        """A pale cell far out of focus, which nobody would count."""
        x, y = self.rng.uniform(0, self.plan.width), self.rng.uniform(0, self.plan.height)
        v, u = np.mgrid[: self.plan.height, : self.plan.width]
        far = np.hypot(u - x, v - y) / radius
        soft = 1 / (1 + np.exp((far - 1) * self.rng.uniform(6, 14)))
        self.light *= np.exp(-soft[..., None] * dye).astype(np.float32)

    def field(self, name: str, ground: np.ndarray) -> Field:
        """The picture on a ground [3] or [h, w, 3] in 0…255, and what lies in it."""
        picture = (self.light * ground).clip(0, 255).round().astype(np.uint8)
        if not self.kinds:
            return Field(name, picture)
        return Field(name, picture, np.array(self.kinds), np.array(self.centres), np.array(self.polygons))


def compose(
    name: str,
    plan: Composition,
    cells: np.ndarray,
    proportions: np.ndarray,
    rng: np.random.Generator,
) -> Field:
    """A training field of cells [n, 50, 50, 3] uint8, drawn at random; ``proportions`` [n]: width over height."""
    composer = Composer(plan, rng)
    wanted = plan.crowding * plan.width * plan.height
    covered = 0.0
    stain = np.exp(rng.normal(0, 0.15, 3))
    ground = rng.uniform((175, 165, 170), (250, 245, 250))
    spread = rng.uniform(0.03, 0.14)
    for _ in range(400):
        if covered >= wanted or not len(cells):
            break
        number = int(rng.integers(len(cells)))
        across = plan.diameter * math.exp(rng.normal(0, spread))
        if rng.random() < LARGE:
            across *= rng.uniform(1.2, 1.6)
        ratio = math.sqrt(proportions[number])
        whole = mask_of(cells[number])
        if not whole.any():
            continue
        way = (across * ratio, across / ratio, rng.uniform(0, 360), rng.random() < 0.5)
        mask = turned(whole[..., None].repeat(3, 2).astype(np.uint8) * 255, *way)[..., 0] >= 128
        cell = turned(without_rim(cells[number], whole), *way)
        if not mask.any():
            continue
        bright = np.sort(cell[mask], 0)[int(0.97 * mask.sum())].astype(float)
        paper = np.maximum(bright * rng.uniform(1.0, 1.12, 3), (1, bright[1] * 1.08 + 4, 1))
        share = (cell.astype(np.float32) / paper).clip(1 / 255, 1) ** stain
        lit = np.where(mask[..., None], share * 255, 0)
        if composer.add(lit.astype(np.uint8), mask, np.full(3, 255.0)) is None:
            covered += 0.2 * across**2
            continue
        covered += math.pi / 4 * across**2
    for _ in range(plan.specks):
        composer.speck(plan.diameter * rng.uniform(0.03, 0.12), rng.uniform(0.2, 1.2, 3) * (0.6, 1, 0.5))
    for _ in range(plan.ghosts):
        composer.ghost(plan.diameter * rng.uniform(0.45, 0.7), rng.uniform(0.02, 0.1) * rng.uniform(0.7, 1.3, 3))
    return composer.field(name, ground)
