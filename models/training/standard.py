"""One stain for all: a cell's optical density scaled, channel by channel, so that its median is the NIH set's.

A stain twice as strong, a thicker cell or a darker exposure take more light everywhere in the cell; scaling the density
back leaves what stands out from the cell: the parasite. Densities are −ln of the share of light, (value + 1) / 256.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from .optics import FRAME_BELOW

TARGET = torch.tensor((0.306, 0.515, 0.489))
"""Median over 600 training cells of fold 0 of the median density in red, green and blue within the cell."""
STAINS = {
    "own": "",
    "standard": "all cells",
    "learning-standard": "training and other laboratories",
}
"""What may be brought to one stain before a network sees it; the rest stays as it is."""
FAINTEST = 0.02
"""Medians below this count as this, so that a cell without density is not blown up."""


def standardise(images: Tensor) -> Tensor:
    """Pictures [n, 3, h, w] in 0…1 on black whose densities' medians within the cell are ``TARGET``; black stays."""
    inside = images.amax(1, keepdim=True) >= FRAME_BELOW
    density = -((images * 255 + 1) / 256).log()
    nothing = torch.full_like(density, float("nan"))
    median = torch.where(inside, density, nothing).flatten(2).nanmedian(2).values.nan_to_num(1.0)
    scale = TARGET / median.clamp_min(FAINTEST)
    out = ((-density * scale[:, :, None, None]).exp() * 256 - 1) / 255
    return torch.where(inside, out.clamp(0, 1), images)


def standardise_pixels(pixels: np.ndarray, batch: int = 512) -> np.ndarray:
    """The same for uint8 cells [n, 50, 50, 3], rounded to uint8."""
    out = np.empty_like(pixels)
    for start in range(0, len(pixels), batch):
        images = torch.from_numpy(pixels[start : start + batch]).permute(0, 3, 1, 2).float() / 255
        out[start : start + batch] = (standardise(images) * 255).round().byte().permute(0, 2, 3, 1).numpy()
    return out
