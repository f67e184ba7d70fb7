"""ResNet-34 with a two-class head, its ImageNet start, and its parameter groups."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torchvision
from torch import Tensor, nn

CLASSES = ("parasitized", "uninfected")


class ConcatPool(nn.Module):
    """Maximum and mean over the map, side by side: [n, c, h, w] → [n, 2c] (fastai's order)."""

    def forward(self, maps: Tensor) -> Tensor:
        return torch.cat((maps.amax((2, 3)), maps.mean((2, 3))), 1)


class MeanPool(nn.Module):
    """Mean over the map: [n, c, h, w] → [n, c]."""

    def forward(self, maps: Tensor) -> Tensor:
        return maps.mean((2, 3))


def make_head(kind: str, channels: int = 512) -> nn.Sequential:
    """``plain``: mean pool and one linear layer. ``concat``: fastai's head, linear layers without bias."""
    if kind == "plain":
        return nn.Sequential(MeanPool(), nn.Dropout(0.25), nn.Linear(channels, len(CLASSES)))
    if kind == "concat":
        head = nn.Sequential(
            ConcatPool(),
            nn.BatchNorm1d(2 * channels),
            nn.Dropout(0.25),
            nn.Linear(2 * channels, 512, bias=False),
            nn.ReLU(),
            nn.BatchNorm1d(512),
            nn.Dropout(0.5),
            nn.Linear(512, len(CLASSES), bias=False),
        )
        for layer in head:
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight)
        return head
    raise ValueError(f"head {kind!r} is unknown: use plain or concat")


class Network(nn.Module):
    """torchvision's ResNet-34 body and our head. Input normalised RGB [n, 3, h, w]; output logits [n, 2]."""

    def __init__(self, head: str = "plain") -> None:
        super().__init__()
        body = torchvision.models.resnet34(weights=None)
        self.stem = nn.Sequential(body.conv1, body.bn1, body.relu, body.maxpool)
        self.layer1, self.layer2, self.layer3, self.layer4 = body.layer1, body.layer2, body.layer3, body.layer4
        self.head = make_head(head)
        self.fresh: set[str] = {"head"}
        """Names of the parts that start from random weights; they learn with the head while the rest is frozen."""

    def features(self, images: Tensor) -> Tensor:
        return self.layer4(self.layer3(self.layer2(self.layer1(self.stem(images)))))

    def forward(self, images: Tensor) -> Tensor:
        return self.head(self.features(images))

    def groups(self) -> list[list[nn.Module]]:
        """fastai's three groups: {stem, layer1, layer2}, {layer3, layer4}, head; fresh parts join the head."""
        late = [part for name, part in (("layer3", self.layer3), ("layer4", self.layer4)) if name not in self.fresh]
        fresh = [getattr(self, name) for name in ("layer3", "layer4") if name in self.fresh]
        return [[self.stem, self.layer1, self.layer2], late, [*fresh, self.head]]


class SmallNetwork(nn.Module):
    """A small CNN from scratch, for comparison: four convolutions with BatchNorm and pooling, then mean pool and a
    linear layer; 219,482 weights. Input normalised RGB [n, 3, h, w]; output logits [n, 2]."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in ((3, 24), (24, 48), (48, 96), (96, 192)):
            layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
            layers += [nn.MaxPool2d(2)]
        self.body = nn.Sequential(*layers)
        self.head = make_head("plain", 192)
        self.fresh = {"body", "head"}

    def forward(self, images: Tensor) -> Tensor:
        return self.head(self.body(images))

    def groups(self) -> list[list[nn.Module]]:
        """One group: everything starts random and learns alike."""
        return [[], [], [self.body, self.head]]


STUDENT_WIDTHS = {"layer1": (32, 2), "layer2": (64, 2), "layer3": (96, 1)}
"""Channels and blocks of each layer of the student; the stem has 24 channels."""


class StudentNetwork(nn.Module):
    """A ResNet small enough to answer before a ResNet-34 has arrived: a 3×3 stem at full size, then three layers of
    ResNet-34's own blocks, each of which halves the map; mean pool and a linear layer. Made for 50-pixel cells:
    312,418 weights with BatchNorm folded in. Input normalised RGB [n, 3, h, w]; output logits [n, 2]."""

    def __init__(self) -> None:
        super().__init__()
        before = 24
        self.stem = nn.Sequential(nn.Conv2d(3, before, 3, padding=1, bias=False), nn.BatchNorm2d(before), nn.ReLU())
        for name, (width, blocks) in STUDENT_WIDTHS.items():
            short = nn.Sequential(nn.Conv2d(before, width, 1, 2, bias=False), nn.BatchNorm2d(width))
            first = torchvision.models.resnet.BasicBlock(before, width, 2, short)
            rest = [torchvision.models.resnet.BasicBlock(width, width) for _ in range(blocks - 1)]
            setattr(self, name, nn.Sequential(first, *rest))
            before = width
        self.head = make_head("plain", before)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, images: Tensor) -> Tensor:
        return self.head(self.layer3(self.layer2(self.layer1(self.stem(images)))))

    def groups(self) -> list[list[nn.Module]]:
        """One group: everything starts random and learns alike."""
        return [[], [], [self.stem, self.layer1, self.layer2, self.layer3, self.head]]


def _torchvision_resnet34() -> dict[str, Tensor] | None:
    """ImageNet weights if they are on disk or can be downloaded, else None."""
    try:
        return torchvision.models.resnet34(weights=torchvision.models.ResNet34_Weights.IMAGENET1K_V1).state_dict()
    except OSError:
        return None


def _names(network: Network) -> dict[str, nn.Module]:
    """Modules under torchvision's names."""
    names = {"conv1": network.stem[0], "bn1": network.stem[1]}
    for layer in ("layer1", "layer2", "layer3", "layer4"):
        names.update({f"{layer}.{name}": part for name, part in getattr(network, layer).named_modules() if name})
    return names


def _norm_of(conv: str) -> str:
    return conv.replace("downsample.0", "downsample.1") if "downsample" in conv else conv.replace("conv", "bn")


def start_from_parts(network: Network, directory: Path, sample: Tensor) -> None:
    """Start from ImageNet ResNet-18, BatchNorm folded, of which layer4's 3×3 convolutions are missing.

    Blocks 0 and 1 of layer1–3 take its weights; further blocks start as identities (last BatchNorm gamma 0); layer4's
    3×3 convolutions start random. Each folded BatchNorm is unfolded on ``sample`` (normalised cells [n, 3, h, w]), so
    that at the start BatchNorm(conv) equals the folded convolution.
    """
    modules = _names(network)
    biases: dict[nn.Module, Tensor] = {}
    with torch.no_grad():
        for name, module in modules.items():
            if isinstance(module, nn.Conv2d) and (directory / f"{name}.weight.npy").exists():
                module.weight.copy_(torch.from_numpy(np.load(directory / f"{name}.weight.npy")))
                biases[modules[_norm_of(name)]] = torch.from_numpy(np.load(directory / f"{name}.bias.npy"))
    for name, module in modules.items():
        if name.endswith("bn2") and not name.startswith("layer4") and module not in biases:
            nn.init.zeros_(module.weight)

    unfold_norms(network, biases, sample)
    network.fresh = {"layer4", "head"}


def unfold_norms(network: nn.Module, biases: dict[nn.Module, Tensor], sample: Tensor) -> None:
    """Give every BatchNorm the statistics of its input on ``sample``, and undo them in those that have a bias.

    With mean m and variance v of its input, running statistics m and v, gamma √(v + ε), beta m + bias.
    """

    def unfold(norm: nn.BatchNorm2d, inputs: tuple[Tensor, ...]) -> None:
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3), unbiased=False)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        if norm in biases:
            norm.weight.copy_((variance + norm.eps).sqrt())
            norm.bias.copy_(mean + biases[norm])

    hooks = [m.register_forward_pre_hook(unfold) for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    network.eval()
    with torch.no_grad():
        network(sample)
    for hook in hooks:
        hook.remove()


def make_network(head: str, init: str, sample: Tensor, parts: Path | None = None) -> tuple[Network, str]:
    """A network and the sentence that says what it started from.

    ``init``: ``auto`` (torchvision's ImageNet ResNet-34 where it can be had, else ``parts``), ``torchvision``,
    ``parts`` (the folded ImageNet ResNet-18 in the directory ``parts``, one ``.npy`` a tensor) or ``random``.
    Raises SystemExit with what to do where the wished start is not at hand.
    """
    network = Network(head)
    if init == "random":
        network.fresh = {"layer3", "layer4", "head"}
        return network, "random initialisation"
    state = _torchvision_resnet34() if init in ("auto", "torchvision") else None
    if state is not None:
        for name, module in _names(network).items():
            if isinstance(module, (nn.Conv2d, nn.BatchNorm2d)):
                own = {key: state[f"{name}.{key}"] for key in module.state_dict() if key != "num_batches_tracked"}
                module.load_state_dict(own, strict=False)  # older files lack that counter, which nothing reads
        return network, "ImageNet ResNet-34 (torchvision IMAGENET1K_V1)"
    if init == "torchvision" or parts is None:
        raise SystemExit(
            "torchvision's ImageNet ResNet-34 is neither on disk nor downloadable: give --parts DIRECTORY "
            "(the folded ImageNet ResNet-18, one .npy a tensor) or --init random"
        )
    if not (parts / "conv1.weight.npy").exists():
        raise SystemExit(f"--parts {parts}: there is no conv1.weight.npy; name the directory that holds the tensors")
    start_from_parts(network, parts, sample)
    return network, (
        "ResNet-34 initialised from ImageNet ResNet-18 (torchvision's weights): blocks 0 and 1 of layer1 to layer3 and "
        "layer4's downsampling take its weights, further blocks start as identities, layer4's 3×3 convolutions random"
    )


def has_bfloat16(device: str) -> bool:
    """Whether the device multiplies bfloat16 in hardware."""
    if device.startswith("cuda"):
        return torch.cuda.is_bf16_supported()
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
