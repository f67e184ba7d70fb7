import {describe, expect, test} from "vitest";
import {backwardOf, onTheWay} from "../../../../src/components/kernels/backward-plan.js";
import {planOf} from "../../../../src/components/kernels/plan.js";
import type {Plan, GraphNode} from "../../../../src/components/kernels/plan.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

const graph = [
  {name: "start", input: []},
  {name: "left", input: ["start"]},
  {name: "right", input: ["start"]},
  {name: "aside", input: ["right"]},
  {name: "sum", input: ["left", "right", "constant"]},
  {name: "end", input: ["sum"]},
  {name: "after", input: ["end"]}
];
const names = (from: string, to: string) => onTheWay(graph, {from, to}, (node) => node).map(({name}) => name);

test("finds what depends on the one and what the other depends on", () => {
  expect(names("end", "start")).toEqual(["left", "right", "sum", "end"]);
  expect(names("sum", "right")).toEqual(["sum"]);
});

test("says so where there is no way", () => {
  for (const [from, to] of [
    ["start", "end"],
    ["aside", "left"],
    ["sum", "sum"],
    ["end", "unknown"]
  ] as const) {
    expect(() => names(from, to)).toThrow(`no way from ${from} back to ${to}`);
  }
});

const plan = (): Plan => {
  const json = new TextDecoder().decode(tinyResnet().get("model.json"));
  return planOf((JSON.parse(json) as {modelTopology: {node: GraphNode[]}}).modelTopology.node);
};
const PATH = {from: "logits", to: "layer1"};

describe("backwardOf", () => {
  test("draws sums and the masks of ReLUs into the steps back through the convolutions", () => {
    const {steps, from, to, kept} = backwardOf(plan(), PATH);
    expect([from, to]).toEqual(["logits", "stem"]);
    expect(
      steps.map((step) => {
        const {residual = null, mask = null} = step as {residual?: string | null; mask?: string | null};
        return [step.kind, step.source, step.target, residual, mask];
      })
    ).toEqual([
      ["dense", "logits", "pooled", null, null],
      ["mean", "pooled", "layer2.1/conv2", null, "layer2.1/conv2"],
      ["convolution", "layer2.1/conv2", "layer2.1/conv1", null, "layer2.1/conv1"],
      // The block's own way and the short one come together, and the ReLU before them is passed.
      ["convolution", "layer2.1/conv1", "layer2.0/conv2", "layer2.1/conv2", "layer2.0/conv2"],
      ["convolution", "layer2.0/conv2", "layer2.0/conv1", null, "layer2.0/conv1"],
      ["convolution", "layer2.0/conv1", "stem", null, null],
      // The downsampling's gradient is that of the sum behind it; the other part is there already.
      ["convolution", "layer2.0/conv2", "stem", "stem", "stem"]
    ]);
    expect(kept.sort()).toEqual(["layer2.0/conv1", "layer2.0/conv2", "layer2.1/conv1", "layer2.1/conv2", "stem"]);
  });

  test("says where there is no way, and what it cannot go back through", () => {
    expect(() => backwardOf(plan(), {from: "layer1", to: "logits"})).toThrow("no way from layer1 back to logits");
    expect(() => backwardOf(plan(), {from: "probabilities", to: "layer1"})).toThrow('"probabilities" (softmax)');
    const {steps, ...rest} = plan();
    const hidden = steps.map((step) => (step.kind === "dense" ? {...step, rectify: true} : step));
    expect(() => backwardOf({...rest, steps: hidden}, PATH)).toThrow('"logits" (dense)');
    expect(() => backwardOf({...rest, steps}, {...PATH, to: "cells"})).toThrow("no way");
  });
});
