"""MixStyle: while a network learns, the style of a picture's maps is now and then mixed with another picture's.

A map's mean and deviation over its pixels tell stain, lamp and camera more than content; cells whose own are mixed with
those of a cell of another laboratory look as if they came from a laboratory in between (Zhou et al. 2021).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

ALPHA = 0.1
"""Of the Beta distribution from which shares are drawn: small, so that most lie near 0 or 1."""
LAYERS = ("layer1", "layer2")
"""Early layers, where style lives; in late ones it would mix what the cells are."""


def mix_styles(maps: Tensor, share: Tensor, order: Tensor) -> Tensor:
    """Maps [n, c, h, w] of their own pattern; mean and deviation are by ``share`` [n] their own, else ``order``'s."""
    own = maps.float()
    mean = own.mean((2, 3), keepdim=True).detach()
    deviation = (own.var((2, 3), keepdim=True, unbiased=False) + 1e-6).sqrt().detach()
    part = share.view(-1, 1, 1, 1)
    mixed_mean = part * mean + (1 - part) * mean[order]
    mixed_deviation = part * deviation + (1 - part) * deviation[order]
    return ((own - mean) / deviation * mixed_deviation + mixed_mean).to(maps.dtype)


def attach(network: nn.Module, probability: float) -> None:
    """Have a network mix styles after its early layers, on a batch in so many as ``probability``, while it learns."""

    def mix(layer: nn.Module, _: tuple[Tensor, ...], maps: Tensor) -> Tensor:
        if not (layer.training and torch.is_grad_enabled()) or torch.rand(()) >= probability:
            return maps
        share = torch.distributions.Beta(ALPHA, ALPHA).sample((len(maps),)).to(maps.device)
        return mix_styles(maps, share, torch.randperm(len(maps), device=maps.device))

    for name in LAYERS:
        getattr(network, name).register_forward_hook(mix)
