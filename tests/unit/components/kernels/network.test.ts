import {beforeAll, describe, expect, test} from "vitest";
import {readBundle} from "../../../../models/bundle.js";
import {readArtifacts} from "../../../../src/components/engine/download.js";
import type {ModelBundle} from "../../../../src/components/engine/download.js";
import {backwardOf} from "../../../../src/components/kernels/backward-plan.js";
import {createNetwork} from "../../../../src/components/kernels/network.js";
import type {LaidNetwork} from "../../../../src/components/kernels/network.js";
import {planOf} from "../../../../src/components/kernels/plan.js";
import type {GraphNode} from "../../../../src/components/kernels/plan.js";
import {readWeights} from "../../../../src/components/kernels/read-weights.js";
import {random} from "../../../../src/components/metrics/index.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";
import {kernelStarter} from "./start.js";

const PATH = {from: "logits", to: "layer1"};
let starter: Awaited<ReturnType<typeof kernelStarter>>;
beforeAll(async () => {
  starter = await kernelStarter();
});

const batch = (count: number, seed = 3) => {
  const uniform = random(seed);
  return Float32Array.from({length: count * cellValues}, () => uniform());
};

async function lay(
  files: ModelBundle["files"],
  most?: number
): Promise<{network: LaidNetwork; memory: WebAssembly.Memory}> {
  const {modelTopology, weightSpecs, weightData} = await readArtifacts({files});
  const plan = planOf((modelTopology as {node: GraphNode[]}).node);
  const weights = readWeights(weightSpecs!, weightData as ArrayBuffer);
  const network = createNetwork({plan, back: backwardOf(plan, PATH), weights, start: starter.start, most});
  return {network, memory: starter.memories.at(-1)!};
}

describe("a small network", () => {
  const files = tinyResnet(1, [8, 16]);

  test("gives the same values and gradients however many cells are computed together", async () => {
    const cells = batch(5);
    const [together, alone] = [(await lay(files)).network, (await lay(files, 1)).network];
    expect([together.most, alone.most]).toEqual([8, 1]);
    const names = ["pooled", "logits", "probabilities"];
    const [all, single] = [together.run(cells, names), alone.run(cells, names)];
    for (const [name, length] of [
      ["pooled", 16],
      ["logits", 2],
      ["probabilities", 2]
    ] as const) {
      expect(all.get(name)).toHaveLength(5 * length);
      all.get(name)!.forEach((value, n) => expect(value).toBeCloseTo(single.get(name)![n]!, 5));
    }
    const [one, other] = [together.gradient(cells, [1, -1]), alone.gradient(cells, [1, -1])];
    expect(one).toMatchObject({side: 8, channels: 8});
    expect(one.gradient).toHaveLength(5 * 8 * 8 * 8);
    one.gradient.forEach((value, n) => expect(value).toBeCloseTo(other.gradient[n]!, 5));
    expect(one.maps).toEqual(other.maps);
  });

  test("its gradient is linear in the weighing", async () => {
    const {network} = await lay(files);
    const of = (...weighing: number[]) => network.gradient(batch(1), weighing).gradient;
    const [first, second, both] = [of(1, 0), of(0, 1), of(2, -3)];
    expect(Math.max(...both)).toBeGreaterThan(0.01);
    both.forEach((value, n) => expect(value).toBeCloseTo(2 * first[n]! - 3 * second[n]!, 5));
  });
});

test.each(["resnet34", "student"])(
  "gradients of the shipped %s leave its predictions as they were, and after the first no memory is taken",
  {timeout: 120_000},
  async (name) => {
    const {network, memory} = await lay(readBundle(`models/${name}`).files);
    const cells = batch(3);
    const predict = () => network.run(cells, ["probabilities", "pooled"]);
    const before = predict();
    const loaded = memory.buffer.byteLength;
    const first = network.gradient(cells, [1, -1]);
    const {byteLength} = memory.buffer;
    console.log(`${name}: ${loaded / 2 ** 20} MiB, with the first map ${byteLength / 2 ** 20} MiB`);
    for (let n = 0; n < 30; n++) network.gradient(batch(1, n), [n, -1]);
    expect(network.gradient(cells, [1, -1])).toEqual(first);
    expect(predict()).toEqual(before);
    expect(memory.buffer.byteLength).toBe(byteLength);
    expect(starter.memories.at(-1)).toBe(memory);
  }
);
