"""A minimal upload server like the one that the site replaced, with the shipped weights: Flask and PyTorch.

One page with a file input; a POST brings a picture to 50×50, classifies it and answers with one line.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import network
import numpy as np
import torch
from flask import Flask, request
from PIL import Image

from models.training import folding

folder, port = Path(sys.argv[1]), int(sys.argv[2])
parameters, metadata = network.load(folder)
app = Flask(__name__)
logging.getLogger("werkzeug").setLevel(logging.ERROR)


@app.get("/")
def page() -> str:
    """The upload form."""
    return (
        "<!doctype html><title>Malaria</title><form method=post enctype=multipart/form-data><input type=file name=file>"
    )


@app.post("/")
def classify() -> str:
    """One line with the class of the uploaded picture, and its probability for the benchmark."""
    picture = Image.open(request.files["file"].stream).convert("RGB").resize((50, 50), Image.Resampling.BILINEAR)
    pixels = torch.from_numpy(np.asarray(picture)[None].copy())
    p = float(folding.score(parameters, pixels, metadata["recipe"]["size"], progress=False)[0])
    return f"Prediction: {metadata['labels'][0 if p >= 0.5 else 1]} {p}"


app.run("127.0.0.1", port, threaded=True)
