"""The packed cells, their folds, and the replaced system's split."""

import numpy as np
import pytest

from models.training import cells as cells_module


@pytest.fixture(scope="module")
def cells():
    return cells_module.load_rows()


def test_every_cell_belongs_to_one_fold(cells):
    assert len(cells.rows) == 27558
    assert cells.positive.sum() == 13779
    tests = [cells_module.split_of_fold(cells, fold).test for fold in range(5)]
    assert np.array_equal(np.sort(np.concatenate(tests)), np.arange(27558))


def test_no_patient_of_a_test_fold_is_trained_on(cells):
    for fold in range(5):
        split = cells_module.split_of_fold(cells, fold)
        held_out = set(cells.patient[split.test])
        seen = set(cells.patient[split.train]) | set(cells.patient[split.validation])
        assert len(held_out) == 40
        assert not held_out & seen
        assert not set(cells.patient[split.train]) & set(cells.patient[split.validation])
        assert set(cells.fold[split.test]) == {fold}


def test_the_random_split_has_the_replaced_systems_sizes(cells):
    split = cells_module.random_split(cells, 2020)
    assert (len(split.train), len(split.test)) == (22047, 5511)
    assert not set(split.train) & set(split.test)
    assert set(cells.patient[split.test]) & set(cells.patient[split.train])


def test_pixels_are_those_of_the_manifest(cells):
    chosen = [0, 17, 255, 27557]
    read = cells_module.load_cells(progress=False, only=chosen)
    assert read.pixels.shape == (27558, 50, 50, 3)
    for index in chosen:
        cell = read.pixels[index].reshape(-1, 3).astype(float)
        inside = cell[cell.max(1) >= 24]
        expected = [float(cells.rows[index][channel]) for channel in ("red", "green", "blue")]
        assert inside.mean(0) == pytest.approx(expected, abs=1)
    assert not read.pixels[1000].any()


def test_packed_cells_are_read_whole(some_cells, packed):
    read = cells_module.load_cells(packed, progress=False)
    assert np.array_equal(read.pixels, some_cells.pixels)
    assert np.array_equal(read.positive, some_cells.positive)


def test_without_cells_a_sentence_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="pack the cells first"):
        cells_module.load_rows(tmp_path)


def test_a_limit_spreads_over_every_part():
    split = cells_module.Split(train=np.arange(100), validation=np.zeros(0, int), test=np.arange(3))
    cut = cells_module.limited(split, 5)
    assert cut.train.tolist() == [0, 24, 49, 74, 99]
    assert (len(cut.validation), cut.test.tolist()) == (0, [0, 1, 2])
