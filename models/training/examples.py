"""What a network learns from: cells, what each should score, an epoch's order and its batches."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import torch
from torch import Tensor

from . import teacher
from .augmentation import AugmentOptions, augment_batch, draw, normalise
from .cells import ROOT, Cells, Split
from .laboratories import LABORATORIES, LaboratoryCells, teachers, teaching_cells
from .optics import TRAVELLING, OpticsOptions, travel
from .source import PRESIZE, Source
from .specks import PATCH, lay, read_platelets
from .standard import STAINS, TARGET, standardise, standardise_pixels

MOST_REPEATS = 4
"""A small laboratory's cells are shown at most so often an epoch."""


def laboratories_of(options: argparse.Namespace) -> list[LaboratoryCells]:
    """The other laboratories' cells that a training's options ask for. Raises SystemExit with what to do."""
    names = teachers(options.only, options.leave_out)
    if options.laboratories is None:
        return []
    return teaching_cells(options.laboratories, names, options.cache.parent / "laboratories")


class Examples:
    """NIH cells, then those of other laboratories: pixels [n, 50, 50, 3] and target distributions [n, 2]."""

    def __init__(
        self,
        options: argparse.Namespace,
        cells: Cells,
        split: Split,
        fold: int,
        laboratories: Sequence[LaboratoryCells] = (),
    ) -> None:
        self.options, self.home = options, split.train
        self.names = [one.name for one in laboratories]
        if barred := [name for name in self.names if not LABORATORIES[name].teaches]:
            raise ValueError(f"{barred} may not be trained on")
        self.pixels = torch.from_numpy(np.concatenate([cells.pixels, *(one.pixels for one in laboratories)]))
        positive = np.concatenate([cells.positive, *(one.positive for one in laboratories)])
        self.distributions = self._distributions(cells, torch.from_numpy(positive), fold)
        self.parts: dict[tuple[str, bool], np.ndarray] = {}
        """Indices of each laboratory's cells of one label (parasitized or not)."""
        start = self.first_foreign = len(cells.positive)
        self.starts: list[int] = []
        """Index of each laboratory's first cell."""
        for one in laboratories:
            self.starts.append(start)
            for label in (True, False):
                self.parts[one.name, label] = start + np.flatnonzero(one.positive == label)
            start += len(one)
        self.source: Source | None = None
        if options.source is not None:
            if laboratories or options.recipe == "travelling" or options.stain_is != "own" or options.teacher:
                raise SystemExit("--source reads full-size cells alone: leave out laboratories, optics, stain, teacher")
            needed = np.concatenate((split.train, split.validation, split.test))
            self.source = Source(options.source, cells.rows, needed)
        home = AugmentOptions(
            flip_vert=True,
            max_rotate=options.max_rotate,
            max_zoom=options.max_zoom,
            max_warp=options.max_warp,
            max_lighting=options.max_lighting,
            pad_mode="zeros",
            p_stain=options.stain,
            max_hue=options.hue,
            max_saturation=options.saturation,
            max_gain=options.gain,
        )
        self.augment = AugmentOptions() if options.recipe == "fastai" else home
        self.optics: OpticsOptions | None = TRAVELLING if options.recipe == "travelling" else None
        self.specks = torch.ones(0, 3, PATCH, PATCH)
        if options.specks and options.laboratories is not None:
            self.specks = read_platelets(options.laboratories, self.names)
        self.size = options.size

    def _distributions(self, cells: Cells, positive: Tensor, fold: int) -> Tensor:
        """What each cell should score, [n, 2]: its smoothed label, mixed with the teacher's score if there is one."""
        options = self.options
        scores, share = torch.full((len(positive),), 0.5), torch.zeros(len(positive))
        if options.teacher:
            folder = ROOT / "models" / options.teacher
            if options.teacher_scores == "own":
                kept = options.cache / f"{options.teacher}-own-scores-{fold}.npy"
                known = teacher.own_scores(folder, cells, self.home, fold, kept)
            else:
                known = teacher.out_of_fold_scores(folder / "predictions.csv", cells, self.home)
            scores[: len(known)], share[: len(known)] = known, options.teacher_share
        return teacher.soft_targets(
            positive, scores, smoothing=options.smoothing, share=share, temperature=options.teacher_temperature
        )

    def _home_count(self) -> int:
        return min(len(self.home), self.options.home_cells or len(self.home))

    def _shown(self, part: np.ndarray) -> int:
        """How many cells of a laboratory's part an epoch shows."""
        return min(self.options.laboratory_cells, MOST_REPEATS * len(part))

    def __len__(self) -> int:
        """Cells an epoch."""
        return self._home_count() + sum(self._shown(part) for part in self.parts.values())

    def epoch(self, generator: torch.Generator) -> np.ndarray:
        """Indices of an epoch's cells in their order: all of the fold's, or ``home_cells`` of them, and of each
        laboratory and label at most ``laboratory_cells``, small ones repeated."""

        def some(part: np.ndarray, count: int) -> np.ndarray:
            rounds = [torch.randperm(len(part), generator=generator).numpy() for _ in range(-(-count // len(part)))]
            return part[np.concatenate(rounds)[:count]]

        shown = [some(self.home, self._home_count())]
        shown += [some(part, self._shown(part)) for part in self.parts.values() if len(part)]
        if len(shown) == 1:
            return shown[0]
        together = np.concatenate(shown)
        return together[torch.randperm(len(together), generator=generator).numpy()]

    def domains(self, indices: np.ndarray) -> np.ndarray:
        """Where cells come from, int64 [n]: 0 for the NIH set, then the laboratories in their order."""
        return np.searchsorted(self.starts, indices, side="right").astype(np.int64)

    def pictures(self, indices: np.ndarray, generator: torch.Generator | None = None) -> Tensor:
        """Cells [n, 3, 50, 50] in 0…1; full-size ones [n, 3, 460, 460], cropped at random by a generator."""
        if self.source is not None:
            return self.source.pictures(indices, generator)
        return self.pixels[indices].permute(0, 3, 1, 2).float() / 255

    def _is_standardised(self, indices: np.ndarray, learning: bool) -> Tensor:
        """Which cells are brought to one stain before the network sees them, bool [n, 1, 1, 1]."""
        kind = self.options.stain_is
        everywhere = kind == "standard" or (kind == "learning-standard" and learning)
        return torch.from_numpy((indices >= self.first_foreign) & (kind != "own") | everywhere)[:, None, None, None]

    def _stained(self, images: Tensor, indices: np.ndarray, learning: bool = False) -> Tensor:
        chosen = self._is_standardised(indices, learning)
        return torch.where(chosen, standardise(images), images) if chosen.any() else images

    def inputs(self, indices: np.ndarray) -> Tensor:
        """Cells [n, 3, h, w] in 0…1 as the network is to see them, but for their size."""
        return self._stained(self.pictures(indices), indices)

    def input_pixels(self, indices: np.ndarray) -> Tensor:
        """The same in uint8 [n, 50, 50, 3], as a page hands them to the network."""
        pixels, chosen = self.pixels[indices], self._is_standardised(indices, learning=False)
        if not chosen.any():
            return pixels
        return torch.where(chosen, torch.from_numpy(standardise_pixels(pixels.numpy())), pixels)

    def batch(self, indices: np.ndarray, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Augmented, normalised pictures [n, 3, size, size] and what they should score [n, 2]."""
        images = self.pictures(indices, generator)
        if len(self.specks):
            images = lay(images, self.specks, self.options.specks, generator)
        if self.optics is not None:
            images = travel(images, self.optics, generator)
        images = self._stained(images, indices, learning=True)
        drawn = draw(len(indices), self.augment, generator)
        return normalise(augment_batch(images, drawn, self.size, self.augment.pad_mode)), self.distributions[indices]

    def recipe(self) -> dict:
        """What of the recipe lies in the examples."""
        options = self.options
        recipe: dict = {"augmentation": asdict(self.augment)}
        if self.source is not None:
            recipe["presize"] = PRESIZE
        if self.optics is not None:
            recipe["optics"] = asdict(self.optics)
        if options.stain_is != "own":
            recipe["standardStain"] = TARGET.tolist()
            recipe["standardStainOf"] = STAINS[options.stain_is]
        if len(self.specks):
            recipe["specks"] = {"share": options.specks, "patches": len(self.specks)}
        if self.names:
            recipe["laboratories"] = {
                name: {
                    "licence": LABORATORIES[name].licence,
                    "cells": sum(len(self.parts[name, x]) for x in (True, False)),
                }
                for name in self.names
            }
            recipe["laboratoryCells"] = options.laboratory_cells
        if options.home_cells:
            recipe["homeCells"] = options.home_cells
        if options.teacher:
            recipe["teacher"] = {
                "name": options.teacher,
                "scores": options.teacher_scores,
                "share": options.teacher_share,
                "temperature": options.teacher_temperature,
            }
        return recipe
