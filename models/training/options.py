"""Command line of a training."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from . import teacher
from .cells import CELLS, ROOT
from .standard import STAINS

CACHE = ROOT / ".cache" / "training"


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Command line of a training; every value that shapes the result is part of the history file."""
    parser = argparse.ArgumentParser(prog="npm run train --", description="Train a network on the packed cells.")
    parser.add_argument("--name", default="resnet34", help="folder under models/ for history and predictions")
    parser.add_argument("--folds", default="0", help="test folds, comma-separated: 0 or 0,1,2,3,4")
    parser.add_argument("--protocol", choices=("patient", "random"), default="patient")
    parser.add_argument("--network", choices=("resnet34", "small", "student"), default="resnet34")
    parser.add_argument("--init", choices=("auto", "torchvision", "parts", "random"), default="auto")
    parser.add_argument("--parts", type=Path, help="directory of the folded ImageNet ResNet-18, one .npy a tensor")
    parser.add_argument("--start", metavar="NAME", help="go on from the weights of NAME, fold by fold")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the way from --start's weights to those reached: what is kept"
    )
    parser.add_argument("--head", choices=("plain", "concat"), default="plain")
    parser.add_argument("--size", type=int, default=96, help="side in pixels that the network sees")
    parser.add_argument("--epochs", type=int, default=5, help="epochs with everything unfrozen")
    parser.add_argument("--frozen-epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=4e-3, help="base learning rate of fine_tune")
    parser.add_argument("--ratio", type=float, default=10.0, help="head's learning rate over the first group's")
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--teacher", metavar="NAME", help="folder under models/ whose scores are part of the targets")
    parser.add_argument("--teacher-scores", choices=teacher.KINDS, default="out-of-fold")
    parser.add_argument("--teacher-share", type=float, default=0.7, help="share of the target that is the teacher's")
    parser.add_argument("--teacher-temperature", type=float, default=1.0)
    parser.add_argument("--max-rotate", type=float, default=180.0)
    parser.add_argument("--max-warp", type=float, default=0.0)
    parser.add_argument("--max-lighting", type=float, default=0.2)
    parser.add_argument("--max-zoom", type=float, default=1.1)
    parser.add_argument("--stain", type=float, default=0.5, help="share of pictures with stain jitter")
    parser.add_argument("--hue", type=float, default=0.4, help="radians")
    parser.add_argument("--saturation", type=float, default=0.4, help="natural logarithm")
    parser.add_argument("--gain", type=float, default=0.2, help="natural logarithm")
    parser.add_argument(
        "--recipe",
        choices=("home", "travelling", "fastai"),
        default="home",
        help="travelling: other laboratories' optics as well; fastai: its aug_transforms as they are by default",
    )
    parser.add_argument(
        "--stain-is",
        choices=STAINS,
        default="own",
        help="cells that are brought to one stain first: none, all, or those learned from and of other laboratories",
    )
    parser.add_argument(
        "--laboratories",
        type=Path,
        metavar="DIR",
        help="archives of other laboratories, whose cells are trained on too",
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these laboratories instead of all that may teach")
    parser.add_argument("--leave-out", nargs="+", default=[], metavar="NAME", help="laboratories not to train on")
    parser.add_argument(
        "--laboratory-cells", type=int, default=2000, help="most cells an epoch of a laboratory's label"
    )
    parser.add_argument("--specks", type=float, default=0.0, help="share of cells with a laboratory's platelet on them")
    parser.add_argument("--mix-style", type=float, default=0.0, help="share of batches whose cells' styles are mixed")
    parser.add_argument(
        "--adversary", type=float, default=0.0, help="weight of the head that features must not tell laboratories by"
    )
    parser.add_argument("--home-cells", type=int, default=0, help="NIH cells an epoch, drawn anew for each; 0: all")
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument(
        "--find-rate", action="store_true", help="run the learning-rate finder first and keep its curve"
    )
    parser.add_argument(
        "--try",
        dest="trial",
        metavar="TITLE",
        help="validation only, never looks at test patients: writes models/training/tries/TITLE.json",
    )
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=0, help="0: one a core")
    parser.add_argument("--nproc", type=int, default=1, help="processes of this machine; more by torchrun")
    parser.add_argument(
        "--source", type=Path, metavar="DIR", help="full-size cells, read as they are and presized, not the packed ones"
    )
    parser.add_argument("--limit", type=int, default=0, help="use only so many cells a part (for tests)")
    parser.add_argument("--cells", type=Path, default=CELLS, help="directory of the packed cells and their split")
    parser.add_argument("--output", type=Path, default=ROOT / "models")
    parser.add_argument("--cache", type=Path, default=CACHE)
    return parser.parse_args(arguments)
