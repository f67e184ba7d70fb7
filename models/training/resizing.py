"""OpenCV's fixed-point bilinear resizing of 8-bit pictures, the way that the packed cells came to 50×50."""

from __future__ import annotations

import numpy as np

ONE = 2048


def _taps(source: int, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First source position of each target position (it may lie outside) and both weights in 1/2048."""
    centre = ((np.arange(size) + 0.5) * (1 / (size / source)) - 0.5).astype(np.float32)
    first = np.floor(centre)
    fraction = centre - first
    weights = [np.rint(weight * np.float32(ONE)).astype(np.int64) for weight in (1 - fraction, fraction)]
    return first.astype(np.int64), weights[0], weights[1]


def resize_fixed_point(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """What ``cv2.resize(picture, (width, height))`` gives, bit for bit, for uint8 pictures [h, w, 3].

    Equal sizes are copied, halving both sides averages 2×2 blocks. Source: OpenCV 4, modules/imgproc/src/resize.cpp,
    ``INTER_LINEAR`` on ``uchar``. Raises ValueError for another type, an empty picture or a size below 1.
    """
    if picture.dtype != np.uint8 or picture.ndim != 3 or 0 in picture.shape or min(width, height) < 1:
        raise ValueError(f"a picture must be uint8 [h, w, 3] and sizes positive: {picture.shape}, {width}×{height}")
    rows, columns = picture.shape[:2]
    if (columns, rows) == (width, height):
        return picture.copy()
    values = picture.astype(np.int64)
    if (columns, rows) == (2 * width, 2 * height):
        return ((values.reshape(height, 2, width, 2, -1).sum((1, 3)) + 2) >> 2).astype(np.uint8)
    x, left, right = _taps(columns, width)
    outside = (x < 0) | (x >= columns - 1)  # OpenCV clamps a column together with its weights, but a row without them
    x, left, right = x.clip(0, columns - 1), np.where(outside, ONE, left), np.where(outside, 0, right)
    y, upper, lower = _taps(rows, height)
    mixed = values[:, x] * left[:, None] + values[:, (x + 1).clip(0, columns - 1)] * right[:, None]
    first, second = (mixed[places.clip(0, rows - 1)] >> 4 for places in (y, y + 1))
    summed = (first * upper[:, None, None] >> 16) + (second * lower[:, None, None] >> 16)
    return ((summed + 2) >> 2).astype(np.uint8)
