"""PyTorch on the shipped weights, asked by the benchmark over standard input: "threads cells batch" a line."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import network
import numpy as np
import torch

from models.training import folding

folder, cells = Path(sys.argv[1]), Path(sys.argv[2])
parameters, metadata = network.load(folder)
size = metadata["recipe"]["size"]
pixels = torch.from_numpy(np.fromfile(cells, np.uint8).reshape(-1, 50, 50, 3))
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    threads, count, batch = map(int, line.split())
    torch.set_num_threads(threads)
    start = time.perf_counter()
    scores = folding.score(parameters, pixels[:count], size, batch=batch, progress=False)
    print(json.dumps({"milliseconds": (time.perf_counter() - start) * 1000, "p": float(scores[0])}), flush=True)
