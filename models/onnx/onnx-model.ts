import {readFileSync} from "node:fs";
import path from "node:path";
import proto from "onnx-proto";
import type {onnx} from "onnx-proto";
import {SIDE, enlargement} from "../../src/components/kernels/picture-input.js";
import {planOf} from "../../src/components/kernels/plan.js";
import type {GraphNode} from "../../src/components/kernels/plan.js";
import {readWeights} from "../../src/components/kernels/read-weights.js";

const FLOAT = proto.onnx.TensorProto.DataType.FLOAT;
const {INT: I, INTS: S, STRING: T} = proto.onnx.AttributeProto.AttributeType;

/** The set of operators, which ONNX Runtime has taken since 1.6, and the format's version. */
export const [OPSET, FORMAT] = [13, 8] as const;

/**
 * A graph model's folder as an ONNX file with the same weights in float32: `cells` [n, 50, 50, 3] to `probabilities`.
 * The graph is what PyTorch would export: NCHW inside, bias in each Conv, Relu and Add of their own, which ONNX Runtime
 * fuses when it loads the file.
 * @param options.webgl the same function of one cell, n = 1, in the steps that ONNX Runtime Web 1.30 gets right on WebGL:
 * there a Resize that aligns corners gives NaN, and a 1×1 filter passes over its stride.
 */
export function onnxModel(directory: string, {webgl = false} = {}): Uint8Array {
  const model = JSON.parse(readFileSync(path.join(directory, "model.json"), "utf8")) as {
    modelTopology: {node: GraphNode[]};
    weightsManifest: [{paths: string[]; weights: Parameters<typeof readWeights>[0]}];
  };
  const [{paths, weights: specs}] = model.weightsManifest;
  const shards = Buffer.concat(paths.map((file) => readFileSync(path.join(directory, file))));
  const weights = readWeights(specs, Uint8Array.from(shards).buffer);
  const {input, steps} = planOf(model.modelTopology.node);
  const nodes: onnx.INodeProto[] = [];
  const initializer: onnx.ITensorProto[] = [];

  const constant = (name: string, values: ArrayLike<number>, dims: number[]) => {
    const rawData = new Uint8Array(Float32Array.from(values).buffer);
    initializer.push({name, dims, dataType: FLOAT, rawData});
    return name;
  };
  const node = (opType: string, inputs: string[], output: string, attribute: onnx.IAttributeProto[] = []) => {
    nodes.push({opType, name: output, input: inputs, output: [output], attribute});
    return output;
  };
  const integers = (name: string, ...ints: number[]) => ({name, type: S, ints});

  let value = node("Transpose", [input.placeholder], "channels-first", [integers("perm", 0, 3, 1, 2)]);
  const text = (name: string, content: string) => ({name, type: T, s: new TextEncoder().encode(content)});
  if (input.size) {
    const side = weights.get(input.size)!.values()[0]!;
    if (webgl) {
      const across = constant("across", enlargingMatrix(side, true), [SIDE, side]);
      const down = constant("down", enlargingMatrix(side, false), [1, 1, side, SIDE]);
      value = node("MatMul", [down, node("MatMul", [value, across], "wide")], "enlarged");
    } else {
      value = node("Resize", [value, "", constant("scales", [1, 1, side / SIDE, side / SIDE], [4])], "enlarged", [
        text("mode", "linear"),
        text("coordinate_transformation_mode", "align_corners")
      ]);
    }
  }
  for (const [opType, name] of [["Sub", input.mean] as const, ["Mul", input.factor] as const]) {
    if (name) value = node(opType, [value, constant(name, weights.get(name)!.values(), [1, 3, 1, 1])], `${name}/out`);
  }
  const named = new Map([[input.target, value]]);
  for (const step of steps) {
    const source = named.get(step.source) ?? step.source;
    if (step.kind === "convolution") {
      const {padding: pad, stride} = step;
      const {size: kernel, filter, shape} = transposed(weights.get(step.weight)!, webgl ? Math.min(2, stride) : 1);
      const inputs = [
        source,
        constant(step.weight, filter, shape),
        constant(step.bias, weights.get(step.bias)!.values(), [shape[0]!])
      ];
      const attributes = [
        integers("kernel_shape", kernel, kernel),
        integers("strides", stride, stride),
        integers("pads", pad, pad, pad, pad)
      ];
      let out = node("Conv", inputs, `${step.target}/conv`, attributes);
      if (step.residual) {
        out = node("Add", [out, named.get(step.residual) ?? step.residual], `${step.target}/sum`);
      }
      if (step.rectify) out = node("Relu", [out], `${step.target}/relu`);
      named.set(step.target, out);
    } else if (step.kind === "pool") {
      node("MaxPool", [source], step.target, [
        integers("kernel_shape", 3, 3),
        integers("strides", 2, 2),
        integers("pads", 1, 1, 1, 1)
      ]);
    } else if (step.kind === "mean") {
      node("Flatten", [node("GlobalAveragePool", [source], `${step.target}/map`)], step.target);
    } else if (step.kind === "dense") {
      const {shape, values} = weights.get(step.weight)!;
      const inputs = [
        source,
        constant(step.weight, values(), shape),
        constant(step.bias, weights.get(step.bias)!.values(), [shape[1]!])
      ];
      node("Gemm", inputs, step.target);
    } else node("Softmax", [source], step.target, [{name: "axis", type: I, i: 1}]);
  }
  const shaped = (name: string, ...sides: number[]): onnx.IValueInfoProto => {
    const dim = [webgl ? {dimValue: 1} : {dimParam: "n"}, ...sides.map((dimValue) => ({dimValue}))];
    return {name, type: {tensorType: {elemType: FLOAT, shape: {dim}}}};
  };
  const graph: onnx.IGraphProto = {
    name: "cells",
    node: nodes,
    initializer,
    input: [shaped(input.placeholder, SIDE, SIDE, 3)],
    output: [shaped("probabilities", 2)]
  };
  return proto.onnx.ModelProto.encode({irVersion: FORMAT, opsetImport: [{domain: "", version: OPSET}], graph}).finish();
}

/** The matrix that enlarges 50 pixels to `side`, as the site's kernels do: [side, 50], or its transpose [50, side]. */
function enlargingMatrix(side: number, transpose: boolean): Float32Array {
  const matrix = new Float32Array(side * SIDE);
  const at = (row: number, column: number) => (transpose ? column * side + row : row * SIDE + column);
  for (const [row, {low, high, share}] of enlargement(SIDE, side).entries()) {
    matrix[at(row, high)] = share;
    matrix[at(row, low)] = 1 - share;
  }
  return matrix;
}

/** A filter [height, width, in, out] as [out, in, height, width], with zeros up to a least height and width. */
function transposed({shape, values}: {shape: number[]; values: () => ArrayLike<number>}, leastSide: number) {
  const [height, width, depth, columns] = shape as [number, number, number, number];
  const source = values();
  const size = Math.max(height, leastSide);
  const filter = new Float32Array(size * size * depth * columns);
  for (let place = 0; place < height * width; place++) {
    const [row, column] = [Math.floor(place / width), place % width];
    for (let k = 0; k < depth; k++) {
      for (let n = 0; n < columns; n++) {
        filter[((n * depth + k) * size + row) * size + column] = source[(place * depth + k) * columns + n]!;
      }
    }
  }
  return {size, filter, shape: [columns, depth, size, size]};
}
