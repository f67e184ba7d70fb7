"""One stain for all: what a stain, an exposure or a filter scales is scaled back; a parasite stays what stands out."""

import numpy as np
import torch
from drawn import field

from models.training import optics
from models.training.standard import TARGET, standardise, standardise_pixels


def cells(density, count=1):
    """Discs whose cytoplasm has these densities, with a parasite of twice as much [n, 3, 50, 50]."""
    picture = (
        torch.from_numpy(field([(25, 25, 24, True)], 50, (0, 0, 0), (1, 1, 1), (2, 2, 2))).permute(2, 0, 1).float()
    )
    light = (256 * (-picture * torch.tensor(density)[:, None, None]).exp() - 1) / 255
    return torch.where(picture > 0, light, torch.zeros(()))[None].repeat(count, 1, 1, 1)


def densities(image, x, y):
    return -((image[:, y, x] * 255 + 1) / 256).log()


def test_the_cells_median_is_the_targets_and_the_parasite_twice_as_dense():
    for density in ((0.3, 0.5, 0.5), (1.2, 1.0, 0.9), (0.1, 0.2, 0.05)):
        image = standardise(cells(density))[0]
        assert torch.allclose(densities(image, 10, 25), TARGET, atol=1e-4)
        assert torch.allclose(densities(image, 33, 25), 2 * TARGET, atol=1e-3)


def test_two_stains_of_one_cell_become_one():
    thin, thick = standardise(cells((0.2, 0.3, 0.3))), standardise(cells((0.6, 0.6, 1.2)))
    assert (thin - thick).abs().max() < 1e-3


def test_standard_cells_stay_as_they_are_and_black_stays_black(some_cells):
    images = torch.from_numpy(some_cells.pixels).permute(0, 3, 1, 2).float() / 255
    once = standardise(images)
    black = (images.amax(1, keepdim=True) < optics.FRAME_BELOW).expand_as(images)
    assert torch.equal(once[black], images[black]) and once.min() >= 0 and once.max() <= 1
    even = cells(tuple(TARGET.tolist()))
    assert (standardise(even) - even).abs().max() < 1e-4


def test_the_sets_own_cells_are_near_the_target(some_cells):
    pixels = some_cells.pixels
    change = np.abs(standardise_pixels(pixels).astype(int) - pixels).mean((1, 2, 3))
    assert 1 < np.median(change) < 20


def test_pixels_are_those_of_the_pictures_rounded(some_cells):
    images = torch.from_numpy(some_cells.pixels[:9]).permute(0, 3, 1, 2).float() / 255
    pixels = standardise_pixels(some_cells.pixels[:9], batch=4)
    assert np.abs(pixels / 255 - standardise(images).permute(0, 2, 3, 1).numpy()).max() <= 0.5 / 255 + 1e-6


def test_an_empty_or_white_picture_is_not_blown_up():
    for value in (0.0, 1.0):
        out = standardise(torch.full((1, 3, 50, 50), value))
        assert torch.isfinite(out).all() and out.min() >= 0 and out.max() <= 1
