"""Full-size cells, presized as fastai does."""

import csv
import json

import numpy as np
import pytest
import torch
from PIL import Image

from models.training import train
from models.training.cells import limited, load_rows, split_of_fold
from models.training.source import PRESIZE, Source, presize

QUICK = "--network small --size 224 --epochs 1 --batch 8 --limit 16 --folds 0 --threads 1 --name small".split()


@pytest.fixture(scope="module")
def full_size(some_cells, tmp_path_factory):
    """Folder with those cells in the sizes that they had, in the archive's two folders."""
    folder = tmp_path_factory.mktemp("cell_images")
    for row, pixels in zip(some_cells.rows, some_cells.pixels):
        into = folder / row["label"].capitalize()
        into.mkdir(exist_ok=True)
        Image.fromarray(pixels).resize((int(row["width"] or 90), int(row["height"] or 120))).save(into / row["file"])
    return folder


def test_a_picture_is_cropped_to_its_largest_square_and_brought_to_460_pixels():
    ramp = np.tile(np.arange(140, dtype=np.uint8)[:, None], (1, 100))
    picture = Image.fromarray(np.stack((ramp, ramp, ramp), -1))
    means = [np.asarray(presize(picture, 0.5, down)).mean() for down in (0, 0.5, 1)]
    assert means == pytest.approx([49.5, 69.5, 89.5], abs=0.6)
    assert presize(picture).size == (PRESIZE, PRESIZE)
    assert np.array_equal(presize(picture), presize(picture, 0.9, 0.5))
    # fastai's own arithmetic loses a pixel of some sizes: int(63 / 460 * 460) is 62.
    odd = Image.new("RGB", (63, 63))
    odd.paste((255, 255, 255), (62, 0, 63, 63))
    assert np.asarray(presize(odd, 0, 0)).max() == 0


def test_cells_are_read_by_name_cropped_at_random_only_while_training(full_size, some_cells):
    source = Source(full_size, some_cells.rows, range(4))
    wide = int(np.argmax([int(row["width"] or 90) / int(row["height"] or 120) for row in some_cells.rows]))
    places = np.array([wide, 3])
    still = source.pictures(places)
    assert still.shape == (2, 3, PRESIZE, PRESIZE) and still.min() >= 0 and still.max() <= 1
    assert torch.equal(still, source.pictures(places))
    drawn = [source.pictures(places, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)]
    assert torch.equal(drawn[0], drawn[1]) and not torch.equal(drawn[0], drawn[2])


def test_a_lacking_cell_is_named(full_size, some_cells):
    rows = [{**some_cells.rows[0], "file": "none.png"}]
    with pytest.raises(SystemExit, match="lacks 1 cells, such as none.png: give the folder cell_images"):
        Source(full_size, rows, [0])


def test_a_training_on_full_size_cells_at_224_pixels(full_size, packed, tmp_path):
    places = ["--cells", str(packed), "--output", str(tmp_path / "models"), "--cache", str(tmp_path / "cache")]
    train.main([*QUICK, *places, "--source", str(full_size), "--recipe", "fastai"])
    recipe = json.loads((tmp_path / "models/small/history/fold-0.json").read_text())["recipe"]
    assert (recipe["presize"], recipe["size"]) == (460, 224)
    augmentation = recipe["augmentation"]
    assert (augmentation["max_rotate"], augmentation["max_warp"], augmentation["pad_mode"]) == (10, 0.2, "reflection")
    with (tmp_path / "models/small/predictions.csv").open() as file:
        scored = [row["file"] for row in csv.DictReader(file)]
    cells = load_rows(packed)
    test = limited(split_of_fold(cells, 0, packed), 16).test
    assert scored == [cells.rows[index]["file"] for index in test]
    with pytest.raises(SystemExit, match="--source reads full-size cells alone"):
        train.main([*QUICK, *places, "--source", str(full_size), "--recipe", "travelling"])
