"""What little knowledge reaches on the same folds: ``npm run baselines``.

Majority class, and logistic regression on five colour features of the manifest: mean red, green and blue in the cell,
saturation of that mean colour, and the standard deviation of green. Both write the files that a trained network writes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from .cells import ROOT, Cells, Split, load_rows, split_of_fold
from .predictions import write_predictions

FEATURES = ("red", "green", "blue", "saturation", "spread")
FOLDS = range(5)


def features(cells: Cells) -> np.ndarray:
    """The five colour features [n, 5] of every cell, in manifest order."""
    return np.array([[float(row[name]) for name in FEATURES] for row in cells.rows])


def majority(cells: Cells, split: Split) -> np.ndarray:
    """The share of parasitized cells among the training cells, for every cell."""
    return np.full(len(cells.rows), cells.positive[split.train].mean())


def colour(cells: Cells, split: Split) -> np.ndarray:
    """P(parasitized) of every cell by logistic regression fitted on the training cells."""
    values = features(cells)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(values[split.train], cells.positive[split.train])
    return model.predict_proba(values)[:, 1]


BASELINES = {"majority": majority, "colour": colour}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run baselines --", description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "models")
    options = parser.parse_args(arguments)
    cells = load_rows()
    for name, score in BASELINES.items():
        for fold in tqdm(FOLDS, name, unit="fold"):
            split = split_of_fold(cells, fold)
            scores = score(cells, split)
            for file, part in (("predictions.csv", split.test), ("validation.csv", split.validation)):
                write_predictions(options.output / name / file, cells, fold, part, scores[part])


if __name__ == "__main__":
    main()
