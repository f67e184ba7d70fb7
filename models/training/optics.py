"""What another laboratory's stain, lamp, focus and camera do to a cell on black.

Stain is physics: what a dye takes from the light adds up in optical density, −ln of the share of light (Beer and
Lambert). A density is parted into two dyes and a rest by Ruifrok and Johnston's mixing matrix (2001), each dye is made
weaker or stronger, and they are mixed again in slightly other colours; each channel's density is scaled besides, as
other filters and sensors do. Then white balance, a lamp that shines unevenly, focus, a cell of another size in pixels,
the camera's noise, JPEG, and loss of colour; last, an outline drawn by another hand.

Pictures are float tensors [n, 3, h, w], RGB in 0…1, black outside the cell, and stay so; each has its own draw.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image
from torch import Tensor

DYES = torch.tensor(((0.65, 0.70, 0.29), (0.07, 0.99, 0.11), (0.27, 0.57, 0.78)))
"""Densities in red, green and blue of haematoxylin, eosin and DAB (Ruifrok and Johnston 2001), a row a dye. Giemsa's
azure and eosin lie near the first two; the third takes what neither explains."""
FRAME_BELOW = 24 / 255
"""A pixel whose brightest channel is darker than this belongs to the black frame, as in the manifest."""
LUMA = torch.tensor((0.299, 0.587, 0.114))


@dataclass(frozen=True)
class OpticsOptions:
    """How often (``p_…``, share of pictures) and how far each change goes; zero shares change nothing."""

    p_stain: float = 0.8
    max_dye: float = 0.4
    """Natural logarithm of a dye's amount."""
    max_channel: float = 0.2
    """Natural logarithm of a channel's density."""
    mixing: float = 0.05
    """Standard deviation of the entries of the mixing matrix."""
    max_shift: float = 0.06
    """Density added to each dye over the whole cell."""
    p_white: float = 0.5
    max_white: float = 0.25
    """Natural logarithm of a channel's gain."""
    p_lamp: float = 0.3
    max_lamp: float = 0.25
    """Light at the rim over light in the middle, less one."""
    p_focus: float = 0.3
    max_focus: float = 1.4
    """Standard deviation of the blur in pixels of 50."""
    p_size: float = 0.3
    smallest: int = 24
    """Side in pixels that the cell is brought to before it is brought back."""
    p_noise: float = 0.3
    max_noise: float = 0.05
    p_jpeg: float = 0.2
    worst_jpeg: int = 30
    p_grey: float = 0.06
    p_outline: float = 0.3
    max_outline: float = 0.35
    """How far the outline goes in or out: 0.5 would be half of nine pixels."""


TRAVELLING = OpticsOptions()
"""The recipe for cells of any laboratory."""


def part_dyes(density: Tensor, mixing: Tensor = DYES) -> Tensor:
    """Amounts of the dyes [n, 3, …] in densities [n, 3, …], by the inverse of ``mixing`` with rows of length one."""
    matrix = torch.linalg.inv(functional.normalize(mixing, dim=-1))
    return torch.einsum("ncp,cd->ndp", density.flatten(2), matrix).view_as(density)


def mix_dyes(amounts: Tensor, mixing: Tensor) -> Tensor:
    """Densities [n, 3, …] of amounts [n, 3, …] by mixing matrices [n, 3, 3], a row a dye, each of length one."""
    return torch.einsum("ndp,ndc->ncp", amounts.flatten(2), functional.normalize(mixing, dim=-1)).view_as(amounts)


def restain(images: Tensor, dye: Tensor, shift: Tensor, mixing: Tensor, channel: Tensor) -> Tensor:
    """Pictures whose dyes are scaled by ``dye`` [n, 3], added ``shift`` [n, 3], mixed by ``mixing`` [n, 3, 3] and whose
    channels' densities are scaled by ``channel`` [n, 3]; clamped to 0…1. One, zero, ``DYES`` and one change nothing."""
    amounts = part_dyes(-images.clamp(1 / 255, 1).log())
    density = mix_dyes(amounts * dye[:, :, None, None] + shift[:, :, None, None], mixing)
    return (-density * channel[:, :, None, None]).exp().clamp(0, 1)


def shade(images: Tensor, slope: Tensor) -> Tensor:
    """Light that grows from one side to the other: times 1 + slope [n, 2] (down, across) · place in −1…1."""
    down, across = (torch.linspace(-1, 1, side) for side in images.shape[2:])
    plane = slope[:, :1, None] * down[None, :, None] + slope[:, 1:, None] * across[None, None, :]
    return (images * (1 + plane)[:, None]).clamp(0, 1)


def defocus(images: Tensor, deviation: Tensor) -> Tensor:
    """Blurred by Gaussians of ``deviation`` [n] pixels, cut off at three; the black frame takes no light from the cell.

    The blur is weighed by the cell's outline, so that its rim does not darken.
    """
    reach = torch.arange(-4, 5).float()
    kernel = (-0.5 * (reach / deviation.clamp_min(1e-3)[:, None]) ** 2).exp()
    kernel = kernel / kernel.sum(1, keepdim=True)
    count, _, height, width = images.shape
    inside = (images.amax(1, keepdim=True) >= FRAME_BELOW).float()
    stacked = torch.cat((images * inside, inside), 1).reshape(1, count * 4, height, width)
    for shape in ((9, 1), (1, 9)):
        weights = kernel.repeat_interleave(4, 0).view(count * 4, 1, *shape)
        stacked = functional.conv2d(stacked, weights, padding=(shape[0] // 2, shape[1] // 2), groups=count * 4)
    blurred = stacked.view(count, 4, height, width)
    return torch.where(inside > 0, blurred[:, :3] / blurred[:, 3:].clamp_min(1e-3), images)


def balance(images: Tensor, gain: Tensor) -> Tensor:
    """Each channel times its ``gain`` [n, 3], as a lamp or a white balance of another colour does."""
    return (images * gain[:, :, None, None]).clamp(0, 1)


def add_noise(images: Tensor, noise: Tensor, deviation: Tensor) -> Tensor:
    """Standard normal ``noise`` [n, 3, h, w] of a ``deviation`` [n] added."""
    return (images + noise * deviation[:, None, None, None]).clamp(0, 1)


def one_by_one(function: Callable[[Tensor, int], Tensor]) -> Callable[[Tensor, Tensor], Tensor]:
    """A function of one picture and a whole number, for many."""
    return lambda images, numbers: torch.stack([function(*pair) for pair in zip(images, numbers.tolist())])


def resize_and_back(image: Tensor, side: int) -> Tensor:
    """One picture [3, h, w] as it would be had its cell had ``side`` pixels: shrunk by area, enlarged again.

    Weighed by the cell's outline, so that its rim does not darken.
    """
    inside = (image.amax(0, keepdim=True) >= FRAME_BELOW).float()
    small = functional.interpolate(torch.cat((image * inside, inside))[None], size=(side, side), mode="area")
    large = functional.interpolate(small, size=image.shape[1:], mode="bilinear", align_corners=False)[0]
    return torch.where(inside > 0, large[:3] / large[3:].clamp_min(1e-3), image).clamp(0, 1)


def compress(image: Tensor, quality: int) -> Tensor:
    """One picture [3, h, w] saved as JPEG of a quality and read again."""
    file = io.BytesIO()
    Image.fromarray((image * 255).round().byte().permute(1, 2, 0).numpy()).save(file, "JPEG", quality=quality)
    with Image.open(file) as read:
        return torch.from_numpy(np.array(read.convert("RGB"))).permute(2, 0, 1).float() / 255


def greyed(images: Tensor) -> Tensor:
    """Without colour: each channel is the luma."""
    return (images * LUMA[:, None, None]).sum(1, keepdim=True).expand_as(images)


def redraw_outline(images: Tensor, reach: Tensor, unevenness: Tensor, ground: Tensor) -> Tensor:
    """Cells with their outline moved: inwards, so that a rim is lost, or outwards, so that ground shows.

    ``reach`` [n] in −0.5…0.5 and ``unevenness`` [n, 1, 4, 4] (added, smoothly from place to place) are levels of the
    outline blurred over nine pixels: above zero cuts off, below zero adds. ``ground`` [n, 3] is the colour that shows.
    """
    inside = (images.amax(1, keepdim=True) >= FRAME_BELOW).float()
    level = functional.avg_pool2d(functional.pad(inside, (4, 4, 4, 4)), 9, 1)
    uneven = functional.interpolate(unevenness, size=images.shape[2:], mode="bilinear", align_corners=True)
    kept = level > (0.5 + reach[:, None, None, None] + uneven).clamp(0.02, 0.98)
    within = functional.avg_pool2d(functional.pad(inside, (1, 1, 1, 1)), 3, 1) > 0.99
    kept = kept | (within & (level > 0.98))  # the cell's middle stays
    shown = torch.where(inside > 0, images, ground[:, :, None, None].expand_as(images))
    return torch.where(kept, shown, torch.zeros_like(shown))


def travel(images: Tensor, options: OpticsOptions, generator: torch.Generator) -> Tensor:
    """Pictures as other laboratories might have taken them, each by its own draw from ``generator``."""
    count, side = len(images), images.shape[-1]
    inside = images.amax(1, keepdim=True) >= FRAME_BELOW
    out = images.clone()

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=generator) * (high - low) + low

    def normal(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=generator)

    def change(share: float, function: Callable[..., Tensor], *drawn: Tensor) -> None:
        """Changes a share of the pictures in place; all is drawn for all, so that one option moves no other's draws."""
        chosen = torch.rand(count, generator=generator) < share
        if chosen.any():
            out[chosen] = function(out[chosen], *(values[chosen] for values in drawn))

    change(
        options.p_stain,
        restain,
        uniform(-options.max_dye, options.max_dye, 3).exp(),
        uniform(-options.max_shift, options.max_shift, 3),
        DYES + normal(3, 3) * options.mixing,
        uniform(-options.max_channel, options.max_channel, 3).exp(),
    )
    change(options.p_white, balance, uniform(-options.max_white, options.max_white, 3).exp())
    angle, lamp = uniform(0, 2 * math.pi), uniform(0, options.max_lamp)
    change(options.p_lamp, shade, torch.stack((angle.sin() * lamp, angle.cos() * lamp), 1))
    darkened = inside & (out.amax(1, keepdim=True) < FRAME_BELOW)
    out = torch.where(darkened, torch.full_like(out, FRAME_BELOW), torch.where(inside, out, torch.zeros_like(out)))
    change(options.p_focus, defocus, uniform(0.2, options.max_focus))
    change(options.p_size, one_by_one(resize_and_back), uniform(options.smallest, side).round().int())
    change(options.p_noise, add_noise, normal(3, *images.shape[2:]), uniform(0, options.max_noise))
    change(options.p_jpeg, one_by_one(compress), uniform(options.worst_jpeg, 95).round().int())
    change(options.p_grey, greyed)
    out = torch.where(inside, out, torch.zeros_like(out))
    ground = (uniform(0.65, 0.95, 1) + uniform(-0.1, 0.1, 3)).clamp(0, 1)
    reach = uniform(-options.max_outline, options.max_outline)
    change(options.p_outline, redraw_outline, reach, normal(1, 4, 4) * 0.12, ground)
    return out
