"""The finder's outlines, composed fields, targets and shipped graph."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
import torch
from scipy import ndimage

from models.training import finder, finder_export, finder_patches, finder_targets
from models.training.cells import ROOT
from models.training.compose import CLUMPED, Composer, Composition, compose, mask_of, turned, without_rim
from models.training.fields import ARCHIVES, DIAMETER, KINDS, Field, lone_box, outline_in
from models.training.finder_network import RADIUS, FinderNetwork, stretch
from models.training.sample_fields import compose_sample
from models.training.stars import DIRECTIONS, corners, distances, ellipse, filled, star_of_mask
from models.training.white_cells import lone_white_cell


def disc(side: int, x: float, y: float, radius: float) -> np.ndarray:
    v, u = np.mgrid[:side, :side] + 0.5
    return (u - x) ** 2 + (v - y) ** 2 <= radius**2


def cell(side: int = 50, value: tuple[int, int, int] = (200, 120, 130)) -> np.ndarray:
    return np.where(disc(side, side / 2, side / 2, side / 2 - 1)[..., None], np.array(value, np.uint8), np.uint8(0))


def test_an_ellipse_reaches_its_box() -> None:
    centre, radii = ellipse(np.array((10.0, 20.0, 30.0, 60.0)))
    assert centre.tolist() == [20, 40]
    assert radii[0] == pytest.approx(10) and radii[DIRECTIONS // 4] == pytest.approx(20)


def test_a_disc_becomes_a_star_of_its_radius() -> None:
    centre, radii = star_of_mask(disc(40, 18, 22, 9))
    assert centre == pytest.approx((18, 22), abs=0.2)
    assert np.abs(radii - 9).max() < 1
    assert radii.mean() == pytest.approx(9, abs=0.2)
    assert (filled(corners(centre, radii), 40, 40) ^ disc(40, 18, 22, 9)).sum() < 30


def test_distances_from_beside_the_middle() -> None:
    polygon = corners(np.array((0.0, 0.0)), np.full(DIRECTIONS, 10.0))
    far = distances(np.array(((4.0, 0.0), (0.0, -4.0))), np.stack((polygon, polygon)))
    assert far[0, 0] == pytest.approx(6) and far[0, DIRECTIONS // 2] == pytest.approx(14)
    assert far[1, DIRECTIONS // 4] == pytest.approx(14) and far[1, 3 * DIRECTIONS // 4] == pytest.approx(6)


def test_a_box_is_filled_by_what_lies_in_it_or_by_an_ellipse() -> None:
    square = np.zeros((40, 40), bool)
    square[10:30, 10:30] = disc(20, 10, 10, 9.9)
    _, radii = outline_in(square, np.array((10.0, 10.0, 30.0, 30.0)))
    assert np.abs(radii - 9.5).max() < 1.2
    centre, radii = outline_in(np.zeros((40, 40), bool), np.array((10.0, 10.0, 30.0, 30.0)))
    assert centre.tolist() == [20, 20] and radii == pytest.approx(np.full(DIRECTIONS, 10))


def test_a_point_beside_a_lone_cell_is_moved_to_it() -> None:
    mask = disc(60, 30, 30, 10)
    assert lone_box(mask, np.array((16.0, 17.0, 38.0, 39.0))).tolist() == [20, 20, 40, 40]
    mask[:, 25:35] = True
    assert lone_box(mask, np.array((20.0, 20.0, 40.0, 40.0))).tolist() == [20, 20, 40, 40]


def test_a_drawn_white_cell_is_pale_around_a_dark_nucleus_that_fills_much_of_it() -> None:
    for seed in range(12):
        field = lone_white_cell(np.random.default_rng(seed))
        assert field.kind.tolist() == [KINDS.index("white")]
        side = field.picture.shape[0]
        inside = filled(field.polygon[0], side, side)
        across = np.ptp(field.polygon[0], 0)
        assert 0.6 * DIAMETER < across.min() <= across.max() < 1.5 * DIAMETER
        green = field.picture[..., 1].astype(float)
        ground = np.median(green[~inside])
        dark = inside & (green < 0.55 * ground)
        assert 0.3 < dark.sum() / inside.sum() < 0.98
        assert np.median(green[inside & ~dark]) > 0.6 * ground


def test_bbbc041_never_teaches() -> None:
    assert not ARCHIVES["bbbc041"].teaches


def test_a_cell_lets_its_own_share_of_light_through() -> None:
    composer = Composer(Composition(80, 80, 0, 0, inside=True), np.random.default_rng(0))
    one = cell()
    assert composer.add(one, mask_of(one), np.full(3, 240.0)) == 0
    field = composer.field("one", np.full(3, 240.0))
    x, y = field.centre[0].astype(int)
    assert field.picture[y, x].tolist() == [200, 120, 130]
    assert field.picture[0, 0].tolist() == [240, 240, 240]
    again = Composer(Composition(80, 80, 0, 0, inside=True), np.random.default_rng(0))
    again.add(one, mask_of(one), np.full(3, 240.0))
    assert (again.field("one", np.full(3, 240.0)).picture == field.picture).all()


def test_cells_that_cover_each_other_are_a_clump_and_darker() -> None:
    composer = Composer(Composition(52, 52, 0, 0, overlap=1, inside=False), np.random.default_rng(3))
    one = cell(46)
    for _ in range(2):
        composer.add(one, mask_of(one), np.full(3, 240.0), tries=500)
    kinds = composer.field("two", np.full(3, 240.0)).kind.tolist()
    assert len(kinds) == 2
    assert kinds in ([3, 3], [0, 0])
    assert (kinds == [3, 3]) == ((composer.light[..., 1] < 0.3).sum() > CLUMPED * mask_of(one).sum())


def test_a_cell_loses_the_dark_line_around_it_and_keeps_its_inside() -> None:
    one = cell()
    mask = mask_of(one)
    rim = mask & ~ndimage.binary_erosion(mask)
    one[rim] //= 3
    clean = without_rim(one, mask)
    assert (clean[mask] == (200, 120, 130)).all()
    assert (clean[25, 25] == one[25, 25]).all() and clean.min() > 0


def test_pale_cells_out_of_focus_are_seen_and_not_counted() -> None:
    cells, plan = np.stack([cell()]), Composition(120, 120, 24, 0, ghosts=3)
    field = compose("ghosts", plan, cells, np.ones(1), np.random.default_rng(5))
    plain = compose("none", Composition(120, 120, 24, 0), cells, np.ones(1), np.random.default_rng(5))
    assert len(field.kind) == 0
    paler = field.picture.astype(int) - plain.picture
    assert paler.max() <= 0 and -40 < paler.min() < -1


def test_cells_that_may_overlap_lie_beside_others() -> None:
    cells = np.stack([cell()] * 4)
    covered = []
    for overlap in (0.0, 1.0):
        plan = Composition(200, 200, 24, 0.4, overlap)
        field = compose("beside", plan, cells, np.ones(4), np.random.default_rng(8))
        masks = np.sum([filled(polygon, 200, 200) for polygon in field.polygon], 0)
        covered.append((masks > 1).sum() / (masks > 0).sum())
    assert covered[1] > covered[0] + 0.1


def test_training_goes_on_from_what_is_shipped() -> None:
    folder = ROOT / "models" / "finder"
    stored = json.loads((folder / "metadata.json").read_text())["selfTest"]
    picture = np.frombuffer(base64.b64decode(stored["rgb"]), np.uint8).reshape(stored["side"], stored["side"], 3)
    pictures = torch.from_numpy(stretch(picture)).permute(2, 0, 1)[None]
    network = FinderNetwork()
    finder.start_from(network, folder, pictures)
    assert network.training
    network.eval()
    with torch.no_grad():
        maps = network(pictures)[0].flatten(1)[:, stored["place"]]
    assert maps.numpy() == pytest.approx(np.array(stored["maps"]), abs=0.02)


def test_cells_keep_clear_where_none_may_overlap() -> None:
    cells = np.stack([cell()] * 4)
    field = compose("clear", Composition(160, 160, 24, 0.4), cells, np.ones(4), np.random.default_rng(1))
    masks = [filled(polygon, 160, 160) for polygon in field.polygon]
    assert len(masks) > 10
    assert np.sum(masks, 0).max() <= 2 and (np.sum(masks, 0) > 1).sum() < 40


def test_a_sample_field_holds_its_cells_whole_and_clear_of_each_other_where_it_says() -> None:
    pixels = cell()
    mask = mask_of(pixels)
    pixels[mask & ~ndimage.binary_erosion(mask, iterations=2)] //= 3
    uninfected = [(f"cell-{n}.png", pixels) for n in range(5)]
    field, rows = compose_sample("few", [("parasite.png", pixels)], uninfected, seed=3)
    assert [row["label"] for row in rows] == ["parasitized"] + ["uninfected"] * 5
    assert field.picture.shape == (1800, 2400, 3)
    ground = np.median(field.picture.reshape(-1, 3), 0)
    seen = np.abs(field.picture - ground).max(2) > 40
    for row in rows:
        assert row["width"] / 2 <= row["x"] <= 2400 - row["width"] / 2
        assert row["height"] / 2 <= row["y"] <= 1800 - row["height"] / 2
        assert seen[round(row["y"]), round(row["x"])]
    labels, count = ndimage.label(seen)
    assert count == 6
    # Without the dark line around the single cells.
    assert field.picture[labels > 0].min() > 0.9 * 120


def test_a_cell_is_turned_whole() -> None:
    out = turned(cell(), 30, 20, 90, True)
    assert out.shape[0] >= 30 and out.shape[1] >= 20
    assert mask_of(out).sum() == pytest.approx(np.pi / 4 * 30 * 20, rel=0.15)


def test_targets_say_where_the_middle_is_and_how_far_it_reaches() -> None:
    centre = np.array(((40.5, 40.5),))
    polygon = corners(centre, np.full((1, DIRECTIONS), 14.0))
    things = Field("one", np.zeros((160, 160, 3), np.uint8), np.array((1,)), centre, polygon)
    heat, kind, places, far = finder_targets.targets(things, 160, np.random.default_rng(0))
    assert heat[20, 20] == 1 and heat[20, 40] == 0
    assert kind[20, 20] == 1 and kind[0, 0] == -1
    assert heat[20, 23] == pytest.approx(1 - 6 / 14, abs=0.02)
    assert len(places) == finder_targets.PIXELS_A_CELL == len(far)
    to_the_middle = torch.stack((places % 80, places // 80), 1).float() - 20
    assert far.max(1).values.numpy() == pytest.approx((14 + 2 * to_the_middle.norm(dim=1).numpy()) / RADIUS, abs=0.06)


def test_a_patch_cuts_things_off_at_its_edge() -> None:
    rng = np.random.default_rng(2)
    centre = np.array(((10.0, 50.0),))
    whole = Field(
        "f", np.full((100, 100, 3), 200, np.uint8), np.zeros(1, int), centre, corners(centre, np.full((1, 32), 20.0))
    )
    for _ in range(20):
        part = finder_patches.cut_patch(whole, 40, 1.0, rng)
        assert part.picture.shape == (40, 40, 3)
        assert ((part.polygon >= 0) & (part.polygon <= 40)).all()


def lone_field(diameter: float) -> Field:
    """A disc of a kind of its own in the middle of a field 300 pixels wide."""
    centre = np.array(((150.0, 150.0),))
    picture = np.where(disc(300, 150, 150, diameter / 2)[..., None], np.uint8(90), np.uint8(220)).repeat(3, 2)
    return Field("f", picture, np.array((1,)), centre, corners(centre, np.full((1, DIRECTIONS), diameter / 2)))


@pytest.mark.parametrize("diameter", [12, 44, 150])
def test_one_thing_is_cut_out_at_the_size_that_is_asked_for(diameter: int) -> None:
    rng = np.random.default_rng(9)
    for _ in range(10):
        part = finder_patches.cut_alone(lone_field(diameter), 0, 28, rng)
        side = part.picture.shape[0]
        assert 29 <= side <= finder_patches.TILE and part.picture.shape == (side, side, 3)
        assert np.ptp(part.polygon[0], 0).max() == pytest.approx(28, abs=1.5)
        assert (part.picture[..., 0] < 155).mean() == pytest.approx(np.pi * 14**2 / side**2, rel=0.12)


def test_small_pictures_lie_apart_on_nothing() -> None:
    rng = np.random.default_rng(10)
    parts = [finder_patches.cut_alone(lone_field(44), 0, 24, rng) for _ in range(9)]
    whole = finder_patches.mosaic(parts)
    assert whole.picture.shape == (160, 160, 3) and whole.picture.dtype == np.float32
    assert whole.kind.tolist() == [1] * 9 and whole.known is not None and whole.known.all()
    for number, part in enumerate(parts):
        top, left = (56 * place for place in divmod(number, 3))
        side = part.picture.shape[0]
        assert (whole.picture[top : top + side, left : left + side] == stretch(part.picture)).all()
        assert (whole.picture[top + side : top + 56, left : left + 56] == 0).all()
        assert whole.centre[number] == pytest.approx(part.centre[0] + (left, top))


def test_patches_are_fields_or_boards_of_small_pictures() -> None:
    patches = finder_patches.Patches({"one": [lone_field(60)]}, 3, [np.stack([cell(value=(90, 40, 140))] * 2)])
    parts = [patches.alone() for _ in range(30)]
    assert {int(kind) for part in parts for kind in part.kind} == {0, 1}
    assert all(part.picture.dtype == np.uint8 and part.picture.shape[0] <= finder_patches.TILE for part in parts)
    whole = [patches.one() for _ in range(20)]
    assert {part.picture.dtype.name for part in whole} == {"uint8", "float32"}
    pictures, (heat, kind, flat, far), known = patches.batch()
    assert pictures.shape == (8, 3, 160, 160) and heat.shape == kind.shape == known.shape == (8, 80, 80)
    assert len(flat) == len(far) > 100


def test_spoiling_keeps_the_shape_and_is_drawn_anew() -> None:
    rng = np.random.default_rng(4)
    picture = np.random.default_rng(0).integers(100, 240, (32, 32, 3)).astype(np.uint8)
    drawn = [finder_patches.spoil(picture, rng) for _ in range(6)]
    assert all(one.shape == picture.shape and one.dtype == np.uint8 for one in drawn)
    assert len({one.tobytes() for one in drawn}) == 6


def test_contrast_is_stretched_from_the_bright_end() -> None:
    ramp = np.arange(50, 150, dtype=np.uint8)[None, :, None].repeat(3, 2)
    out = stretch(ramp)
    assert out[0, 0, 0] == 0 and out[0, 97, 0] == 1
    assert (stretch(np.full((8, 8, 3), 90, np.uint8)) == 1).all()


def test_the_shipped_graph_has_the_networks_weights(tmp_path) -> None:
    torch.manual_seed(0)
    network = FinderNetwork().train()
    for _ in range(3):
        network(torch.rand(2, 3, 64, 64))
    network.eval()
    stored = finder_export.rounded(finder_export.folded(network))
    picture = torch.rand(1, 3, 64, 96)
    with torch.no_grad():
        exact, shipped = network(picture), finder_export.restored(network, stored)(picture)
    assert exact.shape == (1, 37, 32, 48)
    assert (exact - shipped).abs().max() < 0.05
    graph = finder_export.build(stored)
    assert graph.nodes[-1]["name"] == "maps"
    assert {node["op"] for node in graph.nodes} == {"Placeholder", "Const", "_FusedConv2D", "DepthToSpace", "AddV2"}
