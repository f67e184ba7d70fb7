"""The changes of the robustness run, and reading the shipped weights back."""

import csv

import numpy as np
import pytest
import torch

from models.training import folding, graph, robustness
from models.training.cells import ROOT, load_cells, load_rows
from models.training.network import Network


@pytest.fixture(scope="module")
def images(some_cells):
    return torch.from_numpy(some_cells.pixels[::17]).permute(0, 3, 1, 2).float() / 255


@pytest.mark.parametrize("head", ["plain", "concat"])
def test_written_weights_are_read_back(head, tmp_path):
    torch.manual_seed(0)
    stored = folding.quantise_all(folding.fold(Network(head).eval()))
    graph.write(stored, 96, tmp_path)
    expected, found = folding.restore_all(stored), graph.read(tmp_path)
    assert found.keys() == expected.keys()
    assert all((found[name] - expected[name]).abs().max() < 1e-7 for name in expected)


def test_shipped_weights_give_the_published_scores():
    with (ROOT / "models/resnet34/predictions.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["fold"] == "0"][::400]
    places = {row["file"]: index for index, row in enumerate(load_rows().rows)}
    chosen = [places[row["file"]] for row in rows]
    pixels = torch.from_numpy(load_cells(progress=False, only=chosen).pixels[chosen])
    scores = folding.score(graph.read(ROOT / "models/resnet34"), pixels, 96, progress=False)
    assert np.abs(scores.numpy() - [float(row["p_parasitized"]) for row in rows]).max() < 1e-5


def test_every_change_keeps_shape_and_range(images):
    for name, level, change in robustness.changes():
        changed = change(images)
        assert changed.shape == images.shape, (name, level)
        assert changed.min() >= -1e-6 and changed.max() <= 1 + 1e-6, (name, level)
        assert (name == "none") == torch.equal(changed, images), (name, level)


def test_colours_leave_black_alone(images):
    black = (images == 0).all(1, keepdim=True).expand_as(images)
    for change in (robustness.recolour(30), robustness.recolour(saturation=1.6), robustness.noisy(0.1)):
        assert change(images)[black].abs().max() < 1e-6


def test_neutral_levels_change_nothing(images):
    for change in (robustness.recolour(), robustness.moved(), robustness.noisy(0.0), robustness.resized(50)):
        assert (change(images) - images).abs().max() < 1e-5


def test_half_a_turn_twice_is_none(images):
    half = robustness.moved(degrees=180)
    assert (half(half(images)) - images).abs().max() < 1e-4


def test_filled_frames_leave_no_black(images):
    assert not robustness.frame(robustness.unframed(images)).any()
