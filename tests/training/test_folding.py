"""Folding BatchNorm into the convolutions, rounding, and the files of a graph."""

import json

import numpy as np
import pytest
import torch

from models.training import folding, graph
from models.training.network import Network, StudentNetwork


@pytest.mark.parametrize("head", ["plain", "concat"])
def test_folding_keeps_the_function_and_equalising_too(head, some_cells):
    torch.manual_seed(1)
    network = Network(head)
    pixels = torch.from_numpy(some_cells.pixels[:16])
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


@pytest.mark.parametrize("make", [lambda: Network("plain"), StudentNetwork], ids=["resnet34", "student"])
def test_unfolding_gives_a_network_of_the_same_function(make):
    torch.manual_seed(2)
    source, sample = make(), torch.randn(8, 3, 50, 50)
    source.train()(sample * 2 + 1)
    parameters = folding.fold(source.eval())
    network = make()
    folding.unfold(network, parameters, sample)
    with torch.no_grad():
        assert torch.allclose(network.eval()(sample), source(sample), atol=1e-4)
        network.train().head.eval()
        assert torch.allclose(network(sample), source(sample), atol=1e-2)  # the statistics of a batch are the sample's
    again = folding.fold(network.eval())
    assert again.keys() == parameters.keys()


def test_weights_of_another_network_are_refused():
    student = folding.fold(StudentNetwork().eval())
    with pytest.raises(ValueError, match="no stem of shape"):
        folding.unfold(Network("plain"), student, torch.zeros(1, 3, 50, 50))
    resnet = folding.fold(Network("concat").eval())
    with pytest.raises(ValueError, match="no place for .*head.1.bias"):
        folding.unfold(Network("concat"), resnet, torch.zeros(1, 3, 50, 50))


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
