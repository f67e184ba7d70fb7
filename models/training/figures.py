"""The few figures that training prints; the site's own come from the TypeScript metrics."""

from __future__ import annotations

import numpy as np


def area_under_roc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve as the Mann–Whitney statistic, ties counted half. NaN without both classes."""
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def sensitivity_at(scores: np.ndarray, positive: np.ndarray, false_alarms: float) -> float:
    """Largest share of positives at or above a threshold that at most ``false_alarms`` (0…1) of negatives reach.

    NaN without both classes.
    """
    if not positive.any() or positive.all():
        return float("nan")
    negatives = np.sort(scores[~positive])[::-1]
    allowed = int(np.floor(false_alarms * len(negatives) + 1e-9))
    if allowed == len(negatives):
        return 1.0
    return float((scores[positive] > negatives[allowed]).mean())
