"""Where the cells lie in the networks' own features: ``npm run embedding``.

Each cell is seen by the network of the fold that it was held out of. The five networks speak five languages: each one's
features are mapped onto those of the shipped fold by the ridge regression that fits best on the cells that neither was
tested on. The first principal components of what comes out are kept, and t-SNE (van der Maaten and Hinton 2008) lays
them out on a plane. Writes ``embedding.csv`` and, on how it was made, ``embedding.json``.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import torch
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors
from torch import Tensor
from tqdm import tqdm

from . import folding, graph
from .augmentation import enlarge, normalise
from .cells import ROOT, Cells, load_cells
from .checkpoint import read_checkpoint
from .network import has_bfloat16
from .options import CACHE

COMPONENTS = 16
LARGEST = 127
NEIGHBOURS = 10
RIDGE = 0.01
"""Penalty as a share of the features' mean variance. A rotation alone (Procrustes) left the folds apart."""
SEED = 2020


def parameters_of(fold: int, folder: Path, cache: Path) -> folding.Parameters | None:
    """What a fold's network computes with: the shipped weights, or its last checkpoint; None if there is neither."""
    metadata = json.loads((folder / "metadata.json").read_text())
    if metadata["split"]["testFold"] == fold:
        return graph.read(folder)
    checkpoint = cache / folder.name / f"fold-{fold}.pt"
    if not checkpoint.exists():
        return None
    return folding.restore_all(read_checkpoint(checkpoint)[1])


def features(parameters: folding.Parameters, pixels: Tensor, size: int, title: str, batch: int = 128) -> np.ndarray:
    """Mean of the last maps over the cell [n, 512] for uint8 pictures [n, 50, 50, 3]."""
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16("cpu")):
        for start in tqdm(range(0, len(pixels), batch), title, unit="batch"):
            cells = pixels[start : start + batch].permute(0, 3, 1, 2).float() / 255
            images = normalise(enlarge(cells, size)).contiguous(memory_format=torch.channels_last)
            out.append(folding.feature_maps(parameters, images).float().mean((2, 3)))
    return torch.cat(out).numpy()


def align(own: np.ndarray, reference: np.ndarray, common: np.ndarray) -> np.ndarray:
    """``own`` features [n, d] mapped onto ``reference`` [n, d] by ridge regression on the rows ``common``."""
    model = Ridge(RIDGE * own[common].var(0).mean() * len(common)).fit(own[common], reference[common])
    return model.predict(own)


def held_out(by_fold: dict[int, np.ndarray], fold: np.ndarray, reference: int) -> np.ndarray:
    """Features [n, d] of every cell of a fold in ``by_fold`` by the network that it was held out of, in one space."""
    out = np.full_like(by_fold[reference], np.nan)
    for one, own in by_fold.items():
        common = np.flatnonzero((fold != one) & (fold != reference))
        aligned = own if one == reference else align(own, by_fold[reference], common)
        out[fold == one] = aligned[fold == one]
    return out


def to_steps(values: np.ndarray) -> np.ndarray:
    """Integers −127…127 on one scale for all columns; the farthest thousandth is cut."""
    return np.clip(np.rint(values / np.quantile(np.abs(values), 0.999) * LARGEST), -LARGEST, LARGEST).astype(int)


def mixing(values: np.ndarray, fold: np.ndarray, positive: np.ndarray) -> dict[str, float]:
    """How well the folds mix: of each cell's nearest neighbours, the share of its own fold and of its own label."""
    near = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(values).kneighbors(values, return_distance=False)[:, 1:]
    return {
        "neighbours": NEIGHBOURS,
        "ofOwnFold": round(float((fold[near] == fold[:, None]).mean()), 4),
        "ofOwnFoldIfMixed": round(float((np.bincount(fold)[fold] / len(fold)).mean()), 4),
        "ofOwnLabel": round(float((positive[near] == positive[:, None]).mean()), 4),
    }


def write(folder: Path, cells: Cells, chosen: np.ndarray, places: np.ndarray, steps: np.ndarray) -> None:
    """``embedding.csv``: a row a cell in manifest order, its place on the map −1…1 and its features."""
    with (folder / "embedding.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "fold", "x", "y", *(f"f{index:02d}" for index in range(steps.shape[1]))])
        for index, (x, y), row in zip(chosen, places, steps):
            writer.writerow([cells.rows[index]["file"], cells.fold[index], f"{x:.4f}", f"{y:.4f}", *row])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run embedding --", description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="resnet34")
    parser.add_argument("--perplexity", type=float, default=50)
    parser.add_argument("--cells", type=int, default=0, help="use only so many cells, spread evenly (for tests)")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--cache", type=Path, default=CACHE)
    options = parser.parse_args(arguments)
    folder = options.models / options.name
    metadata = json.loads((folder / "metadata.json").read_text())
    reference, size = metadata["split"]["testFold"], metadata["recipe"]["size"]
    cells = load_cells()
    some = np.linspace(0, len(cells.rows) - 1, options.cells or len(cells.rows)).astype(int)
    pixels, fold, positive = torch.from_numpy(cells.pixels[some]), cells.fold[some], cells.positive[some]
    by_fold: dict[int, np.ndarray] = {}
    for one in range(5):
        kept = options.cache / options.name / f"features-{one}.npy"
        if kept.exists() and not options.cells:
            by_fold[one] = np.load(kept).astype(np.float32)
        elif (parameters := parameters_of(one, folder, options.cache)) is not None:
            by_fold[one] = features(parameters, pixels, size, f"features of fold {one}")
            if not options.cells:
                kept.parent.mkdir(parents=True, exist_ok=True)
                np.save(kept, by_fold[one].astype(np.float16))
        else:
            print(f"fold {one}: no checkpoint, so its cells are left out")
    seen = np.isin(fold, list(by_fold))
    analysis = PCA(COMPONENTS, svd_solver="full")
    steps = to_steps(analysis.fit_transform(held_out(by_fold, fold, reference)[seen]))
    layout = TSNE(perplexity=options.perplexity, init="pca", learning_rate="auto", random_state=SEED, n_jobs=-1)
    places = layout.fit_transform(steps.astype(np.float32))
    places = places / np.abs(places).max()
    write(folder, cells, some[seen], places, steps)
    facts = {
        "folds": sorted(by_fold),
        "cells": int(seen.sum()),
        "features": 512,
        "components": COMPONENTS,
        "varianceKept": round(float(analysis.explained_variance_ratio_.sum()), 4),
        "mixing": mixing(steps, fold[seen], positive[seen]),
        "layout": f"t-SNE, perplexity {options.perplexity:g}, started from the first two components",
        "divergence": round(float(layout.kl_divergence_), 4),
        "seed": SEED,
    }
    (folder / "embedding.json").write_text(json.dumps(facts, indent=1) + "\n")
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
