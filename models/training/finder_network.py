"""The finder: a small U-Net that says at every second pixel how near a thing's centre is, how far the thing reaches in
32 directions, and what it is."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from .fields import KINDS
from .stars import DIRECTIONS

STRIDE = 2
"""Pixels of the picture from one output to the next."""
RADIUS = 14.0
"""Pixels that an output of 1 stands for: the radius of a cell of the size that fields are brought to."""
WIDTHS = (24, 48, 96, 128)
"""Channels at ½, ¼, ⅛ and 1/16 of the picture's size."""
FINEST = 48
"""Channels that the answer is made from."""


def _conv(inputs: int, outputs: int, stride: int = 1, size: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class FinderNetwork(nn.Module):
    """Pictures [n, 3, h, w], contrast stretched to about 0…1, sides multiples of 16 → [n, 1 + 32 + kinds, h/2, w/2].

    Channel 0 is the logit of nearness to a centre, then come the distances in ``RADIUS`` pixels, and the kinds' logits.
    """

    def __init__(self) -> None:
        super().__init__()
        self.enter = _conv(3, WIDTHS[0], 2)
        self.first = _conv(WIDTHS[0], WIDTHS[0])
        self.down = nn.ModuleList(_conv(WIDTHS[i], WIDTHS[i + 1], 2) for i in range(3))
        self.deep = nn.ModuleList(_conv(WIDTHS[i + 1], WIDTHS[i + 1]) for i in range(3))
        self.narrow = nn.ModuleList(_conv(WIDTHS[i + 1], WIDTHS[i], size=1) for i in range(3))
        self.merge = nn.ModuleList(_conv(WIDTHS[i], max(WIDTHS[i], FINEST)) for i in range(3))
        self.narrow[0] = _conv(max(WIDTHS[1], FINEST), WIDTHS[0], size=1)
        self.head = nn.Conv2d(FINEST, 1 + DIRECTIONS + len(KINDS), 1)
        nn.init.normal_(self.head.weight, std=0.01)
        with torch.no_grad():
            self.head.bias.zero_()
            self.head.bias[0] = -1.5
            self.head.bias[1 : 1 + DIRECTIONS] = 1

    def forward(self, pictures: Tensor) -> Tensor:
        """Output maps, a quarter of the pictures' pixels."""
        maps = [self.first(self.enter(pictures))]
        for down, deep in zip(self.down, self.deep):
            maps.append(deep(down(maps[-1])))
        out = maps.pop()
        for narrow, merge in zip(reversed(self.narrow), reversed(self.merge)):
            across = maps.pop()
            larger = functional.interpolate(narrow(out), scale_factor=2, mode="nearest")
            out = merge(larger + across)
        return self.head(out)


def stretch(picture: np.ndarray) -> np.ndarray:
    """A picture [h, w, 3] uint8 as float32 with each channel's 1 % and 98 % quantiles at 0 and 1, at least 24 apart."""
    out = np.empty(picture.shape, np.float32)
    for channel in range(3):
        share = np.bincount(picture[..., channel].ravel(), minlength=256).cumsum() / picture[..., channel].size
        low, high = (int(np.searchsorted(share, quantile)) for quantile in (0.01, 0.98))
        table = 1 + (np.arange(256, dtype=np.float32) - high) / max(high - low, 24)
        out[..., channel] = table.clip(-0.5, 1.5)[picture[..., channel]]
    return out
