"""Compose the fields that the smear page offers as samples: ``npm run samples:smear -- --originals <directory>``.

Full-size NIH cells of fold 0's test patients, who took no part in training the shipped networks, with undisputed
labels, laid as the training's are, each wholly in the picture and clear of the others, on plain ground. Writes into
``src/data/samples/smear/`` a JPEG a field, and ``truth.json`` with where each cell lies and whether its label is
parasitized.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from .cells import ROOT, load_rows, split_of_fold
from .compose import Composer, Composition, mask_of, turned, without_rim
from .fields import Field

WIDTH, HEIGHT = 2400, 1800
GROUND = np.array((236.0, 229.0, 233.0), np.float32)
CELLS = 100
PARASITIZED = {"composed-0": 0, "composed-1": 1, "composed-8": 8}
"""Parasitized cells in each field of a hundred."""
QUALITY = 88


def compose_sample(
    name: str, parasitized: list[tuple[str, np.ndarray]], uninfected: list[tuple[str, np.ndarray]], seed: int
) -> tuple[Field, list[dict]]:
    """A field of full-size cells (file name, pixels [h, w, 3] uint8 on black), and a row a cell."""
    rng = np.random.default_rng(seed)
    composer = Composer(Composition(WIDTH, HEIGHT, 0, 0, inside=True), rng)
    rows: list[dict] = []
    for label, cells in (("parasitized", parasitized), ("uninfected", uninfected)):
        for file, pixels in cells:
            whole = mask_of(pixels)
            way = (pixels.shape[1], pixels.shape[0], float(rng.uniform(0, 360)), bool(rng.integers(2)))
            mask = turned(whole[..., None].repeat(3, 2).astype(np.uint8) * 255, *way)[..., 0] >= 128
            cell = turned(without_rim(pixels, whole), *way)
            if composer.add(cell, mask, GROUND, tries=400) is None:
                raise ValueError(f"{name}: no room for {file}")
            polygon = composer.polygons[-1]
            low, high = polygon.min(0), polygon.max(0)
            x, y = ((low + high) / 2).round(1).tolist()
            width, height = (high - low).round(1).tolist()
            rows.append({"file": file, "x": x, "y": y, "width": width, "height": height, "label": label})
    v, u = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
    light = GROUND * (1 - 0.03 * (u**2 + v**2))[..., None] + rng.normal(0, 0.8, (HEIGHT, WIDTH, 1))
    composer.light = ndimage.gaussian_filter(composer.light, (0.6, 0.6, 0))
    return composer.field(name, light), rows


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run samples:smear --", description=__doc__.splitlines()[0])
    parser.add_argument("--originals", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=ROOT / "src" / "data" / "samples" / "smear")
    options = parser.parse_args(arguments)
    rows = load_rows()
    held: dict[bool, list[tuple[str, np.ndarray]]] = {True: [], False: []}
    for index in split_of_fold(rows, 0).test:
        path = options.originals / rows.rows[index]["file"]
        if path.exists() and not rows.disputed[index]:
            pixels = np.asarray(Image.open(path).convert("RGB"))
            held[bool(rows.positive[index])].append((path.name, pixels))
    options.output.mkdir(parents=True, exist_ok=True)
    truth = {}
    taken = 0
    for seed, (name, count) in enumerate(PARASITIZED.items()):
        healthy = [held[False][(seed * CELLS + n) % len(held[False])] for n in range(CELLS - count)]
        field, cells = compose_sample(name, held[True][taken : taken + count], healthy, seed)
        taken += count
        Image.fromarray(field.picture).save(options.output / f"{name}.jpg", quality=QUALITY)
        truth[name] = {"width": WIDTH, "height": HEIGHT, "cells": cells}
    (options.output / "truth.json").write_text(json.dumps(truth, separators=(",", ":")) + "\n")
    print(f"{len(held[True])} parasitized and {len(held[False])} uninfected cells to choose from")


if __name__ == "__main__":
    main()
