"""The packed cells as tensors, and the one split by patient."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[2]
CELLS = ROOT / "src" / "data" / "cells"
SIDE = 50
PER_ROW = 16
POSITIVE = "parasitized"


@dataclass
class Cells:
    """All cells in manifest order: ``pixels`` [n, 50, 50, 3] uint8, ``positive`` [n] bool, ``fold`` [n] int."""

    rows: list[dict[str, str]]
    pixels: np.ndarray
    positive: np.ndarray
    disputed: np.ndarray
    patient: np.ndarray
    fold: np.ndarray

    def of_patients(self, patients: list[str]) -> np.ndarray:
        """Indices of the cells of these patients, in manifest order."""
        return np.flatnonzero(np.isin(self.patient, patients))


def load_rows(directory: Path = CELLS) -> Cells:
    """Read ``manifest.csv`` alone, no pixels. Raises FileNotFoundError with what to do if it is missing."""
    manifest = directory / "manifest.csv"
    if not manifest.exists():
        raise FileNotFoundError(f"{manifest} is missing: pack the cells first (npm run data -- <archive.zip>)")
    with manifest.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return Cells(
        rows=rows,
        pixels=np.zeros((0, SIDE, SIDE, 3), np.uint8),
        positive=np.array([row["label"] == POSITIVE for row in rows]),
        disputed=np.array([row["disputed"] == "1" for row in rows]),
        patient=np.array([row["patient"] for row in rows]),
        fold=np.array([int(row["fold"]) for row in rows]),
    )


def load_cells(directory: Path = CELLS, progress: bool = True, only: Iterable[int] | None = None) -> Cells:
    """Read ``manifest.csv`` and its sheets. Raises FileNotFoundError with what to do if they are not there.

    With ``only``, the pixels of these cells alone are read; those of the others stay black.
    """
    cells = load_rows(directory)
    cells.pixels = np.zeros((len(cells.rows), SIDE, SIDE, 3), np.uint8)
    by_sheet: dict[int, list[int]] = {}
    for index in range(len(cells.rows)) if only is None else only:
        by_sheet.setdefault(int(cells.rows[index]["sheet"]), []).append(index)
    for sheet, indices in tqdm(sorted(by_sheet.items()), "reading sheets", unit="sheet", disable=not progress):
        with Image.open(directory / f"sheet-{sheet:03d}.webp") as picture:
            whole = np.asarray(picture.convert("RGB"))
        for index in indices:
            top, left = (SIDE * place for place in divmod(int(cells.rows[index]["slot"]), PER_ROW))
            cells.pixels[index] = whole[top : top + SIDE, left : left + SIDE]
    return cells


@dataclass
class Split:
    """Indices of the cells that one fold trains on, validates on (training patients only) and tests on."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def split_of_fold(cells: Cells, fold: int, directory: Path = CELLS) -> Split:
    """The split of ``fold`` from ``split.json``. Raises ValueError if a patient is in two parts."""
    chosen = next(f for f in json.loads((directory / "split.json").read_text())["folds"] if f["fold"] == fold)
    parts = {name: set(chosen[name]) for name in ("train", "validation", "test")}
    for one, other in (("train", "validation"), ("train", "test"), ("validation", "test")):
        if both := parts[one] & parts[other]:
            raise ValueError(f"fold {fold}: {sorted(both)} are in {one} and in {other}")
    return Split(**{name: cells.of_patients(sorted(patients)) for name, patients in parts.items()})


def random_split(cells: Cells, seed: int) -> Split:
    """The replaced system's protocol: 5,511 cells drawn at random for testing, whoever their patient is."""
    order = np.random.default_rng(seed).permutation(len(cells.rows))
    test = round(len(order) * 5511 / 27558)
    return Split(train=np.sort(order[test:]), validation=np.zeros(0, int), test=np.sort(order[:test]))


def limited(split: Split, limit: int) -> Split:
    """Every part cut to ``limit`` cells spread evenly over it."""
    cut = {
        name: part[np.linspace(0, len(part) - 1, min(limit, len(part))).astype(int)] if len(part) else part
        for name, part in vars(split).items()
    }
    return Split(**cut)
