"""Majority class and logistic regression on colour, fold by fold on the patient split."""

import csv

import numpy as np
import pytest

pytest.importorskip("sklearn")

from models.training import baselines
from models.training.cells import load_rows, split_of_fold


@pytest.fixture(scope="module")
def cells():
    return load_rows()


def test_majority_knows_nothing_but_the_share(cells):
    split = split_of_fold(cells, 0)
    scores = baselines.majority(cells, split)
    assert np.ptp(scores) == 0
    assert scores[0] == pytest.approx(cells.positive[split.train].mean())


def test_colour_learns_from_training_cells_only(cells):
    split = split_of_fold(cells, 2)
    before = baselines.colour(cells, split)
    assert np.isfinite(before).all() and before.min() >= 0 and before.max() <= 1
    turned = cells.positive.copy()
    cells.positive = np.where(np.isin(np.arange(len(turned)), split.test), ~turned, turned)
    try:
        assert np.array_equal(baselines.colour(cells, split), before)
    finally:
        cells.positive = turned
    right = (before[split.test] >= 0.5) == cells.positive[split.test]
    assert 0.6 < right.mean() < 0.95


def test_every_cell_gets_one_score_of_each_baseline(cells, tmp_path):
    baselines.main(["--output", str(tmp_path)])
    for name in baselines.BASELINES:
        with (tmp_path / name / "predictions.csv").open() as file:
            rows = list(csv.DictReader(file))
        assert sorted(row["file"] for row in rows) == sorted(row["file"] for row in cells.rows)
