import {readFileSync} from "node:fs";
import {afterEach, beforeAll, expect, test, vi} from "vitest";
import type {EngineOptions} from "../../../../src/components/engine/engine.js";
import {fetchAhead, loadEngine, loadKernels} from "../../../../src/components/engine/load-engine.js";
import * as tf from "../../../../src/components/engine/tf.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";

let binary: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  binary = readFileSync("src/components/kernels/kernels.wasm");
  await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
});
afterEach(() => vi.unstubAllGlobals());

/** Serves the kernels. @returns the addresses that were asked for */
function serve(answer: () => Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return answer();
  });
  return asked;
}

const known = {files: tinyResnet(1, [8, 16])};
const on = (kernels: string): EngineOptions => ({backend: "wasm", wasm: {script: "", binaries: null!, kernels}});
const cell = new Float32Array(cellValues).fill(0.5);

test("on WebAssembly, predictions and maps come from the kernels, which are fetched once for all engines", async () => {
  const asked = serve(() => new Response(binary));
  const tensors = tf.memory().numTensors;
  for (const options of [on("/once.wasm"), on("/once.wasm")]) {
    const engine = await loadEngine(known, options);
    expect((await engine.predict(cell)).probabilities).toHaveLength(2);
    expect(await engine.explain!(cell, 0)).toHaveLength(cellPixels);
    engine.dispose();
  }
  expect(asked).toEqual(["/once.wasm"]);
  expect(tf.memory().numTensors).toBe(tensors);
});

test("kernels fetched ahead are not fetched again, unless that failed", async () => {
  const wasm = (kernels: string) => on(kernels).wasm!;
  const asked = serve(() => new Response(binary));
  fetchAhead(wasm("/ahead.wasm"));
  (await loadEngine(known, on("/ahead.wasm"))).dispose();
  expect(asked).toEqual(["/ahead.wasm"]);
  let fails = true;
  const again = serve(() => new Response(binary, {status: fails ? 503 : 200}));
  fetchAhead(wasm("/fails.wasm"));
  await new Promise((resolve) => setTimeout(resolve));
  fails = false;
  (await loadEngine(known, on("/fails.wasm"))).dispose();
  expect(again).toEqual(["/fails.wasm", "/fails.wasm"]);
});

test("an isolated page asks for the kernels for threads first, and takes plain ones where no thread can be started", async () => {
  const binaries = new Map([
    ["/shared.wasm", readFileSync("src/components/kernels/shared-kernels.wasm")],
    ["/plain.wasm", binary]
  ]);
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return new Response(binaries.get(address));
  });
  const wasm = {script: "", binaries: null!, kernels: "/plain.wasm", sharedKernels: "/shared.wasm"};
  const load = async () => {
    const engine = await loadEngine(known, {backend: "wasm", wasm});
    expect((await engine.predict(cell)).probabilities).toHaveLength(2);
    engine.dispose();
  };
  vi.stubGlobal("crossOriginIsolated", true);
  vi.stubGlobal("navigator", {hardwareConcurrency: 1});
  await load();
  expect(asked).toEqual(["/plain.wasm"]);
  // Node has no Worker of the browser's kind.
  vi.stubGlobal("navigator", {hardwareConcurrency: 3});
  await load();
  expect(asked).toEqual(["/plain.wasm", "/shared.wasm"]);
  vi.stubGlobal("crossOriginIsolated", false);
  await load();
  expect(asked).toHaveLength(2);
});

test("TensorFlow.js takes a graph that the kernels do not, and stands in while these cannot be fetched", async () => {
  let served = new Response("not here", {status: 404});
  const asked = serve(() => served);
  const before = tf.memory().numTensors;
  const load = async (files: typeof known.files) => {
    const engine = await loadEngine({files}, on("/later.wasm"));
    const weights = tf.memory().numTensors - before;
    expect(engine.backend).toBe("wasm");
    expect(engine.explain === null).toBe(weights > 0);
    engine.dispose();
    return weights > 0;
  };
  expect(await load(known.files)).toBe(true);
  served = new Response(binary);
  expect(await load(known.files)).toBe(false);
  expect(await load(tinyResnet())).toBe(true);
  expect(asked).toEqual(["/later.wasm", "/later.wasm"]);
});

test("other backends do without the kernels", async () => {
  const asked = serve(() => new Response(binary));
  const engine = await loadEngine(known, {...on("/never.wasm"), backend: "cpu"});
  expect(engine.backend).toBe("cpu");
  engine.dispose();
  expect(asked).toEqual([]);
});

test("the kernels are had beside another engine, or say why not", async () => {
  serve(() => new Response(binary));
  const {wasm} = on("/beside.wasm");
  const engine = await loadKernels(known, wasm);
  expect(await engine.explain(cell, 0)).toHaveLength(cellPixels);
  engine.dispose();
  await expect(loadKernels({files: tinyResnet()}, wasm)).rejects.toThrow("multiples of eight");
  await expect(loadKernels(known, undefined)).rejects.toThrow("no kernels");
});
