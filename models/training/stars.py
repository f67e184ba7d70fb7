"""Star-convex outlines: a centre and how far a thing reaches from it in 32 directions (Schmidt et al. 2018, StarDist).

Lengths are in pixels, x to the right and y downwards, a pixel's centre at halves; direction k points to the angle
2πk / 32 from the right downwards.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

DIRECTIONS = 32
ANGLES = np.arange(DIRECTIONS) * 2 * math.pi / DIRECTIONS
UNIT = np.stack((np.cos(ANGLES), np.sin(ANGLES)), 1)


def ellipse(box: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre [2] and radii [32] of the ellipse in a box (left, top, right, bottom)."""
    half = (box[2:] - box[:2]) / 2
    return (box[:2] + box[2:]) / 2, 1 / np.sqrt(((UNIT / np.maximum(half, 0.5)) ** 2).sum(1))


def star_of_mask(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre [2] and radii [32] of a mask [h, w] bool: its centroid, and the last of its pixels in each direction."""
    rows, columns = np.nonzero(mask)
    centre = np.array((columns.mean() + 0.5, rows.mean() + 0.5))
    steps = np.arange(0.25, math.hypot(*mask.shape), 0.25)
    places = np.floor(centre + UNIT[:, None] * steps[None, :, None]).astype(int)
    inside = (places >= 0).all(2) & (places < np.array(mask.shape)[::-1]).all(2)
    lit = np.zeros(inside.shape, bool)
    lit[inside] = mask[places[..., 1][inside], places[..., 0][inside]]
    return centre, np.where(lit, steps + 0.125, 0).max(1).clip(0.5)


def corners(centre: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """The outline's corners [..., 32, 2]."""
    return centre[..., None, :] + radii[..., None] * UNIT


def distances(origins: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """How far it is [n, 32] from each origin [n, 2] to the outline [n, 32, 2] around it; 0 where nothing is met."""
    start = polygons - origins[:, None]
    edge = np.roll(polygons, -1, 1) - polygons
    across = UNIT[:, None, 0] * edge[:, None, :, 1] - UNIT[:, None, 1] * edge[:, None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        far = (start[..., 0] * edge[..., 1] - start[..., 1] * edge[..., 0])[:, None] / across
        along = (start[:, None, :, 0] * UNIT[:, None, 1] - start[:, None, :, 1] * UNIT[:, None, 0]) / across
    met = (far > 0) & (along >= -1e-6) & (along <= 1 + 1e-6)
    nearest = np.where(met, far, np.inf).min(2)
    return np.where(np.isfinite(nearest), nearest, 0)


def filled(polygon: np.ndarray, height: int, width: int) -> np.ndarray:
    """Mask [h, w] bool of the pixels within a polygon [n, 2]."""
    picture = Image.new("1", (width, height))
    ImageDraw.Draw(picture).polygon([tuple(corner - 0.5) for corner in polygon], fill=1)
    return np.asarray(picture)
