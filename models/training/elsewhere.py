"""How a network does on cells of other laboratories: ``npm run elsewhere -- --laboratories DIR``.

Measures the shipped weights of ``models/<name>/``, on cells as they are and brought to one stain first, and writes
``elsewhere.json`` beside them, or, with ``--try TITLE``, a try's checkpoint, and puts the figures into its file. A
laboratory that was trained on is measured on the groups that were held out from training alone. Before the
laboratories stand the fold's own validation patients.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from . import folding, graph
from .cells import CELLS, ROOT, load_cells, load_rows, split_of_fold
from .checkpoint import read_checkpoint
from .figures import area_under_roc, sensitivity_at
from .laboratories import CACHE as LABORATORY_CACHE
from .laboratories import LABORATORIES, read, spread
from .options import CACHE
from .standard import STAINS, TARGET, standardise_pixels

HOME = "validation patients"


@dataclass(frozen=True)
class Elsewhere:
    """Figures of one laboratory; None where its cells are all of one label. Shares in 0…1."""

    cells: int
    parasitized: int
    groups: int
    held_out: bool
    auc: float | None
    sensitivity: float | None
    specificity: float | None
    sensitivity_at_1_percent: float | None
    sensitivity_at_0_1_percent: float | None


def measure(scores: np.ndarray, positive: np.ndarray, group: np.ndarray, threshold: float, held_out: bool) -> Elsewhere:
    """Figures from scores [n] of cells that are called parasitized at ``threshold`` and above."""

    def share(values: np.ndarray) -> float | None:
        return round(float(values.mean()), 4) if len(values) else None

    both = bool(positive.any() and not positive.all())
    return Elsewhere(
        cells=len(scores),
        parasitized=int(positive.sum()),
        groups=len(set(group)),
        held_out=held_out,
        auc=round(area_under_roc(scores, positive), 4) if both else None,
        sensitivity=share(scores[positive] >= threshold),
        specificity=share(scores[~positive] < threshold),
        sensitivity_at_1_percent=round(sensitivity_at(scores, positive, 0.01), 4) if both else None,
        sensitivity_at_0_1_percent=round(sensitivity_at(scores, positive, 0.001), 4) if both else None,
    )


def camel(figures: Elsewhere) -> dict:
    """Figures under the names that the JSON files use."""
    names = [name.split("_") for name in asdict(figures)]
    return {
        first + "".join(word.capitalize() for word in rest): value
        for (first, *rest), value in zip(names, asdict(figures).values())
    }


@dataclass
class Subject:
    """What is measured: its folded parameters, the recipe they came from, the fold they were held out of."""

    parameters: folding.Parameters
    recipe: dict
    fold: int
    threshold: float
    rule: str
    report: Path


def shipped_subject(folder: Path) -> Subject:
    """The shipped weights in ``models/<name>/``, called at their own operating point."""
    metadata = json.loads((folder / "metadata.json").read_text())
    return Subject(
        parameters=graph.read(folder),
        recipe=metadata["recipe"],
        fold=metadata["split"]["testFold"],
        threshold=metadata["threshold"],
        rule="the shipped operating point",
        report=folder / "elsewhere.json",
    )


def tried_subject(trial: Path, cache: Path) -> Subject:
    """A try's checkpoint, called at ½. Raises SystemExit where the try or its checkpoint is missing."""
    if not trial.exists():
        raise SystemExit(f"{trial} is missing: train that try first (npm run train -- --try {trial.stem} …)")
    tried = json.loads(trial.read_text())
    found = sorted(cache.glob(f"*/fold-{tried['fold']}-{trial.stem}.pt"))
    if not found:
        raise SystemExit(f"There is no checkpoint of the try {trial.stem} under {cache}: train that try again")
    parameters = folding.restore_all(read_checkpoint(found[0])[1])
    return Subject(parameters, tried["recipe"], tried["fold"], 0.5, "one half", trial)


def figures_of(subject: Subject, directory: Path, cells_at: Path, cache: Path, most: int) -> dict[str, dict]:
    """Figures of the fold's validation patients and of every laboratory, by name."""
    size, taught = subject.recipe["size"], subject.recipe.get("laboratories", {})

    def scores_of(pixels: np.ndarray, home: bool) -> np.ndarray:
        everywhere = subject.recipe.get("standardStainOf", STAINS["standard"]) == STAINS["standard"]
        own = "standardStain" not in subject.recipe or (home and not everywhere)
        seen = torch.from_numpy(pixels if own else standardise_pixels(pixels))
        return folding.score(subject.parameters, seen, size, progress=False).numpy()

    rows = load_rows(cells_at)
    validation = split_of_fold(rows, subject.fold, cells_at).validation
    chosen = validation[spread(rows.positive[validation], most)]
    cells = load_cells(cells_at, only=chosen)
    figures = {
        HOME: measure(
            scores_of(cells.pixels[chosen], True),
            cells.positive[chosen],
            cells.patient[chosen],
            subject.threshold,
            True,
        )
    }
    for name in LABORATORIES:
        laboratory = read(directory, name, cache)
        if name in taught:
            laboratory = laboratory.part(held_out=True)
        laboratory = laboratory.some(most)
        figures[name] = measure(
            scores_of(laboratory.pixels, False),
            laboratory.positive,
            laboratory.group,
            subject.threshold,
            name in taught,
        )
    return {name: camel(measured) for name, measured in figures.items()}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run elsewhere --", description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="resnet34", help="folder under models/ whose shipped weights are measured")
    parser.add_argument("--try", dest="trial", metavar="TITLE", help="a try of models/training/tries/ instead")
    parser.add_argument("--laboratories", type=Path, metavar="DIR", required=True)
    parser.add_argument("--cells", type=Path, default=CELLS)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--laboratory-cache", type=Path, default=LABORATORY_CACHE)
    parser.add_argument("--most", type=int, default=4000, help="cells of a laboratory's label, spread evenly")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    if options.trial:
        trial = options.models / "training" / "tries" / f"{options.trial}.json"
        subject = tried_subject(trial, options.cache)
    else:
        subject = shipped_subject(options.models / options.name)
    sources = (options.laboratories, options.cells, options.laboratory_cache, options.most)
    measured = {
        "threshold": subject.threshold,
        "rule": subject.rule,
        "laboratories": figures_of(subject, *sources),
    }
    if options.trial:
        measured = {**json.loads(subject.report.read_text()), "elsewhere": measured}
    elif "standardStain" not in subject.recipe:
        subject.recipe["standardStain"] = TARGET.tolist()
        measured["oneStain"] = figures_of(subject, *sources)
    subject.report.write_text(json.dumps(measured, indent=1) + "\n")


if __name__ == "__main__":
    main()
