"""The outline of the red cell in the middle of a crop, for many crops at once.

Light that a stain takes is read as optical density of the green channel, which haemoglobin and eosin absorb. Otsu's
threshold (1979) parts cell and ground; what a cell encloses belongs to it, thin bridges to neighbours are opened, and
the part that lies in the middle of the box is the cell.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import Tensor

WORKING_SIDE = 64
BINS = 64
SMALLEST, LARGEST = 0.3, 1.35
"""Shares of the box's ellipse between which a mask may lie: else it is no cell's, and the ellipse is taken."""


def otsu(values: Tensor) -> Tensor:
    """Otsu's threshold [n] of values [n, m] in 0…1, on 64 bins: the one whose two sides lie furthest apart."""
    bins = (values * BINS).long().clamp(0, BINS - 1)
    counts = torch.zeros(len(values), BINS).scatter_add_(1, bins, torch.ones_like(values))
    share = counts / counts.sum(1, keepdim=True)
    below = share.cumsum(1)
    mean = (share * (torch.arange(BINS) + 0.5)).cumsum(1)
    between = (mean[:, -1:] * below - mean) ** 2 / (below * (1 - below)).clamp_min(1e-6)
    return (between.argmax(1) + 1) / BINS


def dilate(masks: Tensor, radius: int = 1) -> Tensor:
    """Masks [n, h, w] bool grown by a disc of ``radius`` pixels."""
    reach = torch.arange(-radius, radius + 1)
    disc = (reach[:, None] ** 2 + reach[None, :] ** 2 <= (radius + 0.5) ** 2).float()
    return functional.conv2d(masks[:, None].float(), disc[None, None], padding=radius)[:, 0] > 0.5


def erode(masks: Tensor, radius: int = 1) -> Tensor:
    """Masks [n, h, w] bool shrunk by a disc of ``radius`` pixels; what lies outside the picture counts as inside."""
    return ~dilate(~masks, radius)


def flood(seeds: Tensor, allowed: Tensor) -> Tensor:
    """The parts of ``allowed`` [n, h, w] bool that hang together with ``seeds`` [n, h, w] by their edges."""
    reached = seeds & allowed
    while True:
        grown = reached.clone()
        grown[:, 1:] |= grown[:, :-1].clone()
        grown[:, :-1] |= grown[:, 1:].clone()
        grown[..., 1:] |= grown[..., :-1].clone()
        grown[..., :-1] |= grown[..., 1:].clone()
        grown &= allowed
        if torch.equal(grown, reached):
            return reached
        reached = grown


def fill_holes(masks: Tensor) -> Tensor:
    """Masks [n, h, w] bool with all that they enclose."""
    rim = torch.zeros_like(masks)
    rim[:, (0, -1), :] = True
    rim[:, :, (0, -1)] = True
    return ~flood(rim, ~masks)


def ellipses(boxes: Tensor, side: int = WORKING_SIDE, scale: float = 1.0) -> Tensor:
    """Masks [n, side, side] of the ellipses in boxes [n, 4] (left, top, right, bottom in 0…1), scaled in place."""
    centre, half = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]) / 2 * scale
    places = (torch.arange(side) + 0.5) / side
    across = ((places[None] - centre[:, :1]) / half[:, :1]) ** 2
    down = ((places[None] - centre[:, 1:]) / half[:, 1:]) ** 2
    return down[:, :, None] + across[:, None, :] <= 1


def find_cells(crops: Tensor, boxes: Tensor) -> Tensor:
    """Masks [n, 64, 64] bool of the cells in uint8 crops [n, 64, 64, 3], one in each box [n, 4] in 0…1.

    A cell's typical density, below which its pale parts lie and above which a parasite does, is its lower third's: so a
    parasite isn't taken for the cell and the cell for ground.
    """
    green = crops[..., 1].float()
    ground = green.flatten(1).quantile(0.95, 1)[:, None, None]
    density = ((ground + 1) / (green + 1)).log().clamp_min(0)
    middle = ellipses(boxes, scale=0.8)
    typical = torch.stack([density[i][mask].quantile(0.33) for i, mask in enumerate(middle)])
    scaled = (density / typical[:, None, None].clamp_min(0.02)).clamp(0, 1 - 1e-6)
    foreground = scaled > otsu(scaled.flatten(1))[:, None, None]
    inside = ellipses(boxes, scale=1.12)
    opened = dilate(erode(fill_holes(foreground) & inside, 3), 3) & inside
    cell = fill_holes(flood(ellipses(boxes, scale=0.5), opened))
    share = cell.sum((1, 2)) / ellipses(boxes).sum((1, 2)).clamp_min(1)
    wrong = (share < SMALLEST) | (share > LARGEST)
    return torch.where(wrong[:, None, None], ellipses(boxes, scale=0.98), cell)
