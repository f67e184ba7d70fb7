import {expect, test} from "vitest";
import type {BackwardPlan} from "../../../../src/components/kernels/backward-plan.js";
import {layBackward} from "../../../../src/components/kernels/lay-backward.js";
import {createMachine, takeMaps} from "../../../../src/components/kernels/machine.js";
import type {Convolution} from "../../../../src/components/kernels/plan.js";
import type {Weight} from "../../../../src/components/kernels/read-weights.js";
import {kernelStarter} from "./start.js";

test("worked by hand: from two values through a matrix and a mean, past a ReLU, to maps that two ways lead to", async () => {
  const {start} = await kernelStarter();
  const machine = createMachine(start, 1);
  const maps = new Map(["start", "end"].map((name) => [name, takeMaps(machine, 2, 8)]));
  const weights: Record<string, Weight> = {
    // Of channel k: k to the first value, 1 to the second.
    matrix: {shape: [8, 2], values: () => Float32Array.from({length: 16}, (_, n) => (n % 2 ? 1 : n / 2))},
    double: {shape: [1, 1, 8, 8], values: () => Float32Array.from({length: 64}, (_, n) => (n % 9 ? 0 : 2))}
  };
  const of = {kind: "convolution", weight: "double", size: 1, stride: 1, padding: 0} as Convolution;
  const plan: BackwardPlan = {
    from: "values",
    to: "start",
    kept: ["end", "start"],
    steps: [
      {kind: "dense", source: "values", target: "pooled", weight: "matrix"},
      {kind: "mean", source: "pooled", target: "end", mask: "end"},
      {kind: "convolution", of, source: "end", target: "start", residual: null, mask: null},
      {kind: "convolution", of, source: "end", target: "start", residual: "start", mask: null}
    ]
  };
  const {seed, compute, gradients} = layBackward(machine, plan, {weight: (name) => weights[name]!, maps});
  machine.ready();
  // The last place of channel 5 was held back by the ReLU.
  const end = maps.get("end")!.address / 4;
  machine.floats.fill(1, end, end + 32);
  machine.floats[end + 3 * 8 + 5] = 0;
  for (const weighing of [
    [4, -8],
    [1, 0]
  ] as const) {
    seed(weighing);
    for (const step of compute) step(1);
    const {address} = gradients.get("start")!;
    const found = [...machine.floats.slice(address / 4, address / 4 + 32)];
    // (k · first + second) / 4 places, doubled, twice.
    expect(found).toEqual(Array.from({length: 32}, (_, n) => (n === 29 ? 0 : (n % 8) * weighing[0] + weighing[1])));
  }
});
