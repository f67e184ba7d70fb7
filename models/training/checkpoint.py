"""Checkpoints of a training: the weights that they give, and those that another training goes on from."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor

from . import folding, graph
from .folding import Parameters, Quantised
from .network import Network, StudentNetwork


def read_checkpoint(path: Path) -> tuple[Parameters, dict[str, Tensor | Quantised]]:
    """A checkpoint's folded weights in float32, and as they are shipped.

    Raises SystemExit where it is of the small CNN, which is never shipped.
    """
    saved = torch.load(path, map_location="cpu")
    recipe = saved["recipe"]
    if recipe["network"] == "small":
        raise SystemExit(f"{path} is of the small CNN, which is not shipped: choose a ResNet-34 or a student")
    network = StudentNetwork() if recipe["network"] == "student" else Network(recipe["head"])
    network.load_state_dict(saved["network"])
    return folding.store(network)


def read_start(name: str, fold: int, models: Path, cache: Path) -> tuple[Parameters, str]:
    """The weights named ``name`` that were held out of a fold, as they are shipped, and the sentence that says so.

    What ``models/<name>/`` ships, or else the checkpoint of that fold's training. Raises SystemExit where what is
    shipped was held out of another fold, whose test it would spoil, and there is no checkpoint.
    """
    shipped = models / name / "metadata.json"
    test_fold = json.loads(shipped.read_text())["split"]["testFold"] if shipped.exists() else None
    if test_fold == fold:
        return graph.read(models / name), f"the shipped weights of models/{name}, held out of fold {fold}"
    checkpoint = cache / name / f"fold-{fold}.pt"
    if checkpoint.exists():
        return folding.restore_all(read_checkpoint(checkpoint)[1]), f"the weights of {name}, held out of fold {fold}"
    if test_fold is None:
        raise SystemExit(f"{checkpoint} is missing: train that fold first (npm run train -- --name {name})")
    raise SystemExit(f"{models / name} ships fold {test_fold}, which learned from fold {fold}'s test patients")
