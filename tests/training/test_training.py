"""Training on a handful of real cells: history, resuming, folding, quantising, export."""

import csv
import json

import numpy as np
import pytest
import torch
import torchvision

from models.training import cells as cells_module
from models.training import folding, graph, train
from models.training import network as network_module
from models.training.figures import area_under_roc
from models.training.network import Network, start_from_parts

QUICK = "--init random --size 32 --epochs 2 --batch 16 --limit 48 --folds 0 --threads 2".split()


@pytest.fixture(scope="module")
def cells():
    return cells_module.load_cells(progress=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    train.main([*QUICK, "--output", str(folder / "models"), "--cache", str(folder / "cache")])
    return folder


def test_every_cell_is_read_and_belongs_to_one_fold(cells):
    assert cells.pixels.shape == (27558, 50, 50, 3)
    assert cells.positive.sum() == 13779
    tests = [cells_module.split_of_fold(cells, fold).test for fold in range(5)]
    assert np.array_equal(np.sort(np.concatenate(tests)), np.arange(27558))


def test_no_patient_of_a_test_fold_is_trained_on(cells):
    for fold in range(5):
        split = cells_module.split_of_fold(cells, fold)
        held_out = set(cells.patient[split.test])
        seen = set(cells.patient[split.train]) | set(cells.patient[split.validation])
        assert len(held_out) == 40
        assert not held_out & seen
        assert not set(cells.patient[split.train]) & set(cells.patient[split.validation])
        assert set(cells.fold[split.test]) == {fold}


def test_the_random_split_has_the_replaced_systems_sizes(cells):
    split = cells_module.random_split(cells, 2020)
    assert (len(split.train), len(split.test)) == (22047, 5511)
    assert not set(split.train) & set(split.test)
    assert set(cells.patient[split.test]) & set(cells.patient[split.train])


def test_a_run_writes_history_and_scores(run):
    history = json.loads((run / "models/resnet34/history/fold-0.json").read_text())
    assert history["boundary"] == 0
    assert [row["epoch"] for row in history["epochs"]] == [1, 2]
    assert all(np.isfinite(row["trainLoss"]) and np.isfinite(row["validLoss"]) for row in history["epochs"])
    assert history["recipe"]["initialisation"] == "random initialisation"
    with (run / "models/resnet34/predictions.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 48
    assert all(0 <= float(row["p_parasitized"]) <= 1 and row["fold"] == "0" for row in rows)


def test_an_interrupted_run_ends_as_an_uninterrupted_one(run, tmp_path, monkeypatch):
    arguments = [*QUICK, "--output", str(tmp_path / "models"), "--cache", str(tmp_path / "cache")]
    once = train.Trainer.run_epoch

    def stops_after_the_first(trainer, epoch):
        if epoch == 1:
            raise KeyboardInterrupt
        once(trainer, epoch)

    monkeypatch.setattr(train.Trainer, "run_epoch", stops_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        train.main(arguments)
    monkeypatch.setattr(train.Trainer, "run_epoch", once)
    train.main(arguments)
    paths = [folder / "models/resnet34/predictions.csv" for folder in (run, tmp_path)]
    scores = [train.scores_of(path, 0) for path in paths]
    assert np.abs(scores[0] - scores[1]).max() < 2e-2
    resumed = json.loads((tmp_path / "models/resnet34/history/fold-0.json").read_text())
    assert [row["epoch"] for row in resumed["epochs"]] == [1, 2]


@pytest.mark.parametrize("head", ["plain", "concat"])
def test_folding_keeps_the_function_and_equalising_too(head, cells):
    torch.manual_seed(1)
    network = Network(head)
    pixels = torch.from_numpy(cells.pixels[:16])
    inputs = folding.normalise(folding.enlarge(pixels.permute(0, 3, 1, 2).float() / 255, 48))
    network.train()
    with torch.no_grad():
        network(inputs)
        network.eval()
        expected = network(inputs).softmax(1)[:, 0]
    plain = folding.fold(network)
    for parameters in (plain, folding.equalise(plain)):
        got = folding.score(parameters, pixels, 48, progress=False)
        assert (got - expected).abs().max() < 1e-5
    rounded = folding.restore_all(folding.quantise_all(plain))
    assert max((rounded[name] - plain[name]).abs().max() / plain[name].abs().max() for name in plain) < 0.5 / 127


def test_quantised_values_lie_within_half_a_step():
    weight = torch.randn(64, 64, generator=torch.Generator().manual_seed(0))
    for bits in (8, 16):
        stored = folding.quantise(weight, bits)
        assert (stored.restore() - weight).abs().max() <= 0.5 * stored.scale * 1.001
        assert stored.values.min() >= 0 and stored.values.max() < 2**bits


def test_written_shards_hold_every_weight(tmp_path):
    torch.manual_seed(0)
    stored = folding.quantise_all(folding.fold(Network("plain").eval()))
    files = graph.write(stored, 96, tmp_path)
    model = json.loads((tmp_path / "model.json").read_text())
    manifest = model["weightsManifest"][0]
    width = {"uint8": 1, "uint16": 2}
    expected = sum(
        int(np.prod(entry["shape"])) * width.get(entry.get("quantization", {}).get("dtype"), 4)
        for entry in manifest["weights"]
    )
    assert sum(file["bytes"] for file in files if file["path"].endswith(".bin")) == expected
    assert {node["name"] for node in model["modelTopology"]["node"] if node["op"] == "Const"} == {
        entry["name"] for entry in manifest["weights"]
    }


def test_starting_from_folded_parts_reproduces_the_folded_network(tmp_path):
    """Blocks that take folded weights act as the folded network does, further blocks as identities."""
    torch.manual_seed(3)
    source = folding.fold(Network("plain").eval())
    for name, tensor in source.items():
        if name.startswith("head") or (name.startswith("layer4") and "conv" in name and "weight" in name):
            continue
        layer, _, rest = name.partition(".")
        if rest and rest[0].isdigit() and int(rest[0]) > 1:
            continue
        stem = name.replace("stem", "conv1").replace("downsample.", "downsample.0.")
        np.save(tmp_path / f"{stem}.npy", tensor.numpy())
    network = Network("plain")
    sample = torch.randn(8, 3, 64, 64)
    start_from_parts(network, tmp_path, sample)
    assert network.fresh == {"layer4", "head"}
    folded = folding.fold(network)
    assert (folded["stem.weight"] - source["stem.weight"]).abs().max() < 1e-4
    assert (folded["stem.bias"] - source["stem.bias"]).abs().max() < 1e-4
    maps = network.stem(sample)
    kept = network.layer1[:2](maps)
    assert (network.layer1(maps) - kept).abs().max() < 1e-5


def test_a_start_that_is_not_at_hand_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(network_module, "_torchvision_resnet34", lambda: None)
    sample = torch.zeros(2, 3, 32, 32)
    for init, parts in (("auto", None), ("torchvision", tmp_path), ("parts", tmp_path)):
        with pytest.raises(SystemExit, match="--parts"):
            network_module.make_network("plain", init, sample, parts)


def test_torchvisions_weights_come_first(monkeypatch):
    torch.manual_seed(5)
    imagenet = torchvision.models.resnet34(weights=None).state_dict()
    monkeypatch.setattr(network_module, "_torchvision_resnet34", lambda: imagenet)
    network, start = network_module.make_network("plain", "auto", torch.zeros(2, 3, 32, 32))
    assert start.startswith("ImageNet ResNet-34")
    assert torch.equal(network.layer4[2].conv2.weight, imagenet["layer4.2.conv2.weight"])
    assert torch.equal(network.stem[0].weight, imagenet["conv1.weight"])
    assert network.fresh == {"head"}


def test_the_small_network_trains_and_scores(tmp_path):
    small = "--network small --size 50 --epochs 1 --batch 16 --limit 48 --folds 1 --threads 2 --name small".split()
    train.main([*small, "--output", str(tmp_path), "--cache", str(tmp_path / "cache")])
    recipe = json.loads((tmp_path / "small/history/fold-1.json").read_text())["recipe"]
    assert (recipe["network"], recipe["frozenEpochs"], recipe["ratio"]) == ("small", 0, 1.0)
    assert len(train.scores_of(tmp_path / "small/predictions.csv", 1)) == 48
    assert sum(weight.numel() for weight in network_module.SmallNetwork().parameters()) == 219_482


def test_a_try_sees_validation_patients_only(tmp_path, monkeypatch):
    seen = []
    ask = train.Trainer.logits
    monkeypatch.setattr(
        train.Trainer, "logits", lambda self, indices, view=0: seen.append(indices) or ask(self, indices, view)
    )
    small = "--network small --size 50 --epochs 1 --batch 16 --limit 48 --folds 1 --threads 2 --try wide".split()
    train.main([*small, "--output", str(tmp_path), "--cache", str(tmp_path / "cache")])
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json")] == ["training/tries/wide.json"]
    assert not list(tmp_path.rglob("*.csv"))
    trial = json.loads((tmp_path / "training/tries/wide.json").read_text())
    assert trial["oneView"]["validAuc"] == trial["epochs"][-1]["validAuc"]
    assert trial["eightViews"]["validLoss"] != trial["oneView"]["validLoss"]
    validation = set(cells_module.split_of_fold(cells_module.load_rows(), 1).validation)
    assert len(seen) == 10 and all(set(indices) <= validation for indices in seen)


def test_the_eight_views_are_the_poses_of_the_square(cells):
    options = train.parse("--network small --size 50 --folds 0 --threads 2".split())
    trainer = train.Trainer(options, cells, train.limited(cells_module.split_of_fold(cells, 0), 16), 0)
    own = [trainer.logits(np.arange(3), view) for view in range(8)]
    trainer.pixels = torch.rot90(trainer.pixels, 1, (1, 2))
    turned = [trainer.logits(np.arange(3), view) for view in range(8)]
    for view in range(3):
        assert torch.allclose(turned[view], own[view + 1], atol=1e-2)
    assert torch.allclose(torch.stack(own).mean(0), torch.stack(turned).mean(0), atol=1e-2)
    assert not torch.allclose(own[0], own[4], atol=1e-4)


def test_area_under_roc_by_hand():
    assert area_under_roc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True])) == 0.75
    assert area_under_roc(np.array([0.5, 0.5]), np.array([True, False])) == 0.5
    assert np.isnan(area_under_roc(np.array([0.5]), np.array([True])))
