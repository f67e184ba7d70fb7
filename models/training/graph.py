"""The folded network as a stock TensorFlow.js graph model: ``model.json`` and weight shards of at most 4 MB."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .augmentation import IMAGENET_MEAN, IMAGENET_STD
from .cells import SIDE
from .folding import Parameters, Quantised, blocks_of, halves, has_wide_stem

SHARD_BYTES = 4 * 1024 * 1024
FLOAT = {"type": "DT_FLOAT"}


def _text(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def _integers(*values: int) -> dict:
    return {"list": {"i": [str(value) for value in values]}}


class Graph:
    """Collects nodes and weights in the order in which they are written."""

    def __init__(self) -> None:
        self.nodes: list[dict] = []
        self.weights: list[tuple[str, Tensor | Quantised | np.ndarray]] = []

    def node(self, name: str, operation: str, inputs: list[str], **attributes: dict) -> str:
        self.nodes.append({"name": name, "op": operation, "input": inputs, "attr": {"T": FLOAT, **attributes}})
        return name

    def constant(self, name: str, value: Tensor | Quantised | np.ndarray) -> str:
        integer = isinstance(value, np.ndarray) and value.dtype == np.int32
        kind = {"type": "DT_INT32" if integer else "DT_FLOAT"}
        dimensions = [{"size": str(size)} for size in _shape(value)]
        tensor = {"dtype": kind["type"], "tensorShape": {"dim": dimensions} if dimensions else {}}
        self.nodes.append(
            {"name": name, "op": "Const", "input": [], "attr": {"dtype": kind, "value": {"tensor": tensor}}}
        )
        self.weights.append((name, value))
        return name

    def convolution(
        self, name: str, inputs: str, weight: Tensor | Quantised, bias: Tensor, stride: int, padding: int, relu: bool
    ) -> str:
        """Convolution, bias and, if asked, ReLU in one step; padding as PyTorch's, the same on all sides."""
        pads = _integers(0, 0, padding, padding, padding, padding, 0, 0)
        fused = [_text("BiasAdd"), *([_text("Relu")] if relu else [])]
        filters = self.constant(f"{name}/weight", _last(weight, (2, 3, 1, 0)))
        return self.node(
            name,
            "_FusedConv2D",
            [inputs, filters, self.constant(f"{name}/bias", bias)],
            strides=_integers(1, stride, stride, 1),
            dilations=_integers(1, 1, 1, 1),
            padding={"s": _text("EXPLICIT")},
            explicit_paddings=pads,
            data_format={"s": _text("NHWC")},
            fused_ops={"list": {"s": fused}},
            num_args={"i": "1"},
            epsilon={"f": 0.0},
        )

    def linear(self, name: str, inputs: str, weight: Tensor | Quantised, bias: Tensor, relu: bool) -> str:
        fused = [_text("BiasAdd"), *([_text("Relu")] if relu else [])]
        matrix = self.constant(f"{name}/weight", _last(weight, (1, 0)))
        return self.node(
            name,
            "_FusedMatMul",
            [inputs, matrix, self.constant(f"{name}/bias", bias)],
            transpose_a={"b": False},
            transpose_b={"b": False},
            fused_ops={"list": {"s": fused}},
            num_args={"i": "1"},
            epsilon={"f": 0.0},
        )


def _shape(value: Tensor | Quantised | np.ndarray) -> tuple[int, ...]:
    return tuple(value.shape)


def _last(value: Tensor | Quantised, order: tuple[int, ...]) -> Tensor | Quantised:
    if isinstance(value, Quantised):
        return Quantised(value.values.permute(order).contiguous(), value.scale, value.minimum, value.bits)
    return value.permute(order).contiguous()


def _max_pool(graph: Graph, source: str) -> str:
    """Maximum over 3×3 pixels at stride 2, the border padded with zeros (after ReLU they change nothing)."""
    pads = graph.constant("stem/paddings", np.array([[0, 0], [1, 1], [1, 1], [0, 0]], np.int32))
    out = graph.node("stem/padded", "Pad", [source, pads], Tpaddings={"type": "DT_INT32"})
    return graph.node(
        "stem/pooled",
        "MaxPool",
        [out],
        ksize=_integers(1, 3, 3, 1),
        strides=_integers(1, 2, 2, 1),
        padding={"s": _text("VALID")},
        data_format={"s": _text("NHWC")},
    )


def build(stored: dict[str, Tensor | Quantised], size: int) -> Graph:
    """Graph from ``cells`` [n, 50, 50, 3] in 0…1 to ``probabilities`` [n, 2] (parasitized, uninfected).

    Named on the way: ``layer1``, ``layer2`` … (maps), ``pooled`` [n, channels], ``logits`` [n, 2].
    """
    graph = Graph()
    shape = {"shape": {"dim": [{"size": "-1"}, {"size": "50"}, {"size": "50"}, {"size": "3"}]}}
    graph.nodes.append({"name": "cells", "op": "Placeholder", "input": [], "attr": {"dtype": FLOAT, "shape": shape}})
    out = "cells"
    if size != SIDE:
        side = graph.constant("enlarge/size", np.array([size, size], np.int32))
        corners = {"align_corners": {"b": True}, "half_pixel_centers": {"b": False}}
        out = graph.node("enlarged", "ResizeBilinear", [out, side], **corners)
    mean = graph.constant("normalise/mean", np.array(IMAGENET_MEAN, np.float32))
    factor = graph.constant("normalise/factor", (1 / np.array(IMAGENET_STD)).astype(np.float32))
    out = graph.node("centred", "Sub", [out, mean])
    out = graph.node("normalised", "Mul", [out, factor])
    wide = has_wide_stem(stored)
    stride, padding = (2, 3) if wide else (1, 1)
    out = graph.convolution("stem", out, stored["stem.weight"], stored["stem.bias"], stride, padding, relu=True)
    if wide:
        out = _max_pool(graph, out)

    def conv(block: str, part: str, source: str, step: int, padding: int, relu: bool) -> str:
        weight, bias = stored[f"{block}.{part}.weight"], stored[f"{block}.{part}.bias"]
        return graph.convolution(f"{block}/{part}", source, weight, bias, step, padding, relu)

    for layer, blocks in blocks_of(stored).items():
        for index in range(blocks):
            name = f"{layer}.{index}"
            stride = 2 if halves(stored, name) else 1
            short = conv(name, "downsample", out, stride, 0, relu=False) if stride == 2 else out
            inner = conv(name, "conv1", out, stride, 1, relu=True)
            inner = conv(name, "conv2", inner, 1, 1, relu=False)
            total = graph.node(f"{name}/sum", "AddV2", [inner, short])
            out = graph.node(layer if index == blocks - 1 else f"{name}/relu", "Relu", [total])
    axes = graph.constant("pool/axes", np.array([1, 2], np.int32))
    keep = {"keep_dims": {"b": False}, "Tidx": {"type": "DT_INT32"}}
    two_steps = "head.1.weight" in stored
    pooled = graph.node("mean" if two_steps else "pooled", "Mean", [out, axes], **keep)
    if two_steps:
        peak = graph.node("peak", "Max", [out, axes], **keep)
        along = graph.constant("pool/along", np.array(1, np.int32))
        pooled = graph.node("pooled", "ConcatV2", [peak, pooled, along], N={"i": "2"}, Tidx={"type": "DT_INT32"})
        pooled = graph.linear("hidden", pooled, stored["head.0.weight"], stored["head.0.bias"], relu=True)
    last = "head.1" if two_steps else "head.0"
    logits = graph.linear("logits", pooled, stored[f"{last}.weight"], stored[f"{last}.bias"], relu=False)
    graph.node("probabilities", "Softmax", [logits])
    return graph


def _bytes_and_entry(name: str, value: Tensor | Quantised | np.ndarray) -> tuple[bytes, dict]:
    shape = list(_shape(value))
    if isinstance(value, Quantised):
        kind = np.uint16 if value.bits == 16 else np.uint8
        quantization = {
            "dtype": kind.__name__,
            "min": value.minimum,
            "scale": value.scale,
            "original_dtype": "float32",
        }
        entry = {"name": name, "shape": shape, "dtype": "float32", "quantization": quantization}
        return value.values.numpy().astype(kind).tobytes(), entry
    array = value if isinstance(value, np.ndarray) else value.float().numpy()
    return array.tobytes(), {"name": name, "shape": shape, "dtype": "int32" if array.dtype == np.int32 else "float32"}


def write(stored: dict[str, Tensor | Quantised] | Parameters, size: int, folder: Path) -> list[dict]:
    """Write ``model.json`` and its shards into ``folder``; return path, bytes and sha256 of each file."""
    return write_graph(build(stored, size), {"cells": (-1, 50, 50, 3)}, {"probabilities": (-1, 2)}, folder)


def write_graph(
    graph: Graph, inputs: dict[str, tuple[int, ...]], outputs: dict[str, tuple[int, ...]], folder: Path
) -> list[dict]:
    """Write a graph with inputs and outputs of these shapes; return path, bytes and sha256 of each file."""
    parts = [_bytes_and_entry(name, value) for name, value in graph.weights]
    whole = b"".join(data for data, _ in parts)
    shards = [whole[start : start + SHARD_BYTES] for start in range(0, len(whole), SHARD_BYTES)]
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("weights-*.bin"):
        stale.unlink()
    paths = [f"weights-{index + 1}-of-{len(shards)}.bin" for index in range(len(shards))]
    for path, shard in zip(paths, shards):
        (folder / path).write_bytes(shard)
    signature = {
        side: {
            name: {"name": f"{name}:0", "dtype": "DT_FLOAT", "tensorShape": _tensor_shape(*shape)}
            for name, shape in shapes.items()
        }
        for side, shapes in (("inputs", inputs), ("outputs", outputs))
    }
    model = {
        "format": "graph-model",
        "generatedBy": f"PyTorch {torch.__version__}",
        "convertedBy": "models/training/graph.py",
        "signature": signature,
        "modelTopology": {"node": graph.nodes, "library": {}, "versions": {"producer": 1}},
        "weightsManifest": [{"paths": paths, "weights": [entry for _, entry in parts]}],
    }
    (folder / "model.json").write_text(json.dumps(model, separators=(",", ":")) + "\n")
    return [describe(folder / path) for path in ("model.json", *paths)]


def _tensor_shape(*sizes: int) -> dict:
    return {"dim": [{"size": str(size)} for size in sizes]}


def describe(path: Path) -> dict:
    """Name, bytes and sha256 of a file."""
    data = path.read_bytes()
    return {"path": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def read(folder: Path) -> Parameters:
    """The float32 parameters of a written model, under the names of ``folding``; undoes ``write``."""
    manifest = json.loads((folder / "model.json").read_text())["weightsManifest"][0]
    data = b"".join((folder / path).read_bytes() for path in manifest["paths"])
    two_steps = any(entry["name"] == "hidden/weight" for entry in manifest["weights"])
    heads = {"hidden": "head.0", "logits": "head.1"} if two_steps else {"logits": "head.0"}
    parameters: Parameters = {}
    position = 0
    for entry in manifest["weights"]:
        stored = entry.get("quantization")
        kind = np.dtype(stored["dtype"] if stored else entry["dtype"])
        count = int(np.prod(entry["shape"]))
        values = np.frombuffer(data, kind, count, position).reshape(entry["shape"])
        position += count * kind.itemsize
        layer, _, part = entry["name"].rpartition("/")
        if part not in ("weight", "bias"):
            continue
        if stored:
            values = (values.astype(np.float64) * stored["scale"] + stored["min"]).astype(np.float32)
        tensor = torch.from_numpy(values.copy())
        if tensor.dim() == 4:
            tensor = tensor.permute(3, 2, 0, 1).contiguous()
        elif tensor.dim() == 2:
            tensor = tensor.T.contiguous()
        parameters[f"{heads.get(layer, layer.replace('/', '.'))}.{part}"] = tensor
    return parameters
