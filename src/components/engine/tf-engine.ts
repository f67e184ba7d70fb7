import type {MathBackendWebGL} from "@tensorflow/tfjs-backend-webgl";
import {cellSide, cellValues} from "../../data/shapes/cells.js";
import {createBudget} from "../formats/limits.js";
import type {GraphNode} from "../kernels/plan.js";
import {readArtifacts} from "./download.js";
import type {ModelFiles} from "./download.js";
import {BACKENDS} from "./engine.js";
import type {Backend, Engine, EngineOptions, Output, WasmFiles} from "./engine.js";
import * as tf from "./tf.js";

const INPUT = "cells";
const OUTPUT = "probabilities";
const FEATURES = "pooled";
/** TensorFlow.js has one backend at work at a time, for all networks. */
const turns = createBudget(1);

/**
 * Loads a graph model (input `cells` [n, 50, 50, 3], output `probabilities` [n, 2]) on one of tfjs's backends.
 * @throws Error if the backend cannot run here or the files are not such a model
 */
export function loadTfEngine(model: ModelFiles, options: EngineOptions): Promise<Engine> {
  return turns.hold(1, () => load(model, options));
}

async function load(model: ModelFiles, {backend, wasm, onLost}: EngineOptions): Promise<Engine> {
  if (backend === "wasm" && wasm) await registerWasm(wasm);
  await use(backend);
  const disposed = new AbortController();
  if (backend === "webgl" && onLost) {
    const {gl} = (tf.backend() as MathBackendWebGL).gpgpu;
    if (gl.isContextLost()) throw new Error("The graphics card dropped WebGL's context.");
    gl.canvas.addEventListener("webglcontextlost", onLost, {once: true, signal: disposed.signal});
  }
  const artifacts = await readArtifacts(model);
  const {node: nodes} = artifacts.modelTopology as {node: GraphNode[]};
  const graph = await tf.loadGraphModel({load: async () => artifacts}).catch((error: unknown) => {
    disposed.abort();
    throw error;
  });
  const outputs = [OUTPUT, FEATURES].filter((output) => nodes.some(({name}) => name === output));
  const compiled = new Set<number>();
  const execute = (batch: Float32Array) =>
    tf.tidy(() => graph.execute({[INPUT]: toTensor(batch)}, outputs) as tf.Tensor | tf.Tensor[]);
  async function predict(batch: Float32Array): Promise<Output> {
    await use(backend);
    if (backend === "webgl" && !compiled.has(batch.length)) {
      await compileTogether(() => tf.dispose(execute(batch)));
      compiled.add(batch.length);
    }
    const tensors = execute(batch);
    try {
      const [probabilities, features = null] = await Promise.all(
        [tensors].flat().map((tensor) => tensor.data() as Promise<Float32Array>)
      );
      return {probabilities: probabilities!, features};
    } finally {
      tf.dispose(tensors);
    }
  }
  return {
    backend,
    predict: (batch) => turns.hold(1, () => predict(batch)),
    explain: null,
    dispose() {
      disposed.abort();
      graph.dispose();
    }
  };
}

/**
 * Has the graphics card's driver compile the shaders that `run` needs, those of one size of batch, all at the same time
 * where it can, instead of one after another as they are met.
 */
async function compileTogether(run: () => void): Promise<void> {
  tf.env().set("ENGINE_COMPILE_ONLY", true);
  try {
    run();
  } finally {
    tf.env().set("ENGINE_COMPILE_ONLY", false);
  }
  const webgl = tf.backend() as MathBackendWebGL;
  await webgl.checkCompileCompletionAsync();
  webgl.getUniformLocations();
}

function toTensor(batch: Float32Array): tf.Tensor4D {
  return tf.tensor4d(batch, [batch.length / cellValues, cellSide, cellSide, 3]);
}

/** Makes `backend` the one that computes: two engines may be loaded at once, to compare them. */
export async function use(backend: Backend): Promise<void> {
  if (tf.getBackend() === backend) return;
  const available = await tf.setBackend(backend).catch(() => false);
  if (!available || tf.getBackend() !== backend) throw new Error(`${BACKENDS[backend]} is not available here.`);
  await tf.ready();
}

interface Scope {
  tf?: typeof tf & {wasm?: {setWasmPaths(paths: Record<string, string>): void}};
}

/**
 * Adds the backend `wasm` to the one tf that {@link tf} is, unless it has it. The package's script for browsers looks
 * for that tf in the global scope, so no second copy of TensorFlow.js comes with it. Of the binaries it takes the one
 * that this browser can run best: threads need a cross-origin isolated page.
 * @throws Error if the script cannot be fetched
 */
export async function registerWasm({script, binaries}: WasmFiles): Promise<void> {
  if (tf.findBackendFactory("wasm")) return;
  const scope = globalThis as Scope;
  scope.tf = {...tf};
  await import(script);
  // It insists on a binary without SIMD, which no browser that the site runs in asks for.
  scope.tf.wasm!.setWasmPaths({...binaries, "tfjs-backend-wasm.wasm": binaries["tfjs-backend-wasm-simd.wasm"]});
}
