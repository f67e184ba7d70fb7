"""Features of held-out cells in one space: alignment, steps, mixing."""

import csv

import numpy as np
import pytest

pytest.importorskip("sklearn")

from models.training import embedding
from models.training.cells import load_rows

RANDOM = np.random.default_rng(5)


def rotation(size):
    return np.linalg.qr(RANDOM.normal(size=(size, size)))[0]


def test_a_turned_scaled_and_moved_copy_comes_back():
    reference = RANDOM.normal(size=(200, 6))
    own = 3 * reference @ rotation(6) + 7
    assert np.allclose(embedding.align(own, reference, np.arange(0, 200, 2)), reference, atol=0.1)


def test_each_cell_is_seen_by_the_network_it_was_held_out_of():
    reference = RANDOM.normal(size=(300, 5))
    fold = np.arange(300) % 3
    turned = reference @ rotation(5)
    turned[fold != 1] += RANDOM.normal(scale=1e-9, size=(200, 5))
    spoilt = reference.copy()
    spoilt[fold == 1] = 99
    out = embedding.held_out({0: spoilt, 1: turned}, fold, 0)
    assert np.allclose(out[fold == 1], reference[fold == 1], atol=0.1)
    assert np.array_equal(out[fold == 0], reference[fold == 0])
    assert np.isnan(out[fold == 2]).all()


def test_steps_are_integers_on_one_scale():
    values = np.stack([np.linspace(-1, 1, 2001), np.linspace(-0.5, 0.5, 2001)], 1)
    steps = embedding.to_steps(values)
    assert steps.dtype == int and np.abs(steps).max() == embedding.LARGEST
    assert np.abs(steps[:, 1]).max() == pytest.approx(embedding.LARGEST / 2, abs=1)


def test_folds_that_are_apart_do_not_mix():
    values = RANDOM.normal(size=(400, 4))
    fold, positive = np.arange(400) % 2, values[:, 0] > 0
    mixed = embedding.mixing(values, fold, positive)
    assert abs(mixed["ofOwnFold"] - mixed["ofOwnFoldIfMixed"]) < 0.05
    assert mixed["ofOwnLabel"] > 0.8
    assert embedding.mixing(values + 50 * fold[:, None], fold, positive)["ofOwnFold"] == 1


def test_the_file_has_a_row_a_cell(tmp_path):
    cells = load_rows()
    chosen = np.array([0, 5, 9])
    embedding.write(tmp_path, cells, chosen, np.array([[0.5, -1], [0, 0], [1, 1]]), np.zeros((3, 16), int))
    with (tmp_path / "embedding.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == [cells.rows[index]["file"] for index in chosen]
    assert rows[0]["x"] == "0.5000" and rows[0]["f15"] == "0" and int(rows[1]["fold"]) == cells.fold[5]
