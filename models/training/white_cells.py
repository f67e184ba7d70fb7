"""White cells drawn as dyes on a bright ground: there are few of them in the fields that may teach.

They have in common with real ones what tells them from red cells with a parasite in them: a dark nucleus of one to five
lobes that fills much of a paler cell. Colours, shades and sizes are at random.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from .compose import Composer, Composition
from .fields import DIAMETER, KINDS, Field

SIDE = 5 * DIAMETER
"""Pixels of the picture that one lies in."""
LEAST_NUCLEUS = 0.38
"""Share of a white cell that its nucleus fills at least: a late parasite fills less of a red cell."""
VIOLET = np.array((0.75, 1.0, 0.4))
"""Densities of the nuclear dye in red, green and blue, over the one in green."""


def cloud(side: int, grain: float, rng: np.random.Generator) -> np.ndarray:
    """Smooth noise [side, side] of deviation 1, its grains about ``grain`` pixels wide."""
    noise = ndimage.gaussian_filter(rng.normal(size=(side, side)), grain, mode="wrap")
    return (noise - noise.mean()) / max(noise.std(), 1e-6)


def blob(side: int, middle: np.ndarray, radius: float, raggedness: float, rng: np.random.Generator) -> np.ndarray:
    """Share [side, side] in 0…1 of each pixel within a round thing whose rim goes in and out by ``raggedness``."""
    v, u = np.mgrid[:side, :side] + 0.5
    across, down = u - middle[0], v - middle[1]
    angle, squash = np.arctan2(down, across), math.exp(rng.normal(0, 0.1))
    waves = sum(rng.normal(0, 1 / k) * np.cos(k * angle + rng.uniform(0, 6.3)) for k in range(2, 7))
    rim = radius * (1 + raggedness * waves)
    return ((rim - np.hypot(across * squash, down / squash)) / 1.5 + 0.5).clip(0, 1)


def white_cell(diameter: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Density [h, w, 3] and mask [h, w] of a white cell about ``diameter`` pixels across."""
    side = math.ceil(diameter * 1.3)
    middle, radius = np.full(2, side / 2), diameter / 2
    body = blob(side, middle, radius, rng.uniform(0, 0.05), rng)
    lobes = int(rng.integers(1, 6))
    reach = radius * rng.uniform(0.55, 0.8) if lobes == 1 else radius * rng.uniform(0.36, 0.5)
    start, turn = rng.uniform(0, 6.3), rng.uniform(0.9, 1.8)
    nucleus = np.zeros((side, side))
    for lobe in range(lobes):
        out = radius * (rng.uniform(0, 0.2) if lobes == 1 else rng.uniform(0.35, 0.55))
        place = middle + out * np.array((math.cos(start + turn * lobe), math.sin(start + turn * lobe)))
        nucleus = np.maximum(nucleus, blob(side, place, reach, rng.uniform(0, 0.08), rng))
    nucleus *= body
    if nucleus.sum() < LEAST_NUCLEUS * body.sum():
        return white_cell(diameter, rng)
    grains = 1 + rng.uniform(0, 0.5) * cloud(side, diameter * rng.uniform(0.01, 0.05), rng)
    plasm = rng.uniform(0.05, 0.35) * rng.uniform(0.4, 1.2, 3) * body[..., None] * grains[..., None].clip(0.2)
    chromatin = 1 + rng.uniform(0.03, 0.25) * cloud(side, diameter * rng.uniform(0.03, 0.08), rng)
    dye = rng.uniform(0.8, 1.7) * VIOLET * np.exp(rng.normal(0, 0.12, 3))
    return plasm + dye * (nucleus * chromatin.clip(0.3))[..., None], body >= 0.5


def lone_white_cell(rng: np.random.Generator) -> Field:
    """A picture of one drawn white cell on a bright ground."""
    density, mask = white_cell(DIAMETER, rng)
    composer = Composer(Composition(SIDE, SIDE, DIAMETER, 0.01, inside=True), rng)
    light = (np.exp(-density) * 255).round().astype(np.uint8)
    if composer.add(light, mask, np.full(3, 255.0)) is None:
        raise ValueError(f"there is no room for a cell of {DIAMETER} pixels in {SIDE}")
    composer.kinds[-1] = KINDS.index("white")
    return composer.field("white", rng.uniform((175, 165, 170), (250, 245, 250)))
