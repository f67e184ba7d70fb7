"""Whole fields with OpenCV's watershed and PyTorch: a JPEG in base64 a line, counted and judged."""

from __future__ import annotations

import base64
import json
import sys
import time
from pathlib import Path

import cv2
import network
import numpy as np
import torch

from models.training import folding

parameters, metadata = network.load(Path(sys.argv[1]))
size = metadata["recipe"]["size"]


def cut_cells(picture: np.ndarray) -> np.ndarray:
    """Cells as OpenCV's tutorial parts touching coins: Otsu, distance from the edge, watershed; on black, 50×50."""
    green = cv2.GaussianBlur(picture[:, :, 1], (5, 5), 0)
    _, dark = cv2.threshold(green, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    dark = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8), iterations=2)
    distance = cv2.distanceTransform(dark, cv2.DIST_L2, 5)
    sure = (distance > 0.5 * distance.max()).astype(np.uint8)
    _, markers = cv2.connectedComponents(sure)
    markers += 1
    markers[(dark > 0) & (sure == 0)] = 0
    markers = cv2.watershed(picture, markers)
    cells = []
    for label in range(2, markers.max() + 1):
        mask = (markers == label).astype(np.uint8)
        left, top, width, height = cv2.boundingRect(mask)
        part = picture[top : top + height, left : left + width] * mask[top : top + height, left : left + width, None]
        cells.append(cv2.resize(part, (50, 50), interpolation=cv2.INTER_AREA)[:, :, ::-1])
    return np.stack(cells)


print(json.dumps({"version": f"opencv {cv2.__version__}, pytorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    content = np.frombuffer(base64.b64decode(line), np.uint8)
    start = time.perf_counter()
    cells = cut_cells(cv2.imdecode(content, cv2.IMREAD_COLOR))
    outlined = time.perf_counter() - start
    folding.score(parameters, torch.from_numpy(np.ascontiguousarray(cells)), size, batch=64, progress=False)
    judged = time.perf_counter() - start
    print(json.dumps({"found": len(cells), "outlined": outlined * 1000, "judged": judged * 1000}), flush=True)
