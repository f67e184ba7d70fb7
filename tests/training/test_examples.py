"""What a network learns from: NIH cells, other laboratories' cells, an epoch's order, targets and recipe."""

import numpy as np
import pytest
import torch
from drawn import laboratory

from models.training import cells as cells_module
from models.training.examples import Examples, laboratories_of
from models.training.laboratories import LABORATORIES, LaboratoryCells, read
from models.training.options import parse
from models.training.standard import STAINS

BASE = "--network student --size 50".split()


def foreign(name, infected, healthy):
    count = infected + healthy
    positive = np.arange(count) < infected
    return LaboratoryCells(name, np.full((count, 50, 50, 3), 9, np.uint8), positive, np.arange(count), np.arange(count))


@pytest.fixture(scope="module")
def split(some_cells, packed):
    return cells_module.split_of_fold(some_cells, 0, packed)


def make(some_cells, split, laboratories=(), *more):
    return Examples(parse([*BASE, *more]), some_cells, split, 0, laboratories)


def test_without_laboratories_an_epoch_is_the_folds_cells(some_cells, split):
    examples = make(some_cells, split)
    order = examples.epoch(torch.Generator().manual_seed(1))
    assert len(examples) == len(order) and sorted(order) == split.train.tolist()
    assert "laboratories" not in examples.recipe() and "optics" not in examples.recipe()


def test_an_epoch_shows_each_laboratory_as_often_as_asked(some_cells, split):
    labs = [foreign("plymouth", 30, 50), foreign("plasmocount", 3, 0), foreign("bccd", 0, 12)]
    examples = make(some_cells, split, labs, "--laboratory-cells", "20", "--home-cells", "25")
    order = examples.epoch(torch.Generator().manual_seed(1))
    home = len(some_cells.rows)
    assert len(examples) == len(order) == 25 + 20 + 20 + 12 + 20
    assert set(order[order < home]) <= set(split.train) and (order < home).sum() == 25
    of = order - home
    assert (((of >= 0) & (of < 30)).sum(), ((of >= 30) & (of < 80)).sum()) == (20, 20)
    assert np.unique(of[(of >= 80) & (of < 83)], return_counts=True)[1].tolist() == [4, 4, 4]
    assert sorted(of[of >= 83])[0] == 83
    other = examples.epoch(torch.Generator().manual_seed(2))
    assert not np.array_equal(order, other) and len(other) == len(order)


def test_foreign_cells_have_their_own_pixels_and_smoothed_labels(some_cells, split):
    examples = make(some_cells, split, [foreign("plymouth", 1, 1)], "--teacher", "resnet34", "--smoothing", "0.1")
    home = len(some_cells.rows)
    assert (examples.pixels[home:] == 9).all() and torch.equal(
        examples.pixels[:home], torch.from_numpy(some_cells.pixels)
    )
    assert torch.allclose(examples.distributions[home:], torch.tensor([[0.95, 0.05], [0.05, 0.95]]))
    taught = examples.distributions[split.train, 0]
    assert ((taught - 0.95).abs() > 1e-4).any() and torch.isfinite(taught).all()


def test_a_recipe_names_laboratories_licences_and_optics(some_cells, split):
    labs = [foreign("plymouth", 2, 3)]
    recipe = make(some_cells, split, labs, "--recipe", "travelling").recipe()
    assert recipe["laboratories"] == {"plymouth": {"licence": "MIT", "cells": 5}}
    assert recipe["optics"]["p_grey"] > 0


def test_the_travelling_recipe_changes_the_batch(some_cells, split):
    batches = []
    for recipe in ("home", "travelling"):
        examples = make(some_cells, split, (), "--recipe", recipe)
        batches.append(examples.batch(split.train[:8], torch.Generator().manual_seed(3)))
    assert batches[0][0].shape == batches[1][0].shape == (8, 3, 50, 50)
    assert torch.equal(batches[0][1], batches[1][1])
    assert (batches[0][0] - batches[1][0]).abs().mean() > 0.05


def test_standard_stain_is_what_training_and_scoring_see(some_cells, split):
    own, standard = (make(some_cells, split, (), "--stain-is", kind) for kind in ("own", "standard"))
    some = split.train[:6]
    assert torch.equal(own.inputs(some), own.pictures(some)) and "standardStain" not in own.recipe()
    assert torch.equal(own.input_pixels(some), own.pixels[some])
    assert not torch.equal(standard.inputs(some), standard.pictures(some)) and standard.recipe()["standardStain"]
    seen = standard.input_pixels(some).permute(0, 3, 1, 2) / 255
    assert (seen - standard.inputs(some)).abs().max() < 0.01
    batches = [one.batch(some, torch.Generator().manual_seed(3))[0] for one in (own, standard)]
    assert (batches[0] - batches[1]).abs().mean() > 0.01


def test_the_sets_own_cells_may_be_brought_to_one_stain_to_learn_from_alone(some_cells, split):
    grey = foreign("plymouth", 2, 2)
    grey.pixels[:] = 90
    own, standard, learning = (make(some_cells, split, [grey], "--stain-is", kind) for kind in STAINS)
    some = np.array([*split.train[:3], len(some_cells.rows), len(some_cells.rows) + 1])
    for inputs in ("inputs", "input_pixels"):
        seen = getattr(learning, inputs)(some)
        assert torch.equal(seen[:3], getattr(own, inputs)(some)[:3])
        assert torch.equal(seen[3:], getattr(standard, inputs)(some)[3:])
        assert not torch.equal(seen[3:], getattr(own, inputs)(some)[3:])
    batches = [one.batch(some, torch.Generator().manual_seed(3))[0] for one in (own, standard, learning)]
    assert torch.equal(batches[2], batches[1]) and not torch.equal(batches[1], batches[0])
    assert learning.recipe()["standardStainOf"] == "training and other laboratories"


def test_cells_for_measuring_only_are_refused(some_cells, split):
    with pytest.raises(ValueError, match="bbbc041.* may not be trained on"):
        make(some_cells, split, [foreign("bbbc041", 1, 1)])


def test_options_choose_the_laboratories(tmp_path):
    for one in LABORATORIES.values():
        laboratory(tmp_path / one.archive)
    paths = ["--laboratories", str(tmp_path), "--cache", str(tmp_path / "cache" / "training")]
    assert laboratories_of(parse(BASE)) == []
    found = laboratories_of(parse([*BASE, *paths, "--leave-out", "plymouth", "chula"]))
    assert [one.name for one in found] == ["plasmocount", "barcelona", "bccd", "draaslan"]
    kept = read(tmp_path, "bccd", tmp_path / "cache" / "laboratories").part(held_out=False)
    assert np.array_equal(found[2].image, kept.image) and len(kept) < 20
    with pytest.raises(SystemExit, match="measuring only"):
        laboratories_of(parse([*BASE, *paths, "--only", "bbbc041"]))
    with pytest.raises(SystemExit, match="no laboratory 'nowhere'"):
        laboratories_of(parse([*BASE, "--leave-out", "nowhere"]))
