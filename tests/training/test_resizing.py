"""OpenCV's fixed-point resizing: by hand, and against OpenCV where it is installed."""

import numpy as np
import pytest

from models.training.resizing import resize_fixed_point

RANDOM = np.random.default_rng(19)


def picture(*values):
    """One row of grey pixels."""
    return np.repeat(np.array(values, np.uint8)[None, :, None], 3, 2)


def test_by_hand():
    assert resize_fixed_point(picture(0, 100), 4, 1)[0, :, 0].tolist() == [0, 25, 75, 100]
    assert resize_fixed_point(picture(10, 20, 30), 1, 1)[0, 0].tolist() == [20, 20, 20]
    square = np.concatenate([picture(1, 2), picture(3, 5)])
    assert resize_fixed_point(square, 1, 1)[0, 0].tolist() == [3, 3, 3]
    assert np.array_equal(resize_fixed_point(square, 2, 2), square)


def test_even_pictures_stay_even():
    even = np.full((37, 81, 3), (255, 1, 90), np.uint8)
    assert np.array_equal(resize_fixed_point(even, 50, 50), np.full((50, 50, 3), (255, 1, 90), np.uint8))


def test_as_opencv_does_on_every_bit():
    cv2 = pytest.importorskip("cv2")
    for _ in range(60):
        height, width = RANDOM.integers(1, 160, 2)
        to_height, to_width = (int(side) for side in RANDOM.integers(1, 90, 2))
        source = RANDOM.integers(0, 256, (height, width, 3), dtype=np.uint8)
        expected = cv2.resize(source, (to_width, to_height))
        assert np.array_equal(resize_fixed_point(source, to_width, to_height), expected)


@pytest.mark.parametrize(
    ("source", "width"),
    [(np.zeros((4, 4, 3)), 2), (np.zeros((0, 4, 3), np.uint8), 2), (np.zeros((4, 4, 3), np.uint8), 0)],
)
def test_what_is_no_picture_is_refused(source, width):
    with pytest.raises(ValueError, match="uint8"):
        resize_fixed_point(source, width, 2)
