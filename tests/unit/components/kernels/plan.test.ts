import {describe, expect, test} from "vitest";
import {planOf} from "../../../../src/components/kernels/plan.js";
import type {GraphNode} from "../../../../src/components/kernels/plan.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

const nodes = () =>
  (JSON.parse(new TextDecoder().decode(tinyResnet().get("model.json"))) as {modelTopology: {node: GraphNode[]}})
    .modelTopology.node;

describe("planOf", () => {
  test("draws sums and ReLUs into the convolution before them", () => {
    const {input, steps, drawn} = planOf(nodes());
    expect(input).toEqual({placeholder: "cells", target: "enlarged", size: "size", mean: null, factor: null});
    expect(steps.map(({kind, target}) => `${kind} ${target}`)).toEqual([
      "convolution stem",
      "convolution layer2.0/downsample",
      "convolution layer2.0/conv1",
      "convolution layer2.0/conv2",
      "convolution layer2.1/conv1",
      "convolution layer2.1/conv2",
      "mean pooled",
      "dense logits",
      "softmax probabilities"
    ]);
    expect(steps[3]).toMatchObject({source: "layer2.0/conv1", residual: "layer2.0/downsample", rectify: true});
    expect(steps[5]).toMatchObject({residual: "layer2.0/conv2", rectify: true, size: 0, stride: 1, padding: 1});
    expect(steps[6]).toMatchObject({source: "layer2.1/conv2"});
    expect([drawn.get("layer1"), drawn.get("layer2.0/relu"), drawn.get("logits")]).toEqual([
      "stem",
      "layer2.0/conv2",
      undefined
    ]);
  });

  test("names what it does not know", () => {
    const strange = nodes().map((node) => (node.name === "pooled" ? {...node, op: "Max"} : node));
    expect(() => planOf(strange)).toThrow('do not know "pooled" (Max)');
    const twice = [...nodes(), {name: "copy", op: "Relu", input: ["layer2.0/conv2"]}];
    expect(() => planOf(twice)).toThrow("layer2.0/sum");
    expect(() => planOf(nodes().filter(({op}) => op !== "Placeholder"))).toThrow("enlarged");
  });
});
