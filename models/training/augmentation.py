"""fastai's ``aug_transforms`` on batches, from the formulas of its augmentation module, plus a stain jitter.

Pictures are float tensors [n, 3, height, width], RGB in 0…1. Every parameter of a draw is one tensor of length n, so
that each picture has its own draw (fastai's ``batch=False``). Matrices map output to input coordinates; x points
right, y down, and the centres of the border pixels lie at ±1 (``align_corners=True``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as functional
from torch import Tensor

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)

_DIHEDRAL_X = (1, -1, 1, -1, -1, 1, 1, -1)
_DIHEDRAL_Y = (1, 1, -1, 1, -1, -1, 1, -1)
_DIHEDRAL_STRAIGHT = (1, 1, 1, 0, 1, 0, 0, 0)


@dataclass(frozen=True)
class AugmentOptions:
    """Parameters of ``aug_transforms`` under fastai's names and defaults, and those of the stain jitter (off)."""

    mult: float = 1.0
    do_flip: bool = True
    flip_vert: bool = False
    max_rotate: float = 10.0
    min_zoom: float = 1.0
    max_zoom: float = 1.1
    max_lighting: float = 0.2
    max_warp: float = 0.2
    p_affine: float = 0.75
    p_lighting: float = 0.75
    pad_mode: str = "reflection"
    p_stain: float = 0.0
    max_hue: float = 0.0
    max_saturation: float = 0.0
    max_gain: float = 0.0


@dataclass
class Draws:
    """What was drawn for n pictures: float tensors [n] (``gain`` [n, 3]); neutral values leave a picture as is."""

    dihedral: Tensor
    degrees: Tensor
    zoom: Tensor
    zoom_x: Tensor
    zoom_y: Tensor
    warp_x: Tensor
    warp_y: Tensor
    brightness: Tensor
    contrast: Tensor
    hue: Tensor = field(default_factory=lambda: torch.zeros(0))
    saturation: Tensor = field(default_factory=lambda: torch.zeros(0))
    gain: Tensor = field(default_factory=lambda: torch.zeros(0))

    @staticmethod
    def neutral(count: int) -> Draws:
        """Draws that change nothing, for ``count`` pictures."""
        zeros, ones = torch.zeros(count), torch.ones(count)
        return Draws(
            dihedral=zeros.clone(),
            degrees=zeros.clone(),
            zoom=ones.clone(),
            zoom_x=ones * 0.5,
            zoom_y=ones * 0.5,
            warp_x=zeros.clone(),
            warp_y=zeros.clone(),
            brightness=ones * 0.5,
            contrast=ones.clone(),
            hue=zeros.clone(),
            saturation=ones.clone(),
            gain=torch.ones(count, 3),
        )


def draw(count: int, options: AugmentOptions, generator: torch.Generator) -> Draws:
    """Draw parameters for ``count`` pictures with fastai's laws: every parameter has its own Bernoulli gate."""

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(*(shape or (count,)), generator=generator) * (high - low) + low

    def gated(values: Tensor, neutral: float, probability: float) -> Tensor:
        on = torch.rand(count, generator=generator) < probability
        return torch.where(on if values.dim() == 1 else on[:, None], values, torch.full_like(values, neutral))

    rotate, lighting, warp = (
        options.max_rotate * options.mult,
        options.max_lighting * options.mult,
        options.max_warp * options.mult,
    )
    drawn = Draws.neutral(count)
    if options.do_flip:
        poses = torch.randint(0, 8, (count,), generator=generator) if options.flip_vert else torch.ones(count)
        drawn.dihedral = gated(poses.float(), 0.0, 0.5)
    drawn.degrees = gated(uniform(-rotate, rotate), 0.0, options.p_affine)
    drawn.zoom = gated(uniform(options.min_zoom, options.max_zoom), 1.0, options.p_affine)
    drawn.zoom_x, drawn.zoom_y = uniform(0, 1), uniform(0, 1)
    drawn.warp_x = gated(uniform(-warp, warp), 0.0, options.p_affine)
    drawn.warp_y = gated(uniform(-warp, warp), 0.0, options.p_affine)
    drawn.brightness = gated(uniform(0.5 * (1 - lighting), 0.5 * (1 + lighting)), 0.5, options.p_lighting)
    span = -math.log(1 - lighting) if lighting else 0.0
    drawn.contrast = gated(uniform(-span, span).exp(), 1.0, options.p_lighting)
    if options.p_stain:
        drawn.hue = gated(uniform(-options.max_hue, options.max_hue), 0.0, options.p_stain)
        drawn.saturation = gated(uniform(-options.max_saturation, options.max_saturation).exp(), 1.0, options.p_stain)
        drawn.gain = gated(uniform(-options.max_gain, options.max_gain, count, 3).exp(), 1.0, options.p_stain)
    return drawn


def affine_matrices(draws: Draws, height: int, width: int) -> Tensor:
    """Matrices [n, 3, 3] flip · rotate · zoom, with the aspect of the input (height, width) put right."""
    pose = draws.dihedral.long()
    x, y, straight = (
        torch.tensor(t, dtype=torch.float32)[pose] for t in (_DIHEDRAL_X, _DIHEDRAL_Y, _DIHEDRAL_STRAIGHT)
    )
    zero, one = torch.zeros_like(x), torch.ones_like(x)

    def stack(*values: Tensor) -> Tensor:
        return torch.stack(values, -1).view(-1, 3, 3)

    flip = stack(x * straight, x * (1 - straight), zero, y * (1 - straight), y * straight, zero, zero, zero, one)
    angle = draws.degrees * (math.pi / 180)
    rotate = stack(angle.cos(), angle.sin(), zero, -angle.sin(), angle.cos(), zero, zero, zero, one)
    scale = 1 / draws.zoom
    zoom = stack(
        scale,
        zero,
        (1 - scale) * (2 * draws.zoom_x - 1),
        zero,
        scale,
        (1 - scale) * (2 * draws.zoom_y - 1),
        zero,
        zero,
        one,
    )
    matrix = flip @ rotate @ zoom
    matrix[:, 0, 1] *= height / width
    matrix[:, 1, 0] *= width / height
    return matrix


def warp_homographies(warp_x: Tensor, warp_y: Tensor) -> Tensor:
    """Homographies [n, 3, 3] of fastai's ``Warp``, in closed form (S = 1 − x² − y²)."""
    p, q = warp_x, warp_y
    rest = 1 - p * p - q * q
    b = 2 * p * q / rest
    c = -p * (1 - p * p + q * q) / rest
    f = -q * (1 + p * p - q * q) / rest
    one = torch.ones_like(p)
    return torch.stack((one, b, c, b, one, f, c, f, one), -1).view(-1, 3, 3)


def sampling_grid(draws: Draws, height: int, width: int, size: tuple[int, int]) -> Tensor:
    """Where each output pixel is read: [n, size[0], size[1], 2], the affine part first, then the warp."""
    matrix = affine_matrices(draws, height, width)
    grid = functional.affine_grid(matrix[:, :2], [len(matrix), 3, *size], align_corners=True)
    if not (draws.warp_x.any() or draws.warp_y.any()):
        return grid
    homography = warp_homographies(draws.warp_x, draws.warp_y)
    points = grid.view(len(grid), -1, 2) @ homography[:, :, :2].transpose(1, 2) + homography[:, None, :, 2]
    return (points[..., :2] / points[..., 2:]).view_as(grid)


def resample(images: Tensor, grid: Tensor, pad_mode: str = "reflection") -> Tensor:
    """Sample ``images`` at ``grid`` as fastai does: shrink by area first where one pixel would skip over several."""
    ratio = min(images.shape[-2] / grid.shape[1], images.shape[-1] / grid.shape[2]) / 2
    if ratio > 1 and ratio > 2 / float(grid.max() - grid.min()):
        images = functional.interpolate(images, scale_factor=1 / ratio, mode="area", recompute_scale_factor=True)
    return functional.grid_sample(images, grid, mode="bilinear", padding_mode=pad_mode, align_corners=True)


def light(images: Tensor, brightness: Tensor, contrast: Tensor) -> Tensor:
    """Brightness, then contrast, in logit space: sigmoid((logit(x) + logit(b)) · c). Values in 0…1."""
    clamped = images.clamp(1e-7, 1 - 1e-7)
    shift = torch.log(brightness / (1 - brightness))[:, None, None, None]
    return torch.sigmoid((torch.log(clamped / (1 - clamped)) + shift) * contrast[:, None, None, None])


_TO_YIQ = torch.tensor(((0.299, 0.587, 0.114), (0.596, -0.274, -0.322), (0.211, -0.523, 0.312)))
_FROM_YIQ = torch.linalg.inv(_TO_YIQ)


def stain(images: Tensor, hue: Tensor, saturation: Tensor, gain: Tensor) -> Tensor:
    """Turn the chroma plane of YIQ by ``hue`` (radians), scale it by ``saturation``, scale channels by ``gain``.

    Stands for another laboratory's stain and camera; black stays black. Result clamped to 0…1.
    """
    cos, sin = hue.cos() * saturation, hue.sin() * saturation
    zero, one = torch.zeros_like(hue), torch.ones_like(hue)
    turn = torch.stack((one, zero, zero, zero, cos, -sin, zero, sin, cos), -1).view(-1, 3, 3)
    matrix = gain[:, :, None] * (_FROM_YIQ @ turn @ _TO_YIQ)
    flat = images.flatten(2)
    return (matrix @ flat).view_as(images).clamp_(0, 1)


def augment_batch(images: Tensor, draws: Draws, size: int, pad_mode: str = "reflection") -> Tensor:
    """Apply ``draws`` and bring ``images`` to ``size`` × ``size`` with one interpolation; values stay in 0…1."""
    out = resample(images, sampling_grid(draws, images.shape[-2], images.shape[-1], (size, size)), pad_mode)
    if (draws.brightness != 0.5).any() or (draws.contrast != 1).any():
        out = light(out, draws.brightness, draws.contrast)
    if draws.hue.numel() and ((draws.hue != 0).any() or (draws.saturation != 1).any() or (draws.gain != 1).any()):
        out = stain(out, draws.hue, draws.saturation, draws.gain)
    return out


def enlarge(images: Tensor, size: int) -> Tensor:
    """The validation path: the neutral draw, i.e. bilinear resizing with aligned corners."""
    if images.shape[-1] > 2 * size or images.shape[-2] > 2 * size:
        return augment_batch(images, Draws.neutral(len(images)), size)
    return functional.interpolate(images, size=(size, size), mode="bilinear", align_corners=True)


def normalise(images: Tensor) -> Tensor:
    """(x − mean) / standard deviation with ImageNet's figures."""
    mean = torch.tensor(IMAGENET_MEAN, device=images.device)[:, None, None]
    std = torch.tensor(IMAGENET_STD, device=images.device)[:, None, None]
    return (images - mean) / std
