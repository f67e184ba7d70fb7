"""The PyTorch augmentation against the golden files that the site's TypeScript is checked against."""

from __future__ import annotations

import base64
import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models"))

from training import augmentation  # noqa: E402

FIXTURES = ROOT / "tests" / "fixtures" / "augment"
REFERENCE = json.loads((FIXTURES / "fastai-reference.json").read_text())
CASES = json.loads((FIXTURES / "torch-cases.json").read_text())["cases"]
TOLERANCE = 1e-5


def small(height: int, width: int) -> torch.Tensor:
    c, y, x = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing="ij")
    return torch.tensor((((3 * x + 5 * y + 7 * c) % 16) + 0.5) / 16, dtype=torch.float32)[None]


def large() -> torch.Tensor:
    c, y, x = np.meshgrid(np.arange(3), np.arange(460), np.arange(460), indexing="ij")
    wave = 0.5 + 0.45 * np.sin(2 * np.pi * (x / 37 + c / 3)) * np.cos(2 * np.pi * y / 53)
    return torch.tensor(wave, dtype=torch.float32)[None]


def draws(draw: dict, count: int = 1) -> augmentation.Draws:
    """The site's form of a draw as tensors of length ``count``."""
    result = augmentation.Draws.neutral(count)
    result.dihedral[:] = draw.get("dihedral", 1 if draw.get("flip") else 0)
    result.degrees[:] = draw.get("degrees", 0.0)
    result.zoom[:] = draw.get("zoom", 1.0)
    result.zoom_x[:], result.zoom_y[:] = draw.get("zoomCenter", (0.5, 0.5))
    result.warp_x[:] = draw.get("warpX", 0.0)
    result.warp_y[:] = draw.get("warpY", 0.0)
    result.brightness[:] = draw.get("brightness", 0.5)
    result.contrast[:] = draw.get("contrast", 1.0)
    return result


SMALL = {
    "identity_8_to_5": {},
    "flip_8": {"flip": True},
    "rotate+10_8": {"degrees": 10},
    "zoom1.1_c.25_.75_8": {"zoom": 1.1, "zoomCenter": (0.25, 0.75)},
    "warp_p.2_q-.1_8": {"warpX": 0.2, "warpY": -0.1},
    "all_8": {"flip": True, "degrees": 10, "zoom": 1.1, "zoomCenter": (0.25, 0.75), "warpX": 0.2, "warpY": -0.1},
    "rotate+10_6x9(nonsquare)": {"degrees": 10},
    "all_6x9_to_5x5": {
        "flip": True,
        "degrees": -7.5,
        "zoom": 1.05,
        "zoomCenter": (0.9, 0.1),
        "warpX": -0.15,
        "warpY": 0.05,
    },
}


@pytest.mark.parametrize("name", REFERENCE["small"])
def test_small_cases(name: str) -> None:
    expected = REFERENCE["small"][name]
    image = small(*expected["in"][1:])
    drawn = draws(SMALL[name])
    size = (len(expected["channel0"]), len(expected["channel0"][0]))
    grid = augmentation.sampling_grid(drawn, *image.shape[-2:], size)
    result = augmentation.resample(image, grid)[0, 0].numpy()
    np.testing.assert_allclose(result, expected["channel0"], atol=TOLERANCE, rtol=0)
    matrix = augmentation.affine_matrices(drawn, *image.shape[-2:])[0, :2].numpy()
    np.testing.assert_allclose(matrix, expected["mat_used"], atol=2e-6)
    if expected["H"]:
        np.testing.assert_allclose(
            augmentation.warp_homographies(drawn.warp_x, drawn.warp_y)[0], expected["H"], atol=2e-6
        )


@pytest.mark.parametrize("pose", range(8))
def test_poses(pose: int) -> None:
    nine = torch.arange(9.0).view(1, 1, 3, 3).expand(1, 3, 3, 3) / 10
    expected = REFERENCE["dihedral_effect_on_[[0,1,2],[3,4,5],[6,7,8]]/10"][str(pose)]
    result = augmentation.augment_batch(nine, draws({"dihedral": pose}), 3)
    np.testing.assert_allclose(result[0, 0], expected, atol=TOLERANCE)


@pytest.mark.parametrize("lit", [False, True])
def test_presizing(lit: bool) -> None:
    draw = {"flip": True, "degrees": 7.5, "zoom": 1.07, "zoomCenter": (0.3, 0.8), "warpX": 0.12, "warpY": -0.08}
    name = "train_min_scale_1: draws flip=1 rot=7.5 zoom=1.07(.3,.8) warp=(.12,-.08), size=224"
    if lit:
        draw, name = {**draw, "brightness": 0.58, "contrast": 1.15}, "  + brightness .58, contrast 1.15"
    result = augmentation.augment_batch(large(), draws(draw), 224)
    for at, expected in REFERENCE["presizing"][name]["px"].items():
        row, column = map(int, at.split(","))
        np.testing.assert_allclose(result[0, :, row, column], expected, atol=TOLERANCE, rtol=0)
    if lit:
        normalised = augmentation.normalise(result)
        for at, expected in REFERENCE["presizing"]["  + ImageNet normalise"]["px"].items():
            row, column = map(int, at.split(","))
            np.testing.assert_allclose(normalised[0, :, row, column], expected, atol=5e-5, rtol=0)


def test_validation_path() -> None:
    result = augmentation.enlarge(large(), 224)
    for at, expected in REFERENCE["presizing"]["valid_path_460_to_224"]["px"].items():
        row, column = map(int, at.split(","))
        np.testing.assert_allclose(result[0, :, row, column], expected, atol=TOLERANCE, rtol=0)


def test_lighting() -> None:
    for name, expected in REFERENCE["lighting"].items():
        x, brightness, contrast = (float(part.split("=")[1]) for part in name.split())
        image = torch.full((1, 3, 1, 1), x)
        result = augmentation.light(image, torch.tensor([brightness]), torch.tensor([contrast]))
        assert abs(float(result[0, 0, 0, 0]) - expected) < TOLERANCE


SUPPORTED = [
    case
    for case in CASES
    if case["options"]["mode"] == "bilinear"
    and case["options"]["alignCorners"]
    and "size" in case["options"]
    and not ("flip" in case["draw"] and "dihedral" in case["draw"])
]


def test_there_are_cases() -> None:
    assert len(SUPPORTED) > 80


@pytest.mark.parametrize("case", SUPPORTED, ids=range(len(SUPPORTED)))
def test_random_cases(case: dict) -> None:
    height, width, options = case["height"], case["width"], case["options"]
    image = np.frombuffer(base64.b64decode(case["image"]), np.uint8).reshape(height, width, 3).copy()
    batch = torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255
    expected = np.frombuffer(base64.b64decode(case["result"]), "<f4").reshape(options["size"], options["size"], 3)
    result = augmentation.augment_batch(batch, draws(case["draw"]), options["size"], options["padMode"])
    np.testing.assert_allclose(result[0].permute(1, 2, 0), expected, atol=TOLERANCE, rtol=0)


def test_each_picture_of_a_batch_has_its_own_draw() -> None:
    chosen = [{"flip": True}, {"degrees": 8.0, "warpX": 0.1}, {"zoom": 1.1, "contrast": 0.8, "brightness": 0.6}]
    joined = augmentation.Draws.neutral(3)
    for row, draw in enumerate(chosen):
        for key, value in vars(draws(draw)).items():
            getattr(joined, key)[row] = value[0]
    together = augmentation.augment_batch(small(8, 8).expand(3, 3, 8, 8), joined, 8)
    for row, draw in enumerate(chosen):
        alone = augmentation.augment_batch(small(8, 8), draws(draw), 8)[0]
        torch.testing.assert_close(together[row], alone, atol=TOLERANCE, rtol=0)


def kolmogorov_smirnov(values: np.ndarray, cumulative) -> float:
    """Largest distance of the empirical distribution from ``cumulative``, times √n; above 2.47 once in 100,000."""
    values = np.sort(values)
    law, n = cumulative(values), len(values)
    return math.sqrt(n) * max(np.abs(law - np.arange(n) / n).max(), np.abs(law - np.arange(1, n + 1) / n).max())


def test_laws_of_the_draws() -> None:
    drawn = augmentation.draw(10_000, augmentation.AugmentOptions(), torch.Generator().manual_seed(3))
    uniform = lambda low, high: lambda x: (x - low) / (high - low)  # noqa: E731
    log_uniform = lambda x: (np.log(x) + math.log(1.25)) / (2 * math.log(1.25))  # noqa: E731
    laws = {
        "degrees": (0, uniform(-10, 10)),
        "zoom": (1, uniform(1, 1.1)),
        "warp_x": (0, uniform(-0.2, 0.2)),
        "warp_y": (0, uniform(-0.2, 0.2)),
        "brightness": (0.5, uniform(0.4, 0.6)),
        "contrast": (1, log_uniform),
    }
    for name, (neutral, law) in laws.items():
        values = getattr(drawn, name).double().numpy()
        on = values[values != neutral]
        assert abs(len(on) / len(values) - 0.75) < 0.015, name
        assert kolmogorov_smirnov(on, law) < 2.47, name
    assert abs(float((drawn.dihedral == 1).float().mean()) - 0.5) < 0.015
    assert set(drawn.dihedral.tolist()) == {0.0, 1.0}
    poses = augmentation.draw(
        10_000, augmentation.AugmentOptions(flip_vert=True), torch.Generator().manual_seed(4)
    ).dihedral
    for pose in range(8):
        assert abs(float((poses == pose).float().mean()) - (0.5625 if pose == 0 else 0.0625)) < 0.015
