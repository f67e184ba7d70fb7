import {beforeAll, describe, expect, test} from "vitest";
import {backward, neededActivations} from "../../../../src/components/engine/backward.js";
import {loadTfEngine} from "../../../../src/components/engine/tf-engine.js";
import * as tf from "../../../../src/components/engine/tf.js";
import type {GraphNode} from "../../../../src/components/kernels/plan.js";
import {random} from "../../../../src/components/metrics/index.js";
import {tinyModel} from "../../../fixtures/tiny-model.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

const PATH = {from: "logits", to: "layer1"};
let graph: tf.GraphModel;
let nodes: GraphNode[];

beforeAll(async () => {
  await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("cpu");
  const files = tinyResnet();
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json"))) as tf.io.ModelJSON;
  const artifacts = await tf.io.getModelArtifactsForJSON(json, async (manifest) => [
    manifest.flatMap(({weights}) => weights),
    files.get("weights.bin")!
  ]);
  nodes = (json.modelTopology as {node: GraphNode[]}).node;
  graph = await tf.loadGraphModel({load: async () => artifacts});
});

const batch = (n: number) => {
  const uniform = random(5);
  return Float32Array.from({length: n * 7500}, () => uniform());
};

describe("backward", () => {
  test("gives the derivative that small steps in the layer's values give", async () => {
    const cells = tf.tensor4d(batch(2), [2, 50, 50, 3]);
    const needed = neededActivations(nodes, PATH);
    const values = graph.execute({cells}, needed) as tf.Tensor4D[];
    const activations = new Map(needed.map((name, n) => [name, values[n]!]));
    const weight = (name: string) => (graph.weights[name] as unknown as tf.Tensor[])[0]!;
    const gradient = backward(nodes, PATH, {
      seed: tf.tensor2d([
        [1, -1],
        [1, -1]
      ]),
      weight,
      activation: (name) => activations.get(name)!,
      turned: (name) => tf.transpose(tf.reverse(weight(name), [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D
    });
    const layer = activations.get("layer1")!;
    expect(gradient.shape).toEqual(layer.shape);
    const [found, start] = [await gradient.data(), await layer.data()];
    const difference = async (values: Float32Array, cell: number) => {
      const logits = graph.execute({layer1: tf.tensor4d(values, layer.shape)}, "logits") as tf.Tensor;
      const [a, b] = (await logits.data()).slice(cell * 2, cell * 2 + 2);
      return a! - b!;
    };
    const step = 1e-2;
    let [compared, largest] = [0, 0];
    for (let n = 3; n < start.length; n += 41) {
      const cell = Math.floor((n / start.length) * 2);
      const [up, down] = [Float32Array.from(start), Float32Array.from(start)];
      up[n]! += step;
      down[n]! -= step;
      const numeric = ((await difference(up, cell)) - (await difference(down, cell))) / (2 * step);
      expect(found[n]!).toBeCloseTo(numeric, 2);
      largest = Math.max(largest, Math.abs(numeric));
      compared++;
    }
    expect(compared).toBeGreaterThan(10);
    expect(largest).toBeGreaterThan(0.02);
  });

  test("says which operation it cannot pass, and that there is no way", () => {
    const odd = nodes.map((node) => (node.name === "layer2" ? {...node, op: "Elu"} : node));
    const values = {activation: () => null!, weight: () => tf.ones([6, 2]), turned: () => null!};
    const seed = tf.ones<tf.Rank.R2>([1, 2]);
    expect(() => neededActivations(nodes, {from: "stem", to: "layer2"})).toThrow("no way from stem back to layer2");
    const path = {from: "layer2", to: "layer1"};
    expect(() => backward(odd, path, {...values, seed})).toThrow("The operation Elu (layer2)");
  });
});

describe("the engine's explain", () => {
  const open = (backend: "cpu" | "wasm") => loadTfEngine({metadata: null!, files: tinyResnet()}, {backend});

  test("gives the same maps on plain JavaScript and WebAssembly, opposite classes differ, and keeps no tensor", async () => {
    const [cpu, wasm] = [await open("cpu"), await open("wasm")];
    const maps = await cpu.explain(batch(2), 0);
    expect(maps.length).toBe(2 * 2500);
    expect(Math.max(...maps)).toBeGreaterThan(0);
    expect(Math.min(...maps)).toBe(0);
    const other = await wasm.explain(batch(2), 0);
    const highest = Math.max(...maps);
    expect(Math.max(...maps.map((value, n) => Math.abs(value - other[n]!))) / highest).toBeLessThan(1e-5);
    const against = await cpu.explain(batch(2), 1);
    expect(Math.max(...against.map((value, n) => Math.abs(value - maps[n]!))) / highest).toBeGreaterThan(0.1);
    const tensors = tf.memory().numTensors;
    await cpu.explain(batch(1), 0);
    expect(tf.memory().numTensors).toBe(tensors);
    for (const engine of [cpu, wasm]) engine.dispose();
  });

  test("a network of another kind says that it cannot be explained", async () => {
    const files = new Map([...tinyModel()].map(([name, content]) => [name, content.buffer]));
    const engine = await loadTfEngine({metadata: null!, files}, {backend: "cpu"});
    await expect(engine.explain(batch(1), 0)).rejects.toThrow("no way from logits back to layer1");
    engine.dispose();
  });
});
