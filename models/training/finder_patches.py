"""What the finder learns from: patches of fields, of composed ones too, and small pictures of one cell each."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from PIL import Image
from scipy import ndimage
from torch import Tensor
from torch.utils.data import IterableDataset

from .cells import load_cells, split_of_fold
from .compose import Composition, compose, original_sizes
from .fields import DIAMETER, KINDS, Field
from .finder_network import STRIDE, stretch
from .finder_targets import targets
from .white_cells import lone_white_cell

SIDE = 160
BATCH = 8
SMALLEST, USUAL, LARGEST = 16, 28, 44
"""Diameters in pixels of the cells in a patch; most lie near the usual one, which pictures are brought to."""
COMPOSED = 0.5
"""Share of the patches of fields that are composed."""
COMPOSING_CELLS = 4000
ALONE = 0.2
"""Share of the patches that are small pictures of one thing each, as people cut cells out."""
TILE, GAP = 48, 8
"""Longest side of such a picture, and what lies between two of them, in pixels."""
LONE_KINDS = (0.6, 0.22, 0.18)
"""How often such a thing is red, white or a platelet."""
DRAWN = 0.4
"""Share of the white cells among them that are drawn."""
STACKED = 0.5
"""Share of the composed patches in which cells lie on one another as close as they may."""


def cut_patch(
    whole: Field, side: int, scale: float, rng: np.random.Generator, corner: np.ndarray | None = None
) -> Field:
    """A square of a field, scaled, mirrored and turned by right angles; what it cuts off is cut off.

    It lies at random, or has its left upper ``corner`` [2] near there, as far inside as it fits.
    """
    span = side / scale
    height, width = whole.picture.shape[:2]
    room = np.array((width - span, height - span))
    wanted = rng.uniform(np.minimum(0, room), np.maximum(0, room)) if corner is None else corner
    left, top = wanted.clip(np.minimum(0, room), np.maximum(0, room))
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


def cut_alone(whole: Field, number: int, diameter: float, rng: np.random.Generator) -> Field:
    """A picture of one thing of a field, ``diameter`` pixels across, with some of its ground, at most TILE wide."""
    size = np.ptp(whole.polygon[number], 0).max()
    scale = diameter / size
    side = min(TILE, round(diameter * rng.uniform(1.05, 1.7)))
    centre = whole.centre[number]
    while scale < 0.5:
        halved = np.asarray(Image.fromarray(whole.picture).reduce(2))
        known = None if whole.known is None else whole.known[::2, ::2]
        whole = Field(whole.name, halved, whole.kind, whole.centre / 2, whole.polygon / 2, known)
        scale, centre = scale * 2, centre / 2
    middle = centre + rng.uniform(-0.08, 0.08, 2) * side / scale
    return cut_patch(whole, side, scale, rng, middle - side / scale / 2)


def mosaic(parts: list[Field]) -> Field:
    """Small pictures, stretched one by one, as the tiles of a patch; between and beside them is nothing, all 0."""
    picture = np.zeros((SIDE, SIDE, 3), np.float32)
    known = np.ones((SIDE, SIDE), bool)
    moved: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    across = (SIDE + GAP) // (TILE + GAP)
    for number, part in enumerate(parts):
        row, column = divmod(number, across)
        left, top = column * (TILE + GAP), row * (TILE + GAP)
        side = part.picture.shape[0]
        picture[top : top + side, left : left + side] = stretch(part.picture)
        if part.known is not None:
            known[top : top + side, left : left + side] = part.known
        moved.append((part.kind, part.centre + (left, top), part.polygon + (left, top)))
    kind, centre, polygon = (np.concatenate(each) for each in zip(*moved))
    return Field("alone", picture, kind, centre, polygon, known)


class Patches(IterableDataset):
    """An endless run of training batches."""

    def __iter__(self) -> Iterator[tuple[Tensor, list[Tensor], Tensor]]:
        torch.set_num_threads(1)
        while True:
            yield self.batch()

    def __init__(self, fields: dict[str, list[Field]], seed: int, infected: Sequence[np.ndarray] = ()) -> None:
        """``infected``: infected red cells of laboratories [n, 50, 50, 3] uint8 on black, a list each."""
        self.fields = {name: some for name, some in fields.items() if some}
        self.rng = np.random.default_rng(seed)
        rows = load_cells(progress=False, only=())
        chosen = np.sort(self.rng.permutation(split_of_fold(rows, 0).train)[:COMPOSING_CELLS])
        cells = load_cells(only=chosen)
        sizes = original_sizes()
        self.pixels = cells.pixels[chosen]
        self.patient = cells.patient[chosen]
        self.ratio = np.array([(s := sizes.get(cells.rows[i]["file"], (1, 1)))[0] / s[1] for i in chosen])
        self.singles = [(self.pixels, self.ratio), *((each, np.ones(len(each))) for each in infected if len(each))]
        """Red cells on black and their widths over their heights: NIH's, then each laboratory's."""
        self.things = [
            {
                name: found
                for name, some in self.fields.items()
                if (found := [(f, int(n)) for f in some for n in np.flatnonzero(f.kind == kind)])
            }
            for kind in range(len(LONE_KINDS))
        ]
        """Of each kind, where the things of each laboratory lie: fields and numbers."""

    def diameter(self) -> float:
        """A diameter for the cells of a patch, in pixels."""
        return float(np.clip(USUAL * math.exp(self.rng.normal(0, 0.28)), SMALLEST, LARGEST))

    def weighed(self, lists: dict[str, list]) -> str:
        """The name of a list, drawn by the roots of their lengths."""
        weights = np.sqrt([len(each) for each in lists.values()])
        return str(self.rng.choice(list(lists), p=weights / weights.sum()))

    def single(self) -> Field:
        """A lone red cell on a plain ground: half of them NIH's, the others infected ones of laboratories."""
        rng = self.rng
        pixels, ratio = self.singles[0]
        if len(self.singles) > 1 and rng.random() < 0.5:
            pixels, ratio = self.singles[int(rng.integers(1, len(self.singles)))]
        plan = Composition(5 * DIAMETER, 5 * DIAMETER, DIAMETER, 0.01, inside=True)
        while True:
            one = slice(number := int(rng.integers(len(pixels))), number + 1)
            whole = compose("single", plan, pixels[one], ratio[one], rng)
            if len(whole.kind):
                return whole

    def alone(self) -> Field:
        """A small picture of one thing, spoilt: half of the red ones are single cells, some white ones are drawn, and
        the others lie in a field."""
        rng = self.rng
        kind = int(rng.choice(len(LONE_KINDS), p=LONE_KINDS))
        things = self.things[kind]
        if kind == KINDS.index("white") and rng.random() < DRAWN:
            whole, place = lone_white_cell(rng), 0
        elif not things or (kind == KINDS.index("red") and rng.random() < 0.5):
            whole, place = self.single(), 0
        else:
            own = things[self.weighed(things)]
            whole, place = own[int(rng.integers(len(own)))]
        part = cut_alone(whole, place, self.diameter(), rng)
        part.picture = spoil(part.picture, rng)
        return part

    def one(self) -> Field:
        """A patch, its picture spoilt."""
        rng = self.rng
        if rng.random() < ALONE:
            return mosaic([self.alone() for _ in range(((SIDE + GAP) // (TILE + GAP)) ** 2)])
        if rng.random() < COMPOSED or not self.fields:
            patient = rng.choice(self.patient)
            mine = np.flatnonzero((self.patient == patient) | (rng.random(len(self.patient)) < 0.002))
            stacked = rng.random() < STACKED
            overlap = 1.0 if stacked else rng.choice((0.0, 0.4, 0.8))
            ghosts = int(rng.integers(1, 4)) if rng.random() < 0.3 else 0
            crowding, specks = rng.uniform(*((0.3, 1.1) if stacked else (0.02, 0.7))), int(rng.integers(0, 12))
            plan = Composition(SIDE, SIDE, self.diameter(), crowding, overlap, specks, ghosts)
            part = compose("composed", plan, self.pixels[mine], self.ratio[mine], rng)
            part = _turned(part, 0, False, SIDE)
        else:
            own = self.fields[self.weighed(self.fields)]
            whole = own[int(rng.integers(len(own)))]
            part = cut_patch(whole, SIDE, self.diameter() / DIAMETER, rng)
        part.picture = spoil(part.picture, rng)
        return part

    def batch(self) -> tuple[Tensor, list[Tensor], Tensor]:
        """Pictures [8, 3, 160, 160], their targets, and where it is known what lies there [8, 80, 80]."""
        parts = [self.one() for _ in range(BATCH)]
        pictures = torch.stack([torch.from_numpy(_stretched(p.picture)).permute(2, 0, 1) for p in parts])
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


def _stretched(picture: np.ndarray) -> np.ndarray:
    return picture if picture.dtype == np.float32 else stretch(picture)
