"""Other laboratories' stain, lamp, focus and camera: neutral values, physics by hand, black stays black."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from drawn import disc

from models.training import optics
from models.training.optics import DYES, TRAVELLING, travel

OFF = replace(TRAVELLING, **{one.name: 0.0 for one in fields(TRAVELLING) if one.name.startswith("p_")})


@pytest.fixture(scope="module")
def images(some_cells):
    return torch.from_numpy(some_cells.pixels[::10]).permute(0, 3, 1, 2).float() / 255


def seeded(seed=7):
    return torch.Generator().manual_seed(seed)


def even(colour, count=1):
    """Discs of one colour on black [n, 3, 50, 50]."""
    inside = torch.from_numpy(disc(25, 25, 24, 50)).float()
    return (torch.tensor(colour)[:, None, None] * inside)[None].repeat(count, 1, 1, 1)


def test_nothing_is_changed_where_no_change_is_drawn(images):
    black = images.amax(1, keepdim=True) < optics.FRAME_BELOW
    assert torch.equal(travel(images, OFF, seeded()), torch.where(black, torch.zeros_like(images), images))


def test_neutral_values_change_nothing(images):
    one, none = torch.ones(len(images), 3), torch.zeros(len(images), 3)
    restained = optics.restain(images, one, none, DYES.expand(len(images), 3, 3), one)
    assert (restained - images.clamp_min(1 / 255)).abs().max() < 1e-5
    assert torch.equal(optics.balance(images, one), images)
    assert torch.equal(optics.shade(images, none[:, :2]), images)
    assert (optics.defocus(images, torch.full((len(images),), 1e-3)) - images).abs().max() < 1e-5
    assert torch.allclose(optics.resize_and_back(images[0], 50), images[0], atol=1e-6)
    assert torch.allclose(optics.resize_and_back(even((0.6, 0.4, 0.5))[0], 24), even((0.6, 0.4, 0.5))[0], atol=1e-4)


@pytest.mark.parametrize("name", [one.name for one in fields(TRAVELLING) if one.name.startswith("p_")])
def test_each_change_alone_changes_cells_and_keeps_the_ground_black(name, images):
    changed = travel(images, replace(OFF, **{name: 1.0}), seeded())
    assert changed.shape == images.shape and changed.min() >= 0 and changed.max() <= 1
    assert (changed - images).abs().amax((1, 2, 3)).quantile(0.25) > 0.02
    if name != "p_outline":
        assert not changed[(images.amax(1, keepdim=True) < optics.FRAME_BELOW).expand_as(images)].any()


def test_a_share_of_the_pictures_is_changed(images):
    many = images[:8].repeat(50, 1, 1, 1)
    changed = (travel(many, replace(OFF, p_white=0.3), seeded()) != many.clamp_min(0)).flatten(1).float().mean(1) > 0.1
    assert changed.float().mean() == pytest.approx(0.3, abs=0.07)


def test_the_same_draw_gives_the_same_pictures_and_options_move_no_other_draws(images):
    once = travel(images, TRAVELLING, seeded())
    assert torch.equal(travel(images, TRAVELLING, seeded()), once)
    assert not torch.equal(travel(images, TRAVELLING, seeded(8)), once)
    white = travel(images, replace(OFF, p_white=1.0), seeded())
    assert torch.equal(travel(images, replace(OFF, p_white=1.0, max_noise=0.9), seeded()), white)


def test_dyes_are_parted_and_mixed_by_their_densities():
    unit = torch.nn.functional.normalize(DYES, dim=-1)
    amounts = torch.tensor([0.4, 0.7, 0.1])
    density = (amounts @ unit)[None, :, None, None]
    assert torch.allclose(optics.part_dyes(density)[0, :, 0, 0], amounts, atol=1e-6)
    assert torch.allclose(optics.mix_dyes(amounts[None, :, None, None], DYES[None]), density, atol=1e-6)


def test_twice_the_dye_takes_the_square_of_the_light():
    images, one, none = even((0.8, 0.5, 0.6)), torch.ones(1, 3), torch.zeros(1, 3)
    doubled = optics.restain(images, 2 * one, none, DYES[None], one)
    assert torch.allclose(doubled[0, :, 25, 25], torch.tensor([0.64, 0.25, 0.36]), atol=1e-5)
    channels = optics.restain(images, one, none, DYES[None], torch.tensor([[1.0, 2.0, 0.5]]))
    assert torch.allclose(channels[0, :, 25, 25], torch.tensor([0.8, 0.25, 0.6**0.5]), atol=1e-5)


def test_a_lamp_shines_more_on_one_side():
    shaded = optics.shade(even((0.5, 0.5, 0.5)), torch.tensor([[0.0, 0.2]]))
    assert shaded[0, 0, 25, 3] == pytest.approx(0.5 * (1 + 0.2 * (3 / 24.5 - 1)), abs=1e-5)
    assert shaded[0, 0, 10, 40] == shaded[0, 0, 40, 40] > shaded[0, 0, 25, 3]


def test_focus_spreads_a_point_and_leaves_the_rim_as_bright():
    images = even((0.6, 0.6, 0.6), 2)
    images[1, :, 25, 25] = 0.1
    blurred = optics.defocus(images, torch.tensor([1.2, 1.2]))
    assert torch.allclose(blurred[0], images[0], atol=1e-4)
    assert blurred[1, 0, 25, 25] > 0.4 and 0.5 < blurred[1, 0, 25, 27] < 0.6
    assert blurred[1, 0, 25, 27] == pytest.approx(float(blurred[1, 0, 27, 25]), abs=1e-6)


def test_grey_cells_have_no_colour(images):
    grey = travel(images, replace(OFF, p_grey=1.0), seeded())
    assert torch.equal(grey[:, 0], grey[:, 1]) and torch.equal(grey[:, 1], grey[:, 2])
    assert grey.std() > 0.05


@pytest.mark.parametrize("reach", [0.35, -0.35])
def test_an_outline_goes_in_and_out(reach):
    images, ground = even((0.6, 0.4, 0.5)), torch.tensor([[0.9, 0.9, 0.9]])
    before = images.amax(1) > 0
    after = optics.redraw_outline(images, torch.tensor([reach]), torch.zeros(1, 1, 4, 4), ground)
    shown = after.amax(1) > 0
    assert shown.sum() < before.sum() if reach > 0 else shown.sum() > before.sum()
    assert torch.allclose(after[0, :, 25, 25], images[0, :, 25, 25])
    if reach < 0:
        assert torch.allclose(after[0][:, (shown & ~before)[0]], torch.tensor(0.9))


def test_a_compressed_picture_is_near_and_not_the_same(images):
    for quality, most in ((95, 0.03), (30, 0.08)):
        read = optics.compress(images[0], quality)
        assert 0 < (read - images[0]).abs().mean() < most
    assert np.isfinite(read.numpy()).all()
