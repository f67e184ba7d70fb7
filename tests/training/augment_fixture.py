"""Write the golden files that the augmentation of the site is checked against.

    python3 tests/training/augment_fixture.py

makes ``tests/fixtures/augment/torch-cases.json`` (200 random draws through PyTorch's own ``affine_grid``,
``interpolate`` and ``grid_sample``, the kernels that fastai calls, the warp by solving fastai's eight equations) and
``pillow-cases.json`` (fastai's ``Resize`` and torchvision's rotation with Pillow). Arrays are base64: pictures are
bytes [height, width, 3], results float32 little-endian or bytes in the same order. Needs PyTorch, NumPy and Pillow.
"""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "augment"


def text(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def picture(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Smooth noise with a black corner, as a cell has."""
    noise = random.integers(0, 256, (height, width, 3))
    noise[: height // 3, : width // 3] = 0
    return noise.astype(np.uint8)


def affine(draw: dict, height: int, width: int) -> np.ndarray:
    flip = np.diag([-1.0 if draw.get("flip") else 1.0, 1.0, 1.0])
    angle = math.radians(draw.get("degrees", 0.0))
    cos, sin = math.cos(angle), math.sin(angle)
    rotate = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
    scale = 1 / draw.get("zoom", 1.0)
    x, y = draw.get("zoomCenter", (0.5, 0.5))
    zoom = np.array([[scale, 0, (1 - scale) * (2 * x - 1)], [0, scale, (1 - scale) * (2 * y - 1)], [0, 0, 1]])
    pose = draw.get("dihedral", 0)
    along = (1, -1, 1, -1, -1, 1, 1, -1)[pose]
    down = (1, 1, -1, 1, -1, -1, 1, -1)[pose]
    turn = (
        np.array([[along, 0, 0], [0, down, 0], [0, 0, 1]])
        if pose in (0, 1, 2, 4)
        else np.array([[0, along, 0], [down, 0, 0], [0, 0, 1]])
    )
    matrix = flip @ turn @ rotate @ zoom
    matrix[0, 1] *= height / width
    matrix[1, 0] *= width / height
    return matrix


def homography(x: float, y: float) -> np.ndarray:
    """Solve for the map that sends the trapezium of the warp to the square."""
    square = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    slanted = [(-1 - y, -1 - x), (-1 + y, 1 + x), (1 + y, -1 + x), (1 - y, 1 - x)]
    rows, values = [], []
    for (u, v), (s, t) in zip(square, slanted):
        rows += [[s, t, 1, 0, 0, 0, -u * s, -u * t], [0, 0, 0, s, t, 1, -v * s, -v * t]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows, float), np.array(values, float)), 1).reshape(3, 3)


def augment(
    image: np.ndarray, draw: dict, size: int | None, pad_mode: str, align: bool, mode: str
) -> tuple[np.ndarray, bool]:
    batch = torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255
    height, width = image.shape[:2]
    matrix = torch.from_numpy(affine(draw, height, width)[:2]).float()[None]
    grid = functional.affine_grid(matrix, [1, 3, size or height, size or width], align_corners=align)
    if draw.get("warpX", 0) or draw.get("warpY", 0):
        warp = torch.from_numpy(homography(draw.get("warpX", 0.0), draw.get("warpY", 0.0))).float()
        points = grid.view(-1, 2) @ warp[:, :2].T + warp[:, 2]
        grid = (points[:, :2] / points[:, 2:]).view_as(grid)
    z = 2 / (grid.max() - grid.min()).item()
    d = min(height / grid.shape[1], width / grid.shape[2]) / 2
    area = mode == "bilinear" and d > 1 and d > z
    if area:
        batch = functional.interpolate(batch, scale_factor=1 / d, mode="area", recompute_scale_factor=True)
    out = functional.grid_sample(batch, grid, mode=mode, padding_mode=pad_mode, align_corners=align)
    if "brightness" in draw or "contrast" in draw:
        brightness, contrast = torch.tensor(draw.get("brightness", 0.5)), draw.get("contrast", 1.0)
        clamped = out.clamp(1e-7, 1 - 1e-7)
        logit = torch.log(clamped / (1 - clamped)) + torch.log(brightness / (1 - brightness))
        out = torch.sigmoid(logit * contrast)
    return out[0].permute(1, 2, 0).numpy(), area


def torch_cases(random: np.random.Generator, count: int = 200) -> list[dict]:
    cases = []
    while len(cases) < count:
        kind = len(cases)
        height, width = (int(v) for v in random.integers(2, 15, 2))
        size: int | None = int(random.integers(2, 9))
        if kind % 4 == 0:  # shrunk to less than half, so that the area step fires
            size = int(random.integers(3, 6))
            height, width = (int(v) for v in random.integers(2 * size + 1, 18, 2))
        elif kind % 9 == 0:
            size = None
        mode = "bicubic" if kind % 20 == 3 else "nearest" if kind % 20 == 13 else "bilinear"
        pad_mode = ("reflection", "reflection", "zeros", "border")[kind // 2 % 4]
        draw: dict = {}
        if random.random() < 0.5:
            draw["flip"] = True
        if random.random() < 0.3:
            draw["dihedral"] = int(random.integers(0, 8))
        if random.random() < 0.75:
            draw["degrees"] = float(random.uniform(-180, 180) if kind % 5 == 0 else random.uniform(-10, 10))
        if random.random() < 0.75:
            draw["zoom"] = float(random.uniform(0.7, 1.6))
            draw["zoomCenter"] = [float(v) for v in random.random(2)]
        if random.random() < 0.75:
            draw["warpX"] = float(random.uniform(-0.3, 0.3))
        if random.random() < 0.75:
            draw["warpY"] = float(random.uniform(-0.3, 0.3))
        if mode != "bicubic" and random.random() < 0.6:
            draw["brightness"] = float(random.uniform(0.4, 0.6))
        if mode != "bicubic" and random.random() < 0.6:
            draw["contrast"] = float(random.uniform(0.8, 1.25))
        image = picture(random, height, width)
        options = {"padMode": pad_mode, "mode": mode, "alignCorners": kind % 7 != 6}
        result, area = augment(image, draw, size, pad_mode, options["alignCorners"], mode)
        if size:
            options["size"] = size
        cases.append(
            {
                "width": width,
                "height": height,
                "image": text(image),
                "draw": draw,
                "options": options,
                "area": area,
                "result": text(result.astype("<f4")),
            }
        )
    return cases


def resize_item(image: np.ndarray, size: int, method: str, pad_mode: str, place: tuple[float, float]) -> np.ndarray:
    """fastai's ``Resize`` in NumPy and Pillow."""
    height, width = image.shape[:2]
    if method != "squish":
        scale = (max if method == "pad" else min)(width / size, height / size)
        side = int(scale * size)
        left, top = int(place[0] * (width - side)), int(place[1] * (height - side))
        image = image[max(top, 0) : max(top, 0) + side, max(left, 0) : max(left, 0) + side]
        before = (max(-left, 0), max(-top, 0))
        after = (max(side - width - before[0], 0), max(side - height - before[1], 0))
        mode = {"reflection": "reflect", "zeros": "constant", "border": "edge"}[pad_mode]
        image = np.pad(image, ((before[1], after[1]), (before[0], after[0]), (0, 0)), mode=mode)
    return np.asarray(Image.fromarray(image).resize((size, size), Image.Resampling.BILINEAR))


def pillow_cases(random: np.random.Generator) -> dict:
    resized = []
    for kind in range(36):
        height, width = (int(v) for v in random.integers(3, 24, 2))
        size = int(random.integers(2, 30))
        method = ("crop", "squish", "pad")[kind % 3]
        pad_mode = ("reflection", "zeros", "border")[kind // 3 % 3]
        place = (0.5, 0.5) if kind % 2 else tuple(float(v) for v in random.random(2))
        image = picture(random, height, width)
        options = {"size": size, "method": method, "padMode": pad_mode, "place": place}
        result = resize_item(image, size, method, pad_mode, place)
        resized.append(
            {"width": width, "height": height, "image": text(image), "options": options, "result": text(result)}
        )
    rotated = []
    for kind in range(24):
        height, width = (int(v) for v in random.integers(3, 24, 2))
        image = picture(random, height, width)
        degrees, flip_x, flip_y = (
            float(random.uniform(-10, 10) if kind < 16 else random.uniform(-180, 180)),
            kind % 2 == 1,
            kind % 3 == 1,
        )
        result = np.asarray(Image.fromarray(image).rotate(degrees, Image.Resampling.NEAREST, fillcolor=(0, 0, 0)))
        result = result[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
        draw = {"degrees": degrees, "flipX": flip_x, "flipY": flip_y}
        rotated.append({"width": width, "height": height, "image": text(image), "draw": draw, "result": text(result)})
    checksums = []
    for height, width in ((131, 148), (300, 257), (40, 46)):  # torchvision Resize(256) and CenterCrop(224)
        y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
        image = ((x * x + 7 * y + 31 * c) % 256).astype(np.uint8)
        short = min(height, width)
        large = Image.fromarray(image).resize(
            (int(256 * width / short), int(256 * height / short)), Image.Resampling.BILINEAR
        )
        left, top = int(round((large.width - 224) / 2)), int(round((large.height - 224) / 2))
        result = np.asarray(large.crop((left, top, left + 224, top + 224)))
        checksums.append(
            {
                "width": width,
                "height": height,
                "sum": int(result.astype(np.int64).sum()),
                "row100": text(result[100]),
                "column31": text(result[:, 31]),
            }
        )
    return {"resized": resized, "rotated": rotated, "notebook": checksums}


def main() -> None:
    random = np.random.default_rng(224)
    versions = {"torch": torch.__version__, "numpy": np.__version__, "pillow": Image.__version__}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, cases in (("torch-cases", torch_cases(random)), ("pillow-cases", pillow_cases(random))):
        (FOLDER / f"{name}.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
