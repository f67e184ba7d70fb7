"""The shipped network in PyTorch, as quick as Debian's packages make it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch

from models.training import graph
from models.training.folding import Parameters


def load(folder: Path) -> tuple[Parameters, dict[str, Any]]:
    """The parameters, laid out as PyTorch's convolutions like them, and what ``metadata.json`` says.

    Ends the program where PyTorch would compute single cells on the reference BLAS: a slow contender is no contender.
    """
    if "/blas/libblas.so" in Path("/proc/self/maps").read_text():
        sys.exit("PyTorch runs on the slow reference BLAS. Install another: apt-get install libopenblas0-pthread")
    parameters = {
        name: value.contiguous(memory_format=torch.channels_last) if value.dim() == 4 else value
        for name, value in graph.read(folder).items()
    }
    return parameters, json.loads((folder / "metadata.json").read_text())
