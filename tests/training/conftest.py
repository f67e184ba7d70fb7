"""Make ``models.training`` importable from wherever pytest is started; cells that several files test on."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.training.cells import CELLS, PER_ROW, SIDE, load_cells  # noqa: E402

SHEETS = (3, 11, 23, 32, 43, 55, 58, 71)
"""Sheets that hold cells of both labels in every part of folds 0 and 1."""


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Threads that wait for each other make small tests slow where other processes run."""
    torch.set_num_threads(1)


def cells_of_sheets(step, each):
    """``each`` cells with their pixels of every sheet, every ``step``-th."""
    with (CELLS / "manifest.csv").open(newline="") as file:
        sheets = np.array([int(row["sheet"]) for row in csv.DictReader(file)])
    chosen = np.concatenate([np.flatnonzero(sheets == sheet)[::step][:each] for sheet in SHEETS])
    cells = load_cells(progress=False, only=chosen)
    cells.rows = [cells.rows[index] for index in chosen]
    for name in ("pixels", "positive", "disputed", "patient", "fold"):
        setattr(cells, name, getattr(cells, name)[chosen])
    return cells


@pytest.fixture(scope="session")
def some_cells():
    """160 cells with their pixels."""
    return cells_of_sheets(12, 20)


@pytest.fixture(scope="session")
def packed(some_cells, tmp_path_factory):
    """Directory with those cells packed as the whole set is."""
    return pack(some_cells, tmp_path_factory.mktemp("cells"))


@pytest.fixture(scope="session")
def more_packed(tmp_path_factory):
    """The same of 640 cells."""
    return pack(cells_of_sheets(3, 80), tmp_path_factory.mktemp("cells"))


def pack(some_cells, folder):
    """Pack cells into a folder as the whole set is; returns it."""
    sheet = np.zeros((SIDE * -(-len(some_cells.rows) // PER_ROW), SIDE * PER_ROW, 3), np.uint8)
    rows = []
    for index, row in enumerate(some_cells.rows):
        top, left = (SIDE * place for place in divmod(index, PER_ROW))
        sheet[top : top + SIDE, left : left + SIDE] = some_cells.pixels[index]
        rows.append({**row, "sheet": 0, "slot": index})
    Image.fromarray(sheet).save(folder / "sheet-000.webp", lossless=True)
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "split.json").write_text((CELLS / "split.json").read_text())
    return folder
