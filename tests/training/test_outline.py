"""The outline of a cell in the middle of a crop: among neighbours, on other grounds, with parasites."""

import numpy as np
import pytest
import torch
from drawn import CELL, disc, field

from models.training import outline

SIDE = outline.WORKING_SIDE
BOX = torch.tensor([[0.12, 0.12, 0.88, 0.88]])
MIDDLE, RADIUS = 32, 24


def overlap(picture, box=BOX):
    """Intersection over union of the found mask and the disc in the middle."""
    found = outline.find_cells(torch.from_numpy(picture)[None], box)[0].numpy()
    truth = disc(MIDDLE, MIDDLE, RADIUS, SIDE)
    return (found & truth).sum() / (found | truth).sum()


@pytest.mark.parametrize(
    ("ground", "cell"),
    [((225, 220, 215), CELL), ((150, 150, 160), (120, 70, 110)), ((235, 235, 240), (205, 200, 215))],
    ids=["bright", "dark", "pale"],
)
@pytest.mark.parametrize("infected", [False, True])
def test_one_cell_is_found_on_any_even_ground(ground, cell, infected):
    assert overlap(field([(MIDDLE, MIDDLE, RADIUS, infected)], SIDE, ground, cell)) > 0.95


def test_neighbours_on_the_rim_do_not_belong_to_it():
    neighbours = [(MIDDLE, MIDDLE, RADIUS, False), (64, 64, 14, False), (0, 32, 7, True), (58, 4, 10, False)]
    assert overlap(field(neighbours, SIDE)) > 0.9


def test_a_pale_middle_and_a_dark_parasite_belong_to_it():
    picture = field([(MIDDLE, MIDDLE, RADIUS, True)], SIDE)
    picture[disc(28, 30, 7, SIDE)] = (224, 219, 214)
    assert overlap(picture) > 0.95


def test_a_crop_in_which_nothing_is_found_gives_its_box():
    even = np.full((SIDE, SIDE, 3), 200, np.uint8)
    assert overlap(even) > 0.9


def test_flooding_and_holes():
    mask = torch.zeros(1, 7, 7, dtype=torch.bool)
    mask[0, 1:6, 1:6] = True
    mask[0, 3, 3] = False
    assert outline.fill_holes(mask).sum() == 25
    mask[0, 1:6, 3] = False
    seed = torch.zeros_like(mask)
    seed[0, 1, 1] = True
    assert outline.flood(seed, mask).sum() == 10


def test_growing_and_shrinking_by_a_disc():
    point = torch.zeros(1, 9, 9, dtype=torch.bool)
    point[0, 4, 4] = True
    assert outline.dilate(point, 1).sum() == 9
    assert outline.dilate(point, 3).sum() == 37
    assert torch.equal(outline.erode(outline.dilate(point, 2), 2), point)


def test_otsus_threshold_lies_between_two_heaps():
    values = torch.tensor([[0.1] * 30 + [0.8] * 10, [0.3] * 5 + [0.5] * 35])
    low, high = outline.otsu(values).tolist()
    assert 0.1 < low < 0.8 and 0.3 < high < 0.5
