"""The exported ONNX files, by ONNX's own checker."""

import subprocess

import onnx
import pytest
from onnx import checker

from models.training.cells import ROOT


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A file of the student, as ``npm run export`` writes it."""
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    code = (
        'import {writeFileSync} from "node:fs"; import {onnxModel} from "./models/onnx/onnx-model.ts";'
        f'writeFileSync("{path}", onnxModel("models/student"));'
    )
    command = ["node", "--import", "tsx", "--input-type=module", "--eval", code]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


def test_the_checker_finds_nothing_wrong_and_shapes_agree(written):
    model = onnx.load(str(written))
    checker.check_model(model, full_check=True)
    assert [(one.domain, one.version) for one in model.opset_import] == [("", 13)]
    shapes = [
        [one.dim_param or one.dim_value for one in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    ]
    assert shapes == [["n", 50, 50, 3], ["n", 2]]
