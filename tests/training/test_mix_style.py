"""Mixed styles: whose mean and deviation the maps have, and when."""

import torch
from torch import nn

from models.training.mix_style import attach, mix_styles


def statistics(maps):
    return maps.mean((2, 3)), maps.std((2, 3), unbiased=False)


def test_maps_keep_their_pattern_and_take_a_share_of_anothers_style():
    generator = torch.Generator().manual_seed(4)
    maps = torch.randn(3, 2, 9, 9, generator=generator) * torch.tensor([1.0, 2, 5])[:, None, None, None] + 3
    mean, deviation = statistics(maps)
    order = torch.tensor([1, 2, 0])
    mixed = mix_styles(maps, torch.tensor([1.0, 0.0, 0.5]), order)
    assert torch.allclose(mixed[0], maps[0], atol=1e-5)
    own_mean, own_deviation = statistics(mixed)
    assert torch.allclose(own_mean[1], mean[2], atol=1e-4) and torch.allclose(own_deviation[1], deviation[2], atol=1e-3)
    assert torch.allclose(own_mean[2], (mean[2] + mean[0]) / 2, atol=1e-4)
    pattern = (mixed[1] - own_mean[1][:, None, None]) / own_deviation[1][:, None, None]
    assert torch.allclose(pattern, (maps[1] - mean[1][:, None, None]) / deviation[1][:, None, None], atol=1e-4)


def test_styles_are_mixed_only_while_a_network_learns():
    network = nn.Module()
    network.layer1, network.layer2 = nn.Identity(), nn.Identity()
    attach(network, 1.0)
    torch.manual_seed(1)
    maps = torch.randn(8, 2, 5, 5) + torch.arange(8.0)[:, None, None, None]
    assert not torch.allclose(network.layer1(maps), maps, atol=0.1)
    with torch.no_grad():
        assert torch.equal(network.layer2(maps), maps)
    network.eval()
    assert torch.equal(network.layer2(maps), maps)
