"""Export a trained fold as the TensorFlow.js model that the site ships: ``npm run export -- --name resnet34 --fold 0``.

Writes ``model.json``, the weight shards and ``metadata.json`` into ``models/<name>/``, and the same network with
unquantised weights, with reference scores, into ``.cache/export/<name>/`` for the parity check.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import torch

from . import folding, graph
from .augmentation import IMAGENET_MEAN, IMAGENET_STD
from .cells import ROOT, SIDE, load_cells, split_of_fold
from .checkpoint import read_checkpoint
from .figures import area_under_roc
from .network import CLASSES
from .options import CACHE
from .predictions import scores_of

PARITY_CELLS = 1000


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run export --", description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="resnet34")
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--output", type=Path, default=ROOT / "models")
    options = parser.parse_args(arguments)
    torch.set_num_threads(torch.get_num_threads() if torch.get_num_threads() > 1 else 2)
    folder = options.output / options.name
    history = json.loads((folder / "history" / f"fold-{options.fold}.json").read_text())
    recipe = history["recipe"]
    checkpoint = options.cache / options.name / f"fold-{options.fold}.pt"
    if not checkpoint.exists():
        raise SystemExit(f"{checkpoint} is missing: train that fold first (npm run train -- --folds {options.fold})")
    kind = recipe.get("network", "resnet34")
    plain, stored = read_checkpoint(checkpoint)
    files = graph.write(stored, recipe["size"], folder)

    cells = load_cells()
    test = split_of_fold(cells, options.fold).test
    pixels = torch.from_numpy(cells.pixels[test])
    exact = folding.score(plain, pixels, recipe["size"]).numpy()
    rounded = folding.score(folding.restore_all(stored), pixels, recipe["size"]).numpy()
    kept = scores_of(folder / "predictions.csv", options.fold)
    if np.abs(kept - rounded).max() > 1e-5:
        raise SystemExit(f"predictions.csv does not belong to {checkpoint}: train fold {options.fold} again")
    positive = cells.positive[test]
    step = np.linspace(0, len(test) - 1, PARITY_CELLS).astype(int)
    float_folder = ROOT / ".cache" / "export" / options.name
    graph.write(plain, recipe["size"], float_folder)
    reference = [{"file": cells.rows[test[i]]["file"], "p": float(exact[i])} for i in step]
    (float_folder / "reference.json").write_text(json.dumps(reference) + "\n")

    difference = np.abs(exact - rounded)
    witnesses = [int(np.abs(rounded - target).argmin()) for target in (0.2, 0.8)]
    metadata = {
        "name": options.name,
        "labels": list(CLASSES),
        "positive": CLASSES[0],
        "input": {
            "node": "cells",
            "shape": [-1, SIDE, SIDE, 3],
            "channels": "RGB",
            "range": [0, 1],
            "resize": {
                "width": SIDE,
                "height": SIDE,
                "method": "opencv-bilinear-fixed-point",
                "note": "cv2.resize's default on 8-bit pictures, aspect ratio not kept; then divided by 255",
            },
            "insideTheGraph": {
                "enlarge": {"size": recipe["size"], "method": "bilinear", "alignCorners": True},
                "normalise": {"mean": list(IMAGENET_MEAN), "std": list(IMAGENET_STD)},
            },
        },
        "output": {"node": "probabilities", "shape": [-1, len(CLASSES)], "order": list(CLASSES)},
        "files": files,
        "parameters": int(sum(tensor.numel() for tensor in plain.values())),
        "initialisation": recipe["initialisation"],
        "split": {"file": "src/data/cells/split.json", "protocol": recipe["protocol"], "testFold": options.fold},
        "seed": recipe["seed"],
        "commit": recipe["commit"],
        "recipe": recipe,
        "quantisation": {
            "bits": f"8 (16 for tensors under {folding.FINE_BELOW[kind]} weights), even steps a tensor, biases float32",
            "cells": len(test),
            "maxDifference": float(difference.max()),
            "meanDifference": float(difference.mean()),
            "aucFloat32": area_under_roc(exact, positive),
            "aucQuantised": area_under_roc(rounded, positive),
        },
        "selfTest": [
            {
                "file": cells.rows[test[i]]["file"],
                "p": float(rounded[i]),
                "rgb": base64.b64encode(cells.pixels[test[i]].tobytes()).decode(),
            }
            for i in witnesses
        ],
    }
    (folder / "metadata.json").write_text(json.dumps(metadata, indent=1, ensure_ascii=False) + "\n")
    total = sum(file["bytes"] for file in files)
    print(f"{folder}: {len(files)} files, {total:,} bytes; 8-bit weights move p by at most {difference.max():.4f}")


if __name__ == "__main__":
    main()
