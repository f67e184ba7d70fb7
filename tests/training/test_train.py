"""Training on a handful of real cells: history, resuming, scores, tries."""

import csv
import json

import numpy as np
import pytest
import torch

from models.training import cells as cells_module
from models.training import folding, graph, train
from models.training import network as network_module
from models.training.cells import ROOT
from models.training.checkpoint import read_checkpoint
from models.training.options import parse
from models.training.predictions import scores_of
from models.training.trainer import Trainer

QUICK = "--network small --size 50 --epochs 2 --batch 16 --limit 48 --folds 0 --threads 1 --name small".split()


@pytest.fixture(scope="module")
def run(tmp_path_factory, packed):
    """Where a finished run wrote, and the arguments that repeat it elsewhere."""
    folder = tmp_path_factory.mktemp("run")
    train.main([*QUICK, *places(folder, packed)])
    return folder


def told(folder):
    """The rows of what a run kept of its validation cells."""
    with (folder / "models/small/epochs/fold-0.csv").open() as file:
        return list(csv.DictReader(file))


def places(folder, packed):
    return ["--cells", str(packed), "--output", str(folder / "models"), "--cache", str(folder / "cache")]


def test_a_run_writes_history_and_scores(run):
    history = json.loads((run / "models/small/history/fold-0.json").read_text())
    assert history["boundary"] == 0
    assert [row["epoch"] for row in history["epochs"]] == [1, 2]
    assert all(np.isfinite(row["trainLoss"]) and np.isfinite(row["validLoss"]) for row in history["epochs"])
    recipe = history["recipe"]
    assert (recipe["network"], recipe["initialisation"]) == ("small", "random initialisation")
    assert (recipe["frozenEpochs"], recipe["ratio"]) == (0, 1.0)
    for name, cells in (("predictions", recipe["testCells"]), ("validation", recipe["validationCells"])):
        with (run / f"models/small/{name}.csv").open() as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == cells > 10
        assert all(0 <= float(row["p_parasitized"]) <= 1 and row["fold"] == "0" for row in rows)
    assert sum(weight.numel() for weight in network_module.SmallNetwork().parameters()) == 219_482


def test_what_each_epoch_said_of_the_validation_cells_is_kept(run):
    epochs = json.loads((run / "models/small/history/fold-0.json").read_text())["epochs"]
    rows = told(run)
    with (run / "models/small/validation.csv").open() as file:
        labels = {row["file"]: row["label"] for row in csv.DictReader(file)}
    assert [row["file"] for row in rows] == list(labels)
    assert list(rows[0]) == ["file", *(f"epoch_{row['epoch']}" for row in epochs)]
    for row in epochs:
        right = [
            (float(cell[f"epoch_{row['epoch']}"]) >= 0.5) == (labels[cell["file"]] == "parasitized") for cell in rows
        ]
        assert np.mean(right) == pytest.approx(row["validAccuracy"], abs=1e-6)
    assert any(cell["epoch_1"] != cell["epoch_2"] for cell in rows)


def test_a_resnet34_trains_and_scores(tmp_path, packed):
    quick = "--init random --size 32 --epochs 1 --batch 16 --limit 32 --folds 0 --threads 1".split()
    train.main([*quick, *places(tmp_path, packed)])
    history = json.loads((tmp_path / "models/resnet34/history/fold-0.json").read_text())
    assert history["recipe"]["initialisation"] == "random initialisation"
    test = cells_module.limited(cells_module.split_of_fold(cells_module.load_rows(packed), 0, packed), 32).test
    assert len(scores_of(tmp_path / "models/resnet34/predictions.csv", 0)) == len(test)


def test_an_interrupted_run_ends_as_an_uninterrupted_one(run, tmp_path, packed, monkeypatch):
    arguments = [*QUICK, *places(tmp_path, packed)]
    once = Trainer.run_epoch

    def stops_after_the_first(trainer, epoch):
        if epoch == 1:
            raise KeyboardInterrupt
        once(trainer, epoch)

    monkeypatch.setattr(Trainer, "run_epoch", stops_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        train.main(arguments)
    monkeypatch.setattr(Trainer, "run_epoch", once)
    train.main(arguments)
    paths = [folder / "models/small/predictions.csv" for folder in (run, tmp_path)]
    scores = [scores_of(path, 0) for path in paths]
    assert np.abs(scores[0] - scores[1]).max() < 1e-4
    resumed = json.loads((tmp_path / "models/small/history/fold-0.json").read_text())
    assert [row["epoch"] for row in resumed["epochs"]] == [1, 2]
    assert [list(row) for row in told(tmp_path)] == [list(row) for row in told(run)]


def test_a_checkpoint_of_another_recipe_is_not_gone_on_from(run, packed):
    with pytest.raises(SystemExit, match=r"fold-0.pt is of another recipe \(batch, optics\): delete it"):
        train.main([*QUICK, *places(run, packed), "--batch", "12", "--recipe", "travelling"])


def test_a_try_sees_validation_patients_only(tmp_path, packed, monkeypatch):
    seen = []
    ask = Trainer.logits
    monkeypatch.setattr(
        Trainer, "logits", lambda self, indices, view=0: seen.append(indices) or ask(self, indices, view)
    )
    small = "--network small --size 50 --epochs 1 --batch 16 --limit 48 --folds 1 --threads 1 --try wide".split()
    cells = ["--cells", str(packed)]
    train.main([*small, *cells, "--output", str(tmp_path), "--cache", str(tmp_path / "cache")])
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")] == ["training/tries/wide.json"]
    assert not list(tmp_path.rglob("*.csv"))
    trial = json.loads((tmp_path / "training/tries/wide.json").read_text())
    assert trial["oneView"]["validAuc"] == trial["epochs"][-1]["validAuc"]
    assert trial["eightViews"]["validLoss"] != trial["oneView"]["validLoss"]
    validation = set(cells_module.split_of_fold(cells_module.load_rows(packed), 1, packed).validation)
    assert len(seen) == 10 and all(set(indices) <= validation for indices in seen)


def test_a_training_goes_on_from_what_is_shipped(some_cells, packed):
    options = parse("--network student --size 50 --threads 1 --start student".split())
    split = cells_module.split_of_fold(some_cells, 0, packed)
    trainer = Trainer(options, some_cells, split, 0)
    assert trainer.start == "the shipped weights of models/student, held out of fold 0"
    assert (trainer.frozen_epochs, trainer.recipe()["initialisation"]) == (0, trainer.start)
    trainer.half = False
    shipped = folding.score(graph.read(ROOT / "models" / "student"), trainer.examples.pixels[split.test], 50)
    assert torch.allclose(trainer.logits(split.test).softmax(1)[:, 0], shipped, atol=1e-3)
    with pytest.raises(SystemExit, match="ships fold 0, which learned from fold 1's test patients"):
        Trainer(options, some_cells, cells_module.split_of_fold(some_cells, 1, packed), 1)
    resnet34 = parse("--size 50 --threads 1 --start student".split())
    with pytest.raises(SystemExit, match="is no start for the network resnet34"):
        Trainer(resnet34, some_cells, split, 0)


def test_what_is_kept_lies_a_share_of_the_way_from_the_start(tmp_path, packed, some_cells):
    paths = ["--cells", str(packed), "--output", str(tmp_path / "models"), "--cache", str(tmp_path / "cache")]
    student = "--network student --size 50 --epochs 1 --batch 16 --limit 48 --folds 1 --threads 1".split()
    further = [*student, *paths, "--name", "further", "--start", "home", "--rate", "1e-2"]
    train.main([*student, *paths, "--name", "home"])
    train.main([*further, "--share", "0.25"])
    train.main([*further, "--name", "whole"])
    name = "layer1.0.conv1.weight"
    start = folding.restore_all(read_checkpoint(tmp_path / "cache/home/fold-1.pt")[1])[name]
    mixed, own = (torch.load(tmp_path / f"cache/{kind}/fold-1.pt")["network"][name] for kind in ("further", "whole"))
    assert not torch.allclose(start, own, atol=1e-3)
    assert torch.allclose(mixed, 0.75 * start + 0.25 * own, atol=1e-6)
    with (tmp_path / "models/further/predictions.csv").open() as file:
        told = {row["file"]: float(row["p_parasitized"]) for row in csv.DictReader(file)}
    split = cells_module.limited(cells_module.split_of_fold(some_cells, 1, packed), 48)
    stored = folding.restore_all(read_checkpoint(tmp_path / "cache/further/fold-1.pt")[1])
    expected = folding.score(stored, torch.from_numpy(some_cells.pixels[split.test]), 50)
    assert np.allclose([told[some_cells.rows[index]["file"]] for index in split.test], expected, atol=1e-5)

    recipe = json.loads((tmp_path / "models/further/history/fold-1.json").read_text())["recipe"]
    assert (recipe["initialisation"], recipe["share"]) == ("the weights of home, held out of fold 1", 0.25)
    with pytest.raises(SystemExit, match=r"cache/home/fold-0.pt is missing"):
        train.main([*student, *paths, "--name", "x", "--try", "x", "--start", "home", "--folds", "0"])


def test_batch_norm_follows_averaged_weights(some_cells, packed):
    options = parse("--network student --size 50 --threads 1 --start student --share 0.5".split())
    trainer = Trainer(options, some_cells, cells_module.split_of_fold(some_cells, 0, packed), 0)
    trainer.half = False
    norm = trainer.network.stem[1]
    with torch.no_grad():
        trainer.network.stem[0].weight.mul_(3)
    before = norm.running_mean.clone()
    trainer.go_back(trainer.origin)
    assert norm.momentum == 0.1
    with torch.no_grad():
        trainer.network.train()
        images, _ = trainer.examples.batch(trainer.split.train, torch.Generator().manual_seed(9))
        seen = trainer.network.stem[0](images).mean((0, 2, 3))
    assert (norm.running_mean - seen).abs().mean() < (before - seen).abs().mean() / 3


def test_the_eight_views_are_the_poses_of_the_square(some_cells, packed):
    options = parse("--network small --size 50 --folds 0 --threads 1".split())
    split = cells_module.limited(cells_module.split_of_fold(some_cells, 0, packed), 16)
    trainer = Trainer(options, some_cells, split, 0)
    own = [trainer.logits(np.arange(3), view) for view in range(8)]
    trainer.examples.pixels = torch.rot90(trainer.examples.pixels, 1, (1, 2))
    turned = [trainer.logits(np.arange(3), view) for view in range(8)]
    for view in range(3):
        assert torch.allclose(turned[view], own[view + 1], atol=1e-2)
    assert torch.allclose(torch.stack(own).mean(0), torch.stack(turned).mean(0), atol=1e-2)
    assert not torch.allclose(own[0], own[4], atol=1e-4)
