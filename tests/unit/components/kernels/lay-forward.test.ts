import {beforeAll, expect, test} from "vitest";
import {layForward} from "../../../../src/components/kernels/lay-forward.js";
import {createMachine} from "../../../../src/components/kernels/machine.js";
import type {StartKernels} from "../../../../src/components/kernels/machine.js";
import type {Convolution, Plan, Step} from "../../../../src/components/kernels/plan.js";
import type {Weight} from "../../../../src/components/kernels/read-weights.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {kernelStarter} from "./start.js";

let start: StartKernels;
beforeAll(async () => {
  ({start} = await kernelStarter());
});

const input = {placeholder: "cells", target: "cells", size: null, mean: null, factor: null};
const stem: Convolution = {
  kind: "convolution",
  source: "cells",
  target: "stem",
  weight: "stem/weight",
  bias: "stem/bias",
  size: 3,
  stride: 1,
  padding: 1,
  residual: null,
  rectify: true
};
const inner = (target: string, source: string, residual: string | null): Convolution => ({
  ...stem,
  source,
  target,
  residual,
  weight: "same",
  bias: "none",
  size: 1,
  padding: 0,
  rectify: false
});
const weight = (shape: number[], values: (n: number) => number): Weight => ({
  shape,
  values: () => Float32Array.from({length: shape.reduce((product, side) => product * side, 1)}, (_, n) => values(n))
});
/** Eight channels that are red − 0.5, but for the last, which is blue; then maps are left as they are. */
const weights: Record<string, Weight> = {
  "stem/weight": weight([3, 3, 3, 8], (n) => Number((n >= 96 && n < 103) || n === 119)),
  "stem/bias": weight([8], (n) => (n < 7 ? -0.5 : 0)),
  same: weight([1, 1, 8, 8], (n) => Number(n % 9 === 0)),
  none: weight([8], () => 0),
  "logits/weight": weight([8, 2], (n) => [1, -1][n % 2]! * (Math.floor(n / 2) + 1)),
  "logits/bias": weight([2], (n) => n)
};

function lay(steps: Step[], kept: string[] = []) {
  const machine = createMachine(start, 2);
  const plan: Plan = {input, steps, drawn: new Map()};
  const forward = layForward(machine, plan, {weight: (name) => weights[name]!, kept});
  machine.ready();
  return {
    ...forward,
    values(address: number, length: number) {
      forward.write(
        Float32Array.from({length: 2 * cellValues}, (_, n) => (n < cellValues ? [0.75, 0, 0.25][n % 3]! : 0.125)),
        2
      );
      for (const step of forward.compute) step(2);
      return machine.floats.slice(address / 4, address / 4 + length);
    }
  };
}

test("a mean, a matrix and a softmax are computed cell by cell", () => {
  const {vectors, values} = lay([
    stem,
    {kind: "mean", source: "stem", target: "pooled"},
    {kind: "dense", source: "pooled", target: "logits", weight: "logits/weight", bias: "logits/bias", rectify: false},
    {kind: "softmax", source: "logits", target: "probabilities"}
  ]);
  const of = (name: string) => [...values(vectors.get(name)!.address, 2 * vectors.get(name)!.length)];
  of("pooled").forEach((value, n) =>
    expect(value).toBeCloseTo([0.25, 0][Math.floor(n / 8)]! || (n === 15 ? 0.125 : 0), 5)
  );
  // 0.25 · (1 + … + 8) = 9 for the first cell, 0.125 · 8 = 1 for the second.
  of("logits").forEach((value, n) => expect(value).toBeCloseTo([9, -8, 1, 0][n]!, 4));
  of("probabilities").forEach((value, n) =>
    expect(value).toBeCloseTo(
      [1 / (1 + Math.exp(-17)), 1 / (1 + Math.exp(17)), 1 / (1 + Math.exp(-1)), 1 / (1 + Math.E)][n]!,
      5
    )
  );
});

test("maps give their place to later ones unless they are kept", () => {
  const steps = [stem, inner("a", "stem", null), inner("b", "a", "stem"), inner("c", "b", null), inner("d", "c", "b")];
  const places = (kept: string[]) => {
    const {maps, values} = lay(steps, kept);
    const of = (name: string) => values(maps.get(name)!.address, 1)[0];
    return {different: new Set([...maps.values()].map(({address}) => address)).size, d: of("d"), stem: of("stem")};
  };
  const [shared, kept] = [places([]), places(["stem", "a", "b", "c"])];
  expect(kept).toEqual({different: 6, d: 1, stem: 0.25});
  expect(shared.d).toBe(1);
  expect(shared.different).toBeLessThan(6);
});

test("says which graphs the kernels do not know", () => {
  expect(() => lay([{kind: "mean", source: "cells", target: "pooled"}])).toThrow("whose first step is a convolution");
  const halved = {...stem, stride: 2};
  expect(() => lay([halved, {kind: "pool", source: "stem", target: "pooled"}])).toThrow("even side");
});
