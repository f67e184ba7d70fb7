"""Export the finder as the TensorFlow.js model that the site ships: ``npm run export:finder -- --checkpoint <folder>``.

Writes ``model.json``, the weights and ``metadata.json`` into ``models/finder/``; with ``--output`` elsewhere.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .cells import ROOT, load_cells, split_of_fold
from .compose import Composition, compose, original_sizes
from .fields import ARCHIVES, KINDS
from .finder_network import RADIUS, STRIDE, FinderNetwork, stretch
from .folding import Quantised, fold_pair, quantise
from .graph import FLOAT, Graph, write_graph
from .stars import DIRECTIONS

CHANNELS = 1 + DIRECTIONS + len(KINDS)
FINE_BELOW = 8_000
"""Tensors with fewer weights than this are stored on 16 bits, the others on 8."""
TEST_SIDE = 96


def folded(network: FinderNetwork) -> dict[str, Tensor]:
    """Weights and biases with every BatchNorm folded in."""
    parameters: dict[str, Tensor] = {}
    for name, part in network.named_modules():
        if isinstance(part, nn.Sequential):
            parameters[f"{name}.weight"], parameters[f"{name}.bias"] = (
                value.detach() for value in fold_pair(part[0], part[1])
            )
    parameters["head.weight"], parameters["head.bias"] = network.head.weight.detach(), network.head.bias.detach()
    return parameters


def rounded(parameters: dict[str, Tensor]) -> dict[str, Tensor | Quantised]:
    """Weights on 8 bits, those of small tensors on 16; biases stay float32."""
    return {
        name: value if name.endswith("bias") else quantise(value, 16 if value.numel() < FINE_BELOW else 8)
        for name, value in parameters.items()
    }


def _fourfold(value: Tensor | Quantised) -> Tensor | Quantised:
    """Filters [o, i, 1, 1] or biases [o] repeated for the four pixels that each becomes."""
    if isinstance(value, Quantised):
        return Quantised(value.values.repeat(4, 1, 1, 1), value.scale, value.minimum, value.bits)
    return value.repeat(4, 1, 1, 1) if value.dim() == 4 else value.repeat(4)


def build(stored: dict[str, Tensor | Quantised]) -> Graph:
    """Graph from ``field`` [n, h, w, 3] to ``maps`` [n, h/2, w/2, 37]; enlarging repeats pixels by ``DepthToSpace``."""
    graph = Graph()
    shape = {"shape": {"dim": [{"size": size} for size in ("-1", "-1", "-1", "3")]}}
    graph.nodes.append({"name": "field", "op": "Placeholder", "input": [], "attr": {"dtype": FLOAT, "shape": shape}})

    def conv(name: str, source: str, stride: int = 1, padding: int = 1, relu: bool = True) -> str:
        return graph.convolution(
            name.replace(".", "/"), source, stored[f"{name}.weight"], stored[f"{name}.bias"], stride, padding, relu
        )

    maps = [conv("first", conv("enter", "field", 2))]
    for level in range(3):
        maps.append(conv(f"deep.{level}", conv(f"down.{level}", maps[-1], 2)))
    out = maps.pop()
    for level in (2, 1, 0):
        name = f"narrow.{level}"
        weight, bias = (_fourfold(stored[f"{name}.{part}"]) for part in ("weight", "bias"))
        narrow = graph.convolution(f"narrow/{level}", out, weight, bias, 1, 0, relu=True)
        larger = graph.node(
            f"larger/{level}",
            "DepthToSpace",
            [narrow],
            block_size={"i": "2"},
            data_format={"s": base64.b64encode(b"NHWC").decode()},
        )
        out = conv(f"merge.{level}", graph.node(f"sum/{level}", "AddV2", [larger, maps.pop()]))
    conv("head", out, padding=0, relu=False)
    graph.nodes[-1]["name"] = "maps"
    return graph


def restored(network: FinderNetwork, stored: dict[str, Tensor | Quantised]) -> FinderNetwork:
    """The network that computes with the stored weights, its norms made to do nothing."""
    plain = FinderNetwork().eval()
    plain.load_state_dict(network.state_dict())
    with torch.no_grad():
        for name, part in plain.named_modules():
            if isinstance(part, nn.Sequential):
                weight, bias = stored[f"{name}.weight"], stored[f"{name}.bias"]
                part[0].weight.copy_(weight.restore() if isinstance(weight, Quantised) else weight)
                part[1].weight.copy_((part[1].running_var + part[1].eps).sqrt())
                part[1].bias.copy_(bias + part[1].running_mean)
        head = stored["head.weight"]
        plain.head.weight.copy_(head.restore() if isinstance(head, Quantised) else head)
    return plain


def test_field() -> np.ndarray:
    """A small composed picture [96, 96, 3] uint8 for the self-test, of cells of fold 0's test patients."""
    rows = load_cells(progress=False, only=())
    chosen = split_of_fold(rows, 0).test[::150]
    cells = load_cells(progress=False, only=chosen)
    sizes = original_sizes()
    ratio = np.array([(s := sizes.get(cells.rows[i]["file"], (1, 1)))[0] / s[1] for i in chosen])
    plan = Composition(TEST_SIDE, TEST_SIDE, 28, 0.4)
    return compose("self-test", plan, cells.pixels[chosen], ratio, np.random.default_rng(7)).picture


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="npm run export:finder --", description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=ROOT / "models" / "finder")
    options = parser.parse_args(arguments)
    kept = torch.load(options.checkpoint / "finder.pt", map_location="cpu")
    network = FinderNetwork().eval()
    network.load_state_dict(kept["network"])
    stored = rounded(folded(network))
    files = write_graph(build(stored), {"field": (-1, -1, -1, 3)}, {"maps": (-1, -1, -1, CHANNELS)}, options.output)
    picture = test_field()
    given = torch.from_numpy(stretch(picture)).permute(2, 0, 1)[None]
    with torch.no_grad():
        exact, shipped = network(given)[0], restored(network, stored)(given)[0]
    place = int(exact[0].argmax())
    metadata = {
        "name": "finder",
        "input": {
            "node": "field",
            "shape": [-1, -1, -1, 3],
            "channels": "RGB",
            "stretch": "each channel's 1 % and 98 % quantiles to 0 and 1, at least 24 apart, cut off at -0.5 and 1.5",
            "multipleOf": 16,
            "diameter": 28,
        },
        "output": {
            "node": "maps",
            "stride": STRIDE,
            "channels": ["nearness (logit)", f"{DIRECTIONS} distances in {RADIUS:g} pixels", *KINDS],
        },
        "files": files,
        "parameters": sum(part.numel() for part in network.parameters()),
        "laboratories": [name for name, lab in ARCHIVES.items() if lab.teaches and name not in kept["left_out"]],
        "leftOut": list(kept["left_out"]),
        "history": kept["history"],
        "quantisation": {
            "bits": f"8 (16 for tensors under {FINE_BELOW} weights), even steps a tensor, biases float32",
            "maxDifference": float((exact - shipped).abs().max()),
        },
        "selfTest": {
            "side": TEST_SIDE,
            "rgb": base64.b64encode(picture.tobytes()).decode(),
            "place": place,
            "maps": [round(float(value), 5) for value in shipped.flatten(1)[:, place]],
        },
    }
    (options.output / "metadata.json").write_text(json.dumps(metadata, indent=1, ensure_ascii=False) + "\n")
    total = sum(file["bytes"] for file in files)
    furthest = metadata["quantisation"]["maxDifference"]
    print(f"{options.output}: {total:,} bytes; rounding moves a map by at most {furthest:.3f}")


if __name__ == "__main__":
    main()
