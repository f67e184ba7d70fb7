"""The student: its network as it is folded and shipped, and what it learns from its teacher."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
import torch
import torch.nn.functional as functional

from models.training import cells as cells_module
from models.training import folding, graph, network, teacher, train
from models.training.augmentation import normalise
from models.training.predictions import scores_of


def settled(seed: int) -> network.StudentNetwork:
    """A student whose BatchNorms have seen something, so that folding them matters."""
    torch.manual_seed(seed)
    student = network.StudentNetwork().train()
    for _ in range(3):
        student(torch.randn(8, 3, 50, 50) * 2 + 1)
    return student.eval()


def test_folding_keeps_the_students_function_and_its_size():
    student = settled(1)
    pixels = torch.rand(4, 3, 50, 50)
    plain, stored = folding.store(student)
    with torch.no_grad():
        expected = student(normalise(pixels)).softmax(1)
    assert torch.allclose(folding.probabilities(plain, pixels, 50), expected, atol=1e-4)
    assert torch.allclose(folding.probabilities(folding.equalise(plain), pixels, 50), expected, atol=1e-4)
    assert sum(tensor.numel() for tensor in plain.values()) == 312_418
    weights = [value for name, value in stored.items() if "weight" in name]
    assert all(weight.bits == (16 if weight.values.numel() < 8_000 else 8) for weight in weights)


def test_the_students_graph_reads_the_cells_as_they_are(tmp_path):
    _, stored = folding.store(settled(2))
    files = graph.write(stored, 50, tmp_path)
    ops = [node["op"] for node in json.loads((tmp_path / "model.json").read_text())["modelTopology"]["node"]]
    assert "ResizeBilinear" not in ops and "MaxPool" not in ops and ops.count("_FusedConv2D") == 14
    assert sum(file["bytes"] for file in files) < 400_000
    restored = graph.read(tmp_path)
    for name, value in folding.restore_all(stored).items():
        assert torch.allclose(restored[name], value), name


def test_targets_are_the_teachers_share_and_the_smoothed_label():
    positive = torch.tensor([True, False])
    soft = teacher.soft_targets(positive, torch.tensor([0.8, 0.4]), smoothing=0.1, share=0.5, temperature=1.0)
    assert torch.allclose(soft[:, 0], torch.tensor([(0.8 + 0.95) / 2, (0.4 + 0.05) / 2]))
    assert torch.allclose(soft.sum(1), torch.ones(2))
    softer = teacher.soft_targets(positive, torch.tensor([0.8, 0.4]), smoothing=0.1, share=1.0, temperature=2.0)
    assert softer[0, 0] == pytest.approx(2 / 3)


def test_without_a_teacher_the_loss_is_smoothed_cross_entropy():
    logits = torch.randn(5, 2)
    positive = torch.tensor([True, False, True, True, False])
    soft = teacher.soft_targets(positive, torch.full((5,), 0.5), smoothing=0.05, share=0.0, temperature=1.0)
    expected = functional.cross_entropy(logits, (~positive).long(), label_smoothing=0.05)
    assert torch.allclose(teacher.soft_loss(logits, soft), expected)


def test_a_teacher_that_lacks_a_training_cell_is_a_sentence(tmp_path):
    cells = cells_module.load_rows()
    split = cells_module.split_of_fold(cells, 0)
    path = tmp_path / "predictions.csv"
    with pytest.raises(SystemExit, match="train the teacher on every fold first"):
        teacher.out_of_fold_scores(path, cells, split.train)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "p_parasitized"])
        writer.writerows([cells.rows[index]["file"], 0.25] for index in split.train[1:])
    with pytest.raises(SystemExit, match="no score for 1 training cells"):
        teacher.out_of_fold_scores(path, cells, split.train)
    scores = teacher.out_of_fold_scores(path, cells, split.train[1:])
    assert (scores[split.train[1:]] == 0.25).all() and scores[split.test].isnan().all()


def test_the_student_trains_and_its_scores_are_those_of_what_ships(tmp_path, some_cells, packed):
    small = "--network student --size 50 --epochs 1 --batch 16 --limit 48 --folds 1 --threads 1 --name student".split()
    paths = ["--cells", str(packed), "--output", str(tmp_path), "--cache", str(tmp_path / "cache")]
    train.main([*small, "--teacher", "resnet34", "--teacher-share", "0.6", *paths])
    recipe = json.loads((tmp_path / "student/history/fold-1.json").read_text())["recipe"]
    assert recipe["teacher"] == {"name": "resnet34", "scores": "out-of-fold", "share": 0.6, "temperature": 1.0}
    student = network.StudentNetwork()
    student.load_state_dict(torch.load(tmp_path / "cache/student/fold-1.pt", map_location="cpu")["network"])
    shipped = folding.restore_all(folding.store(student)[1])
    test = cells_module.limited(cells_module.split_of_fold(some_cells, 1, packed), 48).test
    expected = folding.score(shipped, torch.from_numpy(some_cells.pixels[test]), 50, progress=False).numpy()
    assert np.abs(scores_of(tmp_path / "student/predictions.csv", 1) - expected).max() < 1e-6
