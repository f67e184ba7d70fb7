"""Full-size cells read from a folder as they are, and presized as fastai does before it augments."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

PRESIZE = 460
"""Side in pixels of fastai's ``Resize(460)``, from which the augmentation reads once, at the network's own size."""


def presize(picture: Image.Image, across: float = 0.5, down: float = 0.5, size: int = PRESIZE) -> Image.Image:
    """The largest square of a picture, at ``across`` and ``down`` (0…1) of the room left, brought to ``size`` pixels.

    Source: fastai's ``Resize`` with ``method=Crop``, whose square may be a pixel smaller than it could be.
    """
    width, height = picture.size
    side = int(min(width / size, height / size) * size)
    left, top = int(across * (width - side)), int(down * (height - side))
    return picture.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BILINEAR)


class Source:
    """The full-size cells of a folder and its subfolders, by their file names."""

    def __init__(self, folder: Path, rows: list[dict[str, str]], needed: Iterable[int]) -> None:
        found = {path.name: path for path in folder.rglob("*.png")}
        self.paths = [found.get(row["file"]) for row in rows]
        lacking = [rows[index]["file"] for index in needed if self.paths[index] is None]
        if lacking:
            raise SystemExit(
                f"{folder} lacks {len(lacking)} cells, such as {lacking[0]}: give the folder cell_images of the archive"
            )
        self.readers = ThreadPoolExecutor()

    def pictures(self, indices: np.ndarray, generator: torch.Generator | None = None) -> Tensor:
        """Presized cells [n, 3, 460, 460] in 0…1: a square drawn at random, or without a generator the middle one."""
        places = torch.full((len(indices), 2), 0.5)
        if generator is not None:
            places = torch.rand(len(indices), 2, generator=generator)

        def read(index: int, place: list[float]) -> Tensor:
            with Image.open(self.paths[index]) as file:
                return torch.from_numpy(np.array(presize(file.convert("RGB"), *place)))

        pixels = torch.stack(list(self.readers.map(read, indices, places.tolist())))
        return pixels.permute(0, 3, 1, 2).float() / 255
