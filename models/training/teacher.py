"""What a student learns from beside the labels: its teacher's probability for each training cell."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from . import folding, graph
from .cells import Cells

KINDS = ("out-of-fold", "own")


def out_of_fold_scores(path: Path, cells: Cells, wanted: np.ndarray) -> Tensor:
    """P(parasitized) [n] of all cells from a predictions file; those not ``wanted`` may be missing (not a number).

    Raises SystemExit where the teacher has not scored a cell that is needed.
    """
    if not path.exists():
        raise SystemExit(
            f"{path} is missing: train the teacher on every fold first (npm run train -- --folds 0,1,2,3,4)"
        )
    with path.open(newline="") as file:
        scores = {row["file"]: float(row["p_parasitized"]) for row in csv.DictReader(file)}
    found = np.array([scores.get(row["file"], np.nan) for row in cells.rows])
    if missing := int(np.isnan(found[wanted]).sum()):
        raise SystemExit(
            f"{path} has no score for {missing} training cells: train the teacher on the other folds first"
        )
    return torch.from_numpy(found).float()


def own_scores(folder: Path, cells: Cells, wanted: np.ndarray, fold: int, kept: Path) -> Tensor:
    """P(parasitized) [n] of the ``wanted`` cells by the teacher's shipped weights, which those cells trained.

    That teacher saw no patient that the student is tested on. Scores are kept in the file ``kept``.
    """
    metadata = json.loads((folder / "metadata.json").read_text())
    if metadata["split"]["testFold"] != fold:
        raise SystemExit(f"{folder} ships fold {metadata['split']['testFold']}: --teacher-scores own wants that fold")
    if not kept.exists():
        size = metadata["input"]["insideTheGraph"]["enlarge"]["size"]
        scores = np.full(len(cells.rows), np.nan, np.float32)
        scores[wanted] = folding.score(graph.read(folder), torch.from_numpy(cells.pixels[wanted]), size).numpy()
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, scores)
    scores = torch.from_numpy(np.load(kept))
    if scores[wanted].isnan().any():
        raise SystemExit(f"{kept} lacks training cells: delete it, it belongs to a smaller run")
    return scores


def soft_targets(
    positive: Tensor, scores: Tensor, *, smoothing: float, share: float | Tensor, temperature: float
) -> Tensor:
    """Target distributions [n, 2]: ``share`` of the teacher's, at ``temperature``, and the rest the smoothed label."""
    label = torch.where(positive, 1 - smoothing / 2, smoothing / 2)
    teacher = torch.sigmoid(torch.logit(scores, 1e-6) / temperature)
    mixed = share * teacher + (1 - share) * label
    return torch.stack((mixed, 1 - mixed), 1)


def soft_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of logits [n, 2] against target distributions [n, 2]."""
    return -(targets * functional.log_softmax(logits, 1)).sum(1).mean()
