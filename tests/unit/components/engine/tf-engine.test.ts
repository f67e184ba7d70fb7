import {describe, expect, test} from "vitest";
import type {ModelBundle} from "../../../../src/components/engine/download.js";
import {parseMetadata} from "../../../../src/components/engine/metadata.js";
import {loadTfEngine} from "../../../../src/components/engine/tf-engine.js";
import {tinyModel, tinyWeights} from "../../../fixtures/tiny-model.js";

function bundle(): ModelBundle {
  const model = tinyModel();
  const metadata = parseMetadata(JSON.parse(new TextDecoder().decode(model.get("metadata.json"))));
  return {metadata, files: new Map([...model].map(([path, content]) => [path, content.buffer]))};
}

const flat = (...rgb: number[]) => Float32Array.from({length: 50 * 50 * 3}, (_, index) => rgb[index % 3]!);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe("loadTfEngine", () => {
  test("gives the probabilities of a batch, cell by cell, whatever its size", async () => {
    const engine = await loadTfEngine(bundle(), {backend: "cpu"});
    const cells = [flat(1, 0, 0), flat(0, 0, 1), flat(0, 0, 0)];
    const batch = new Float32Array(cells.flatMap((cell) => [...cell]));
    const {probabilities, features} = await engine.predict(batch);
    expect(features).toBe(null);
    const {colours, bias} = tinyWeights;
    [colours[0], colours[2], 0].forEach((weight, n) => {
      expect(probabilities[n * 2]).toBeCloseTo(sigmoid(weight + bias), 5);
      expect(probabilities[n * 2 + 1]).toBeCloseTo(1 - sigmoid(weight + bias), 5);
    });
    expect((await engine.predict(cells[1]!)).probabilities[0]).toBeCloseTo(probabilities[2]!, 6);
    engine.dispose();
  });

  test("gives the same on WebAssembly, also while another backend's engine is loaded", async () => {
    await import("@tensorflow/tfjs-backend-wasm");
    const [cpu, wasm] = [
      await loadTfEngine(bundle(), {backend: "cpu"}),
      await loadTfEngine(bundle(), {backend: "wasm"})
    ];
    for (const cell of [flat(1, 0, 0), flat(0, 0.3, 1)]) {
      const expected = (await cpu.predict(cell)).probabilities;
      (await wasm.predict(cell)).probabilities.forEach((p, n) => expect(p).toBeCloseTo(expected[n]!, 6));
    }
    for (const engine of [cpu, wasm]) engine.dispose();
  });

  test("keeps no tensor after a prediction, and none after dispose", async () => {
    const {memory} = await import("../../../../src/components/engine/tf.js");
    const before = memory().numTensors;
    const engine = await loadTfEngine(bundle(), {backend: "cpu"});
    await engine.predict(flat(0.5, 0.5, 0.5));
    const loaded = memory().numTensors;
    for (let n = 0; n < 1000; n++) await engine.predict(flat(n / 1000, 0, 0));
    expect(memory().numTensors).toBe(loaded);
    engine.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test("says so when the backend is not there or a shard is missing", async () => {
    await expect(loadTfEngine(bundle(), {backend: "webgl"})).rejects.toThrow("WebGL is not available here");
    const incomplete = bundle();
    incomplete.files.delete("weights-2of2.bin");
    await expect(loadTfEngine(incomplete, {backend: "cpu"})).rejects.toThrow("weights-2of2.bin");
  });
});
