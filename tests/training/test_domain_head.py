"""The head that guesses laboratories: which way it pulls the features, and whom it asks about."""

import pytest
import torch
from torch import nn

from models.training.domain_head import DomainHead, ramp, turn_gradient
from models.training.network import make_head


def test_a_turned_gradient_keeps_values_and_comes_back_negative():
    values = torch.tensor([1.0, -2.0], requires_grad=True)
    turned = turn_gradient(values, 0.5)
    assert torch.equal(turned, values)
    turned.sum().backward()
    assert values.grad.tolist() == [-0.5, -0.5]


def test_the_weight_grows_from_nothing():
    assert ramp(0) == 0 and ramp(0.5) == pytest.approx(0.98661, abs=1e-4) and 0.999 < ramp(1) < 1


def test_the_head_learns_what_the_features_unlearn():
    torch.manual_seed(3)
    network = nn.Module()
    network.body, network.head = nn.Conv2d(3, 8, 1), make_head("plain", 8)
    network.train()
    adversary = DomainHead(network, 8, 2, 1.0)
    domains = torch.arange(16) % 2
    images = torch.randn(16, 3, 4, 4) + domains[:, None, None, None]

    def loss(healthy=True):
        network.head(network.body(images))
        return adversary.loss(domains, torch.full((16,), healthy), 1.0)

    first = loss()
    first.backward()
    with torch.no_grad():
        for parameter in network.body.parameters():
            parameter -= 0.5 * parameter.grad
    assert loss() > first  # The body moved away from what tells domains …
    for _ in range(60):
        adversary.optimiser.zero_grad()
        loss().backward()
        adversary.optimiser.step()
    assert loss() < first  # … and the head learns to tell them by what is left.
    assert loss(healthy=False) == 0


def test_nothing_is_kept_of_a_network_that_does_not_learn():
    network = nn.Module()
    network.head = make_head("plain", 8)
    adversary = DomainHead(network, 8, 2, 1.0)
    network.eval()
    network.head(torch.ones(1, 8, 2, 2))
    assert adversary.maps is None
