"""From a trained network to the one that is shipped: BatchNorm folded into the convolutions, weights on 8 bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn
from tqdm import tqdm

from .augmentation import enlarge, normalise
from .network import Network, StudentNetwork, unfold_norms

FINE_BELOW = {"resnet34": 100_000, "student": 8_000}
"""Tensors with fewer weights than this are stored on 16 bits, the others on 8."""


@dataclass
class Quantised:
    """A tensor as TensorFlow.js stores it: value = minimum + scale · integer."""

    values: Tensor
    scale: float
    minimum: float
    bits: int

    @property
    def shape(self) -> torch.Size:
        """Shape of the tensor."""
        return self.values.shape

    def restore(self) -> Tensor:
        """The float32 tensor that TensorFlow.js computes with."""
        return (self.values.double() * self.scale + self.minimum).float()


Parameters = dict[str, Tensor]


def fold_pair(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Weight and bias of a convolution with the BatchNorm after it folded in."""
    factor = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
    weight = conv.weight.double() * factor[:, None, None, None]
    return weight.float(), (norm.bias.double() - norm.running_mean.double() * factor).float()


def blocks_of(parameters: dict[str, Tensor | Quantised]) -> dict[str, int]:
    """Layers in order and how many blocks each has, from the names of the parameters."""
    names = [name.split(".") for name in parameters if name.startswith("layer")]
    return {
        layer: 1 + max(int(part[1]) for part in names if part[0] == layer) for layer in sorted({n[0] for n in names})
    }


def halves(parameters: dict[str, Tensor | Quantised], block: str) -> bool:
    """Whether a block halves the map: those do whose short cut has a convolution."""
    return f"{block}.downsample.weight" in parameters


def has_wide_stem(parameters: dict[str, Tensor | Quantised]) -> bool:
    """Whether the stem is ResNet-34's 7×7 convolution of stride 2 and max pool, or a 3×3 one that keeps the size."""
    return parameters["stem.weight"].shape[-1] == 7


def convolutions(network: Network | StudentNetwork) -> Iterator[tuple[str, nn.Conv2d, nn.BatchNorm2d]]:
    """Name, convolution and BatchNorm of every pair, in order."""
    yield "stem", network.stem[0], network.stem[1]
    for layer, blocks in network.named_children():
        for index, block in enumerate(blocks if layer.startswith("layer") else []):
            yield f"{layer}.{index}.conv1", block.conv1, block.bn1
            yield f"{layer}.{index}.conv2", block.conv2, block.bn2
            if block.downsample is not None:
                yield f"{layer}.{index}.downsample", block.downsample[0], block.downsample[1]


def fold(network: Network | StudentNetwork) -> Parameters:
    """Weights (OIHW) and biases with every BatchNorm folded in: the same function with fewer steps."""
    parameters: Parameters = {}
    with torch.no_grad():
        for name, conv, norm in convolutions(network):
            parameters[f"{name}.weight"], parameters[f"{name}.bias"] = fold_pair(conv, norm)
        linears = [layer for layer in network.head if isinstance(layer, nn.Linear)]
        norms = [layer for layer in network.head if isinstance(layer, nn.BatchNorm1d)]
        for index, linear in enumerate(linears):
            weight = linear.weight.double()
            bias = torch.zeros(len(weight)).double() if linear.bias is None else linear.bias.double()
            if norms:
                norm = norms[index]  # one before each linear layer; ReLU comes before the second
                factor = norm.weight.double() / (norm.running_var.double() + norm.eps).sqrt()
                bias = bias + weight @ (norm.bias.double() - norm.running_mean.double() * factor)
                weight = weight * factor
            parameters[f"head.{index}.weight"], parameters[f"head.{index}.bias"] = weight.float(), bias.float()
    return parameters


def unfold(network: Network | StudentNetwork, parameters: Parameters, sample: Tensor) -> None:
    """Give a network with a plain head the weights of a folded one; on ``sample`` [n, 3, h, w] they agree.

    A BatchNorm takes the statistics of ``sample``. Raises ValueError for a network of other layers.
    """
    biases: dict[nn.Module, Tensor] = {}
    left = set(parameters)
    with torch.no_grad():
        for name, conv, norm in convolutions(network):
            if f"{name}.weight" not in left or parameters[f"{name}.weight"].shape != conv.weight.shape:
                raise ValueError(f"the folded network has no {name} of shape {list(conv.weight.shape)}")
            conv.weight.copy_(parameters[f"{name}.weight"])
            biases[norm] = parameters[f"{name}.bias"]
            left -= {f"{name}.weight", f"{name}.bias"}
        if left != {"head.0.weight", "head.0.bias"}:
            raise ValueError(f"the network has no place for {sorted(left)}")
        linear = next(layer for layer in network.head if isinstance(layer, nn.Linear))
        linear.weight.copy_(parameters["head.0.weight"])
        linear.bias.copy_(parameters["head.0.bias"])
    unfold_norms(network, biases, sample)


def equalise(parameters: Parameters) -> Parameters:
    """Move scale between the two convolutions of each block so that their channels span like ranges.

    ReLU lets a positive factor pass: dividing output channel c of the first by s and multiplying input channel c of the
    second by s changes nothing but the rounding (Nagel et al. 2019, data-free quantisation, s = √(r₁ / r₂)).
    """
    out = dict(parameters)
    for layer, blocks in blocks_of(parameters).items():
        for index in range(blocks):
            first, second = f"{layer}.{index}.conv1", f"{layer}.{index}.conv2"
            one, two = out[f"{first}.weight"], out[f"{second}.weight"]
            factor = (one.abs().amax((1, 2, 3)) / two.abs().amax((0, 2, 3)).clamp_min(1e-8)).sqrt().clamp(1e-2, 1e2)
            out[f"{first}.weight"] = one / factor[:, None, None, None]
            out[f"{first}.bias"] = out[f"{first}.bias"] / factor
            out[f"{second}.weight"] = two * factor[None, :, None, None]
    return out


def quantise(weight: Tensor, bits: int) -> Quantised:
    """Round a tensor to 2^bits even steps between its extremes."""
    low, high = float(weight.min()), float(weight.max())
    scale = (high - low) / (2**bits - 1) or 1.0
    values = ((weight.double() - low) / scale).round().clamp(0, 2**bits - 1)
    return Quantised(values.to(torch.int32), scale, low, bits)


def quantise_all(parameters: Parameters, fine_below: int = FINE_BELOW["resnet34"]) -> dict[str, Tensor | Quantised]:
    """Weights on 8 bits, those of small tensors on 16; biases stay float32."""
    return {
        name: tensor if name.endswith("bias") else quantise(tensor, 16 if tensor.numel() < fine_below else 8)
        for name, tensor in parameters.items()
    }


def store(network: Network | StudentNetwork) -> tuple[Parameters, dict[str, Tensor | Quantised]]:
    """The folded network in float32, and as it is shipped: equalised, its weights rounded."""
    plain = fold(network.cpu().eval())
    fine_below = FINE_BELOW["student" if isinstance(network, StudentNetwork) else "resnet34"]
    return plain, quantise_all(equalise(plain), fine_below)


def restore_all(stored: dict[str, Tensor | Quantised]) -> Parameters:
    """The float32 parameters that a quantised network computes with."""
    return {name: value.restore() if isinstance(value, Quantised) else value for name, value in stored.items()}


def feature_maps(parameters: Parameters, images: Tensor) -> Tensor:
    """Last maps [n, channels, h, w] of the folded network for normalised pictures [n, 3, h, w]."""

    def conv(maps: Tensor, name: str, stride: int = 1, padding: int = 1) -> Tensor:
        return functional.conv2d(maps, parameters[f"{name}.weight"], parameters[f"{name}.bias"], stride, padding)

    if has_wide_stem(parameters):
        maps = functional.max_pool2d(functional.relu(conv(images, "stem", 2, 3)), 3, 2, 1)
    else:
        maps = functional.relu(conv(images, "stem"))
    for layer, blocks in blocks_of(parameters).items():
        for index in range(blocks):
            name = f"{layer}.{index}"
            stride = 2 if halves(parameters, name) else 1
            short = conv(maps, f"{name}.downsample", stride, 0) if stride == 2 else maps
            maps = functional.relu(conv(maps, f"{name}.conv1", stride))
            maps = functional.relu(conv(maps, f"{name}.conv2") + short)
    return maps


def probabilities(parameters: Parameters, cells: Tensor, size: int) -> Tensor:
    """Softmax [n, 2] (parasitized, uninfected) for cells [n, 3, 50, 50] in 0…1: the function that is exported."""
    maps = feature_maps(parameters, normalise(enlarge(cells, size)).contiguous(memory_format=torch.channels_last))
    if "head.1.weight" in parameters:
        pooled = torch.cat((maps.amax((2, 3)), maps.mean((2, 3))), 1)
        hidden = functional.relu(functional.linear(pooled, parameters["head.0.weight"], parameters["head.0.bias"]))
        logits = functional.linear(hidden, parameters["head.1.weight"], parameters["head.1.bias"])
    else:
        logits = functional.linear(maps.mean((2, 3)), parameters["head.0.weight"], parameters["head.0.bias"])
    return logits.softmax(1)


def score(parameters: Parameters, pixels: Tensor, size: int, *, batch: int = 128, progress: bool = True) -> Tensor:
    """P(parasitized) [n] in float32 for uint8 pictures [n, 50, 50, 3]."""
    out = []
    with torch.no_grad():
        for start in tqdm(range(0, len(pixels), batch), "scoring", unit="batch", leave=False, disable=not progress):
            cells = pixels[start : start + batch].permute(0, 3, 1, 2).float() / 255
            out.append(probabilities(parameters, cells, size)[:, 0])
    return torch.cat(out) if out else torch.zeros(0)
