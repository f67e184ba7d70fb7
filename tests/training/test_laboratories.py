"""Cells of other laboratories: cut out, kept, held out by groups; none of BBBC041 is ever trained on."""

import json

import numpy as np
import pytest
from drawn import CELL, PARASITE, archive, field, laboratory

from models.training import laboratories
from models.training.cells import ROOT
from models.training.laboratories import LABORATORIES


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    for name, one in LABORATORIES.items():
        laboratory(folder / one.archive, "patient_{}" if name == "barcelona" else "{}", 10, name != "barcelona")
    return folder


def test_cells_are_cut_to_their_outline_on_black(directory, tmp_path):
    cells = laboratories.read(directory, "bccd", tmp_path)
    assert cells.pixels.shape == (20, 50, 50, 3) and cells.positive.tolist() == [False, True] * 10
    for pixels, infected in zip(cells.pixels, cells.positive):
        assert (pixels[0, 0], pixels[49, 49]) == pytest.approx(np.zeros((2, 3)))
        assert pixels[25, 1].max() > 50 and pixels[1, 25].max() > 50  # no black rim is left
        assert np.abs(pixels[25, 15].astype(int) - CELL).max() <= 2
        assert np.abs(pixels[25, 33].astype(int) - (PARASITE if infected else CELL)).max() <= 2
        assert 0.7 < (pixels.max(2) > 24).mean() < 0.85  # a disc in its square has π / 4


def test_a_crop_is_a_cell_of_its_own(tmp_path):
    picture = field([(40, 40, 33, True), (80, 0, 20, False)], 80)
    path = tmp_path / LABORATORIES["plymouth"].archive
    archive(
        path,
        [("images/inf_1_02_1_02_10.png", 0, 0, 80, 80, "infected", "crop")],
        {"images/inf_1_02_1_02_10.png": picture},
    )
    cells = laboratories.read(tmp_path, "plymouth", tmp_path / "cache")
    assert cells.group.tolist() == ["inf_1_02"]
    assert np.abs(cells.pixels[0, 25, 15].astype(int) - CELL).max() <= 2
    assert not cells.pixels[0, :6, 44:].any()


def test_what_was_cut_out_is_kept_until_archive_or_code_change(directory, tmp_path, monkeypatch):
    first = laboratories.read(directory, "chula", tmp_path)
    monkeypatch.setattr(laboratories, "cut_all", lambda *_: pytest.fail("cut out anew"))
    again = laboratories.read(directory, "chula", tmp_path)
    assert np.array_equal(first.pixels, again.pixels) and np.array_equal(first.image, again.image)
    monkeypatch.setattr(laboratories, "cut_all", lambda *_: first)
    monkeypatch.setattr(laboratories, "VERSION", -1)
    assert laboratories.read(directory, "chula", tmp_path) is first


def test_groups_are_held_out_as_a_whole(directory, tmp_path):
    cells = laboratories.read(directory, "barcelona", tmp_path)
    assert set(cells.group) == {f"patient_{number}" for number in range(10)}
    kept, out = cells.part(held_out=False), cells.part(held_out=True)
    assert len(kept) + len(out) == len(cells) and len(out) > 0
    assert not set(kept.group) & set(out.group)


def test_one_group_of_five_is_held_out():
    share = np.mean([laboratories.is_held_out(f"images/{number}.png") for number in range(2000)])
    assert share == pytest.approx(0.2, abs=0.03)


def test_some_cells_are_spread_over_both_labels(directory, tmp_path):
    cells = laboratories.read(directory, "bccd", tmp_path)
    some = cells.some(3)
    assert some.positive.sum() == 3 and len(some) == 6
    assert some.image[0] == cells.image[0] and some.image[-1] == cells.image[-1]


def test_a_missing_archive_is_a_sentence(tmp_path):
    with pytest.raises(SystemExit, match="bccd.zip is missing: --laboratories names the directory"):
        laboratories.read(tmp_path, "bccd", tmp_path / "cache")


def test_bbbc041_cannot_be_asked_for_as_a_teacher(directory, tmp_path):
    assert "bbbc041" not in laboratories.teachers()
    assert laboratories.teachers(left_out=["plymouth"]) == [n for n in laboratories.teachers() if n != "plymouth"]
    with pytest.raises(SystemExit, match="measuring only .CC-BY-NC-SA-3.0.: it can't be trained on"):
        laboratories.teaching_cells(directory, ["bccd", "bbbc041"], tmp_path)
    with pytest.raises(SystemExit, match="no laboratory 'bbbc'"):
        laboratories.teachers(["bbbc"])


def test_only_laboratories_whose_licence_allows_it_teach():
    free = {"MIT", "BSD-3-Clause", "CC-BY-4.0"}
    assert {name for name, one in LABORATORIES.items() if one.teaches} == {
        name for name, one in LABORATORIES.items() if one.licence in free
    }


def test_no_bbbc041_cell_is_in_any_training_list():
    """Every recipe that is kept, of folds and of tries, names the laboratories that it trained on."""
    files = [*ROOT.glob("models/*/history/*.json"), *ROOT.glob("models/training/tries/*.json")]
    assert len(files) >= 10
    for file in files:
        taught = json.loads(file.read_text())["recipe"].get("laboratories", {})
        assert set(taught) <= set(laboratories.teachers()), file
