"""Scores of a trained network, as it is shipped, and the files that hold them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from . import folding
from .augmentation import enlarge, normalise
from .cells import Cells
from .network import Network, SmallNetwork, StudentNetwork


def shipped_scores(network: Network | SmallNetwork | StudentNetwork, pixels: Tensor, size: int) -> np.ndarray:
    """P(parasitized) [n] in float32 of uint8 cells [n, 50, 50, 3], as it would be shipped; the small CNN as it is."""
    if not isinstance(network, SmallNetwork):
        return folding.score(folding.restore_all(folding.store(network)[1]), pixels, size).numpy()
    network.cpu().eval()
    out = []
    with torch.no_grad():
        for start in range(0, len(pixels), 256):
            cells = pixels[start : start + 256].permute(0, 3, 1, 2).float() / 255
            out.append(network(normalise(enlarge(cells, size))).softmax(1)[:, 0])
    return torch.cat(out).numpy()


def write_predictions(path: Path, cells: Cells, fold: int, indices: np.ndarray, scores: np.ndarray) -> None:
    """Replace this fold's rows in a predictions file; the rest stays. Rows are in manifest order within a fold."""
    rows = []
    if path.exists():
        with path.open(newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row["fold"]) != fold]
    for index, value in zip(indices, scores):
        row = cells.rows[index]
        rows.append(
            {**{key: row[key] for key in ("file", "label", "patient")}, "fold": fold, "p_parasitized": f"{value:.7f}"}
        )
    rows.sort(key=lambda row: int(row["fold"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["file", "label", "patient", "fold", "p_parasitized"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_epochs(path: Path, cells: Cells, indices: np.ndarray, told: Sequence[Sequence[float]]) -> None:
    """Write P(parasitized) of these cells after each epoch: a row a cell, a column an epoch (``epoch_1`` …)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", *(f"epoch_{number}" for number in range(1, len(told) + 1))])
        for index, scores in zip(indices, zip(*told)):
            writer.writerow([cells.rows[index]["file"], *(f"{score:.5f}" for score in scores)])


def scores_of(path: Path, fold: int) -> np.ndarray:
    """P(parasitized) of one fold's rows of a predictions file, in file order."""
    with path.open(newline="") as file:
        return np.array([float(row["p_parasitized"]) for row in csv.DictReader(file) if int(row["fold"]) == fold])
