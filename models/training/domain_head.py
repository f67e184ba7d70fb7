"""A head that guesses a cell's laboratory from the features, and a gradient that is turned round below it.

The network learns features that the head can't tell laboratories by (domain-adversarial training, Ganin et al. 2016).
Only healthy cells are asked about: all laboratories but one have them, and among infected ones the laboratory would
tell the label.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

WIDTH = 128
"""Units between the features and the guess."""
RATE = 1e-3
"""Learning rate of the head itself."""


class _TurnedGradient(torch.autograd.Function):
    """The same values; gradients come back times −weight."""

    @staticmethod
    def forward(context, values: Tensor, weight: float) -> Tensor:
        context.weight = weight
        return values.view_as(values)

    @staticmethod
    def backward(context, gradient: Tensor) -> tuple[Tensor, None]:
        return -context.weight * gradient, None


def turn_gradient(values: Tensor, weight: float) -> Tensor:
    """The same values, whose gradients are multiplied by ``-weight`` on their way back."""
    return _TurnedGradient.apply(values, weight)


def ramp(progress: float) -> float:
    """Share of the weight at a share ``progress`` of the training, from 0 to almost 1 (Ganin et al. 2016)."""
    return 2 / (1 + math.exp(-10 * progress)) - 1


class DomainHead:
    """Guesses domains 0…count−1 of the maps that enter a network's head; learns with an optimiser of its own.

    Checkpoints don't hold it: a training that goes on from one begins with a fresh head.
    """

    def __init__(self, network: nn.Module, channels: int, count: int, weight: float) -> None:
        self.weight = weight
        self.guess = nn.Sequential(nn.Linear(channels, WIDTH), nn.ReLU(), nn.Linear(WIDTH, count))
        self.optimiser = torch.optim.AdamW(self.guess.parameters(), lr=RATE)
        self.maps: Tensor | None = None
        network.head.register_forward_pre_hook(self._keep)

    def _keep(self, head: nn.Module, maps: tuple[Tensor, ...]) -> None:
        self.maps = maps[0] if head.training and torch.is_grad_enabled() else None

    def loss(self, domains: Tensor, healthy: Tensor, progress: float) -> Tensor:
        """Cross-entropy of the guesses of the healthy cells, bool [n], of the last batch; 0 where there are none."""
        assert self.maps is not None
        features = turn_gradient(self.maps[healthy].float().mean((2, 3)), self.weight * ramp(progress))
        if len(features) == 0:
            return self.maps.float().sum() * 0
        return functional.cross_entropy(self.guess(features), domains[healthy])
