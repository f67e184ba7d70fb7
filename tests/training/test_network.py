"""Starts of a ResNet-34: from folded parts, from torchvision, and a sentence where neither is at hand."""

import numpy as np
import pytest
import torch
import torchvision

from models.training import folding
from models.training import network as network_module
from models.training.network import Network, start_from_parts


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
