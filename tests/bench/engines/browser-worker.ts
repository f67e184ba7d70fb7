// A worker of the benchmark: one engine, the site's own or ONNX Runtime Web, that is told how many cells to classify.
import type * as Ort from "onnxruntime-web";
import type {Backend} from "../../../src/components/engine/engine.js";
import {loadEngine} from "../../../src/components/engine/load-engine.js";
import {loadTfEngine} from "../../../src/components/engine/tf-engine.js";
import {answerMessages, at, fetchCells, fetchModel} from "./worker-model.js";

interface Open {
  /** Folder of the model under `models/`. */
  model: string;
  kind: "own" | "tfjs" | "onnx";
  backend: Backend | "webgpu";
  threads: number;
  batch: number;
}
type Predict = (cells: Float32Array) => Promise<ArrayLike<number>>;

const length = 50 * 50 * 3;
let predict: Predict;
let cells: Float32Array;

async function open({model, kind, backend, threads}: Open): Promise<void> {
  cells = await fetchCells();
  if (kind === "onnx") {
    const variant = backend === "wasm" ? "wasm" : backend;
    const ort = (await import(at(`/ort/ort.${variant}.min.mjs`))) as typeof Ort;
    ort.env.wasm.wasmPaths = at("/ort/");
    ort.env.wasm.numThreads = threads;
    // Its other way on WebGL gives wrong answers.
    if (backend === "webgl") ort.env.webgl.pack = true;
    const session = await ort.InferenceSession.create(at(backend === "webgl" ? "/webgl.onnx" : "/model.onnx"), {
      executionProviders: [backend],
      graphOptimizationLevel: "all"
    });
    predict = async (batch) => {
      const tensor = new ort.Tensor("float32", batch, [batch.length / length, 50, 50, 3]);
      const {probabilities} = await session.run({cells: tensor});
      return (await probabilities!.getData()) as Float32Array;
    };
    return;
  }
  const wasm = {
    script: at("/tfjs/tf-backend-wasm.es2017.min.js"),
    binaries: {
      "tfjs-backend-wasm-simd.wasm": at("/tfjs/tfjs-backend-wasm-simd.wasm"),
      "tfjs-backend-wasm-threaded-simd.wasm": at("/tfjs/tfjs-backend-wasm-threaded-simd.wasm")
    },
    kernels: at("/kernels.wasm"),
    sharedKernels: threads > 1 ? at("/shared-kernels.wasm") : undefined
  };
  const load = kind === "own" ? loadEngine : loadTfEngine;
  const engine = await load(await fetchModel(model), {backend: backend as Backend, wasm});
  predict = async (batch) => (await engine.predict(batch)).probabilities;
}

async function measure(count: number, batch: number): Promise<{milliseconds: number; p: number}> {
  let p = NaN;
  const start = performance.now();
  for (let from = 0; from < count; from += batch) {
    const now = Math.min(batch, count - from);
    const answer = await predict(cells.subarray(from * length, (from + now) * length));
    if (from === 0) p = answer[0]!;
  }
  return {milliseconds: performance.now() - start, p};
}

answerMessages<{open: Open} | {cells: number; batch: number}>(async (question) =>
  "open" in question ? (await open(question.open), null) : measure(question.cells, question.batch)
);
