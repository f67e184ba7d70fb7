"""Train a network on the packed cells: ``npm run train -- --folds 0`` or ``python3 -m models.training.train``.

Transfer learning as fastai's ``fine_tune``: the head first, then everything with discriminative learning rates and one
cycle. Each fold writes its history and its test scores under ``models/<name>/`` and a checkpoint an epoch under
``.cache/training/<name>/``, from which an interrupted run goes on.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import torch

from .cells import limited, load_cells, load_rows, random_split, split_of_fold
from .examples import laboratories_of
from .options import parse
from .predictions import scores_of, write_epochs, write_predictions
from .processes import join, launch
from .trainer import Trainer


def write_trial(folder: Path, title: str, trainer: Trainer) -> None:
    """What a try reached on the validation patients, plain and averaged over the eight poses of the square."""
    rounded = [
        {key: round(value, 6) for key, value in trainer.evaluate(trainer.split.validation, views).items()}
        for views in (1, 8)
    ]
    if not trainer.processes.writes:
        return
    folder.mkdir(parents=True, exist_ok=True)
    history = {key: value for key, value in trainer.history().items() if key in ("fold", "recipe", "epochs")}
    trial = {"title": title, **history, "oneView": rounded[0], "eightViews": rounded[1]}
    (folder / f"{title}.json").write_text(json.dumps(trial, indent=1) + "\n")


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    if options.nproc > 1 and "WORLD_SIZE" not in os.environ:
        launch(options.nproc, sys.argv[1:] if arguments is None else arguments)
    processes = join(options.device)
    here = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    torch.set_num_threads(options.threads or max(1, (os.cpu_count() or 1) // here))
    laboratories = laboratories_of(options)
    cells = load_rows(options.cells) if options.source else load_cells(options.cells, progress=processes.writes)
    for fold in [int(text) for text in options.folds.split(",")]:
        patients = options.protocol == "patient"
        split = split_of_fold(cells, fold, options.cells) if patients else random_split(cells, options.seed)
        if options.limit:
            split = limited(split, options.limit)
        trainer = Trainer(options, cells, split, fold, laboratories, processes)
        run = options.cache / options.name / f"fold-{fold}{f'-{options.trial}' if options.trial else ''}.pt"
        trainer.train(run)
        folder = options.output / options.name
        if options.trial:
            write_trial(options.output / "training" / "tries", options.trial, trainer)
            continue
        if processes.writes or options.source:
            scores = {name: trainer.scores(part) for name, part in vars(split).items() if name != "train" and len(part)}
        if not processes.writes:
            processes.wait()
            continue
        (folder / "history").mkdir(parents=True, exist_ok=True)
        (folder / "history" / f"fold-{fold}.json").write_text(json.dumps(trainer.history(), indent=1) + "\n")
        for name, part in (("predictions.csv", "test"), ("validation.csv", "validation")):
            if part in scores:
                write_predictions(folder / name, cells, fold, getattr(split, part), scores[part])
        if trainer.told:
            write_epochs(folder / "epochs" / f"fold-{fold}.csv", cells, split.validation, trainer.told)
        wrong = (scores_of(folder / "predictions.csv", fold) >= 0.5) != cells.positive[split.test]
        print(f"fold {fold}: accuracy {1 - wrong.mean():.4f} on {len(split.test)} test cells", flush=True)
        processes.wait()


if __name__ == "__main__":
    main()
