"""What the finder should say of a patch."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from .fields import Field
from .finder_network import RADIUS, STRIDE
from .stars import DIRECTIONS, distances, filled

PIXELS_A_CELL = 20
"""How many pixels of each thing learn distances."""


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
