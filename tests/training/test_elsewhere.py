"""Figures on other laboratories' cells: by hand, of a try's checkpoint, and of shipped weights."""

import json

import numpy as np
import pytest
import torch
from drawn import laboratory

from models.training import cells as cells_module
from models.training import elsewhere, folding, graph, train
from models.training.laboratories import LABORATORIES
from models.training.network import StudentNetwork

STUDENT = "--network student --size 50 --epochs 1 --batch 16 --limit 32 --folds 0 --threads 1 --name student".split()


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    for name, one in LABORATORIES.items():
        laboratory(folder / one.archive, "{}", 10, name != "barcelona")
    return folder


def test_figures_by_hand():
    scores = np.array([0.1, 0.2, 0.7, 0.6, 0.9])
    positive = np.array([False, False, False, True, True])
    figures = elsewhere.camel(elsewhere.measure(scores, positive, np.array(list("aabbc")), 0.5, True))
    assert figures == {
        "cells": 5,
        "parasitized": 2,
        "groups": 3,
        "heldOut": True,
        "auc": 0.8333,
        "sensitivity": 1.0,
        "specificity": 0.6667,
        "sensitivityAt1Percent": 0.5,
        "sensitivityAt01Percent": 0.5,
    }


def test_cells_of_one_label_have_no_auc():
    figures = elsewhere.measure(np.array([0.1, 0.6]), np.array([False, False]), np.array(["a", "a"]), 0.5, False)
    assert (figures.auc, figures.sensitivity, figures.sensitivity_at_1_percent) == (None, None, None)
    assert figures.specificity == 0.5


def test_a_try_is_measured_on_groups_that_it_did_not_learn_from(tmp_path, packed, directory):
    models, cache = tmp_path / "models", tmp_path / "cache" / "training"
    paths = ["--cells", str(packed), "--cache", str(cache), "--laboratories", str(directory)]
    travelling = [*STUDENT, "--recipe", "travelling", "--leave-out", "plymouth", "--try", "brief"]
    train.main([*travelling, *paths, "--output", str(models)])
    kept = str(tmp_path / "cache" / "laboratories")
    elsewhere.main(["--try", "brief", *paths, "--models", str(models), "--laboratory-cache", kept, "--threads", "1"])
    tried = json.loads((models / "training/tries/brief.json").read_text())
    figures = tried["elsewhere"]["laboratories"]
    assert list(figures) == [elsewhere.HOME, *LABORATORIES]
    assert set(tried["recipe"]["laboratories"]) == {"plasmocount", "barcelona", "chula", "bccd", "draaslan"}
    held_out = {name for name, row in figures.items() if row["heldOut"]}
    assert held_out == {elsewhere.HOME, *tried["recipe"]["laboratories"]}
    assert figures["plymouth"]["cells"] == figures["bbbc041"]["cells"] == 20 > figures["bccd"]["cells"] > 0
    validation = cells_module.split_of_fold(cells_module.load_rows(packed), 0, packed).validation
    assert figures[elsewhere.HOME]["cells"] == len(validation) and "oneStain" not in tried["elsewhere"]
    assert figures["barcelona"]["auc"] is None and 0 <= figures["plymouth"]["auc"] <= 1
    assert tried["elsewhere"]["threshold"] == 0.5 and "oneView" in tried


def test_shipped_weights_are_measured_at_their_own_threshold(tmp_path, packed, directory):
    folder = tmp_path / "models" / "student"
    torch.manual_seed(1)
    files = graph.write(folding.store(StudentNetwork())[1], 50, folder)
    metadata = {"recipe": {"size": 50}, "split": {"testFold": 0}, "threshold": 0.25, "files": files}
    (folder / "metadata.json").write_text(json.dumps(metadata))
    paths = ["--cells", str(packed), "--models", str(tmp_path / "models"), "--laboratories", str(directory)]
    kept = ["--laboratory-cache", str(tmp_path / "laboratories"), "--most", "3", "--threads", "1"]
    elsewhere.main(["--name", "student", *paths, *kept])
    measured = json.loads((folder / "elsewhere.json").read_text())
    assert (measured["threshold"], measured["rule"]) == (0.25, "the shipped operating point")
    assert measured["laboratories"]["bbbc041"]["cells"] == 6
    assert measured["oneStain"].keys() == measured["laboratories"].keys()
    assert measured["oneStain"] != measured["laboratories"]
    assert not any(row["heldOut"] for name, row in measured["laboratories"].items() if name != elsewhere.HOME)


def test_a_try_without_a_checkpoint_is_a_sentence(tmp_path):
    trial = tmp_path / "gone.json"
    with pytest.raises(SystemExit, match="train that try first"):
        elsewhere.tried_subject(trial, tmp_path)
    trial.write_text(json.dumps({"fold": 0, "recipe": {"network": "student"}}))
    with pytest.raises(SystemExit, match="no checkpoint of the try gone"):
        elsewhere.tried_subject(trial, tmp_path)
    (tmp_path / "student").mkdir()
    torch.save({"recipe": {"network": "small"}}, tmp_path / "student" / "fold-0-gone.pt")
    with pytest.raises(SystemExit, match="small CNN, which is not shipped"):
        elsewhere.tried_subject(trial, tmp_path)
