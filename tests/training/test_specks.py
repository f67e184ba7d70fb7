"""Platelets that are laid on cells: cut out as light that comes through, laid at random, never of what is held out."""

import numpy as np
import pytest
import torch
from drawn import GROUND, archive, field

from models.training import specks
from models.training.laboratories import LABORATORIES, is_held_out

PLATELET = (150, 90, 160)


def with_platelet(side=60, x=30, y=30, radius=8):
    return field([(x, y, radius, False)], side, cell=PLATELET)


def seeded():
    return torch.Generator().manual_seed(4)


def test_a_platelet_takes_its_own_light_and_fades_out():
    patch = specks.through(with_platelet(), 20, 20, 20, 20, 1.0)
    assert patch.shape == (3, 24, 24)
    assert torch.allclose(patch[:, 12, 12], torch.tensor(PLATELET) / torch.tensor(GROUND), atol=0.01)
    assert (patch[:, :2] == 1).all() and (patch[:, :, -2:] == 1).all() and patch.max() == 1
    small = specks.through(with_platelet(), 20, 20, 20, 20, 0.5)
    assert (small[0] < 0.95).sum() < (patch[0] < 0.95).sum() / 3


def test_platelets_of_pictures_that_are_held_out_stay_out(tmp_path):
    names = [f"images/{number}.png" for number in range(20)]
    rows = [(name, 20, 20, 20, 20, label, "box") for name in names for label in ("platelet", "healthy")]
    archive(tmp_path / LABORATORIES["bccd"].archive, rows, {name: with_platelet() for name in names})
    patches = specks.read_platelets(tmp_path, ["bccd", "draaslan"])
    assert len(patches) == sum(not is_held_out(name) for name in names) < 20
    with pytest.raises(SystemExit, match="measuring only"):
        specks.read_platelets(tmp_path, ["bbbc041"])


def test_a_share_of_cells_is_darkened_and_black_stays_black():
    images = torch.rand(200, 3, 50, 50, generator=seeded())
    images[:, :, :10] = 0
    patches = torch.full((3, 3, 24, 24), 0.5)
    laid = specks.lay(images, patches, 0.25, seeded())
    changed = (laid != images).flatten(1).any(1)
    assert changed.float().mean() == pytest.approx(0.25, abs=0.08)
    assert (laid <= images).all() and not laid[:, :, :10].any()
    areas = (laid != images)[changed].any(1).flatten(1).sum(1)
    assert areas.max() == 24 * 24 and len(np.unique(areas)) > 10
    assert torch.equal(specks.lay(images, patches, 0.25, seeded()), laid)
    assert torch.equal(specks.lay(images, patches[:0], 1.0, seeded()), images)
