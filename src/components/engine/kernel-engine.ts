import {cellValues} from "../../data/shapes/cells.js";
import {backwardOf} from "../kernels/backward-plan.js";
import type {Kernels} from "../kernels/kernels.js";
import {PAGE} from "../kernels/machine.js";
import type {StartKernels} from "../kernels/machine.js";
import {createNetwork} from "../kernels/network.js";
import type {LaidNetwork} from "../kernels/network.js";
import {planOf} from "../kernels/plan.js";
import type {GraphNode} from "../kernels/plan.js";
import {readWeights} from "../kernels/read-weights.js";
import {threadedKernels} from "../kernels/threads.js";
import {EXPLAINED, attribution, toCellMaps, weighingOf} from "./attribution.js";
import {readArtifacts} from "./download.js";
import type {ModelFiles} from "./download.js";
import type {ExplainingEngine} from "./engine.js";

const OUTPUT = "probabilities";
const FEATURES = "pooled";

/** The kernels, compiled. */
export interface KernelCode {
  /** `kernels.wasm`, or `shared-kernels.wasm` for more than one thread. */
  binary: BufferSource;
  threads?: number;
}

/**
 * Loads a graph model on the site's own WebAssembly kernels, which take less than half of the time of general ones.
 * @throws Error if this browser or the kernels cannot compute or explain the model: TensorFlow.js may all the same
 */
export async function loadKernelEngine(
  model: ModelFiles,
  {binary, threads = 1}: KernelCode
): Promise<ExplainingEngine> {
  const compiled = await WebAssembly.compile(binary);
  const {start, dispose} = startKernels(compiled, threads);
  const {network, nodes} = await layNetwork(model, start);
  const outputs = [OUTPUT, FEATURES].filter((output) => nodes.some(({name}) => name === output));
  return {
    backend: "wasm",
    async predict(batch) {
      const values = network.run(batch, outputs);
      return {probabilities: values.get(OUTPUT)!, features: values.get(FEATURES) ?? null};
    },
    async explain(batch, output) {
      const {gradient, maps, channels} = network.gradient(batch, weighingOf(output));
      return toCellMaps(attribution(gradient, maps, channels), batch.length / cellValues);
    },
    dispose
  };
}

/** Lays a graph model out on the kernels. @throws Error if they cannot compute or explain it */
export async function layNetwork(
  model: ModelFiles,
  start: StartKernels
): Promise<{network: LaidNetwork; nodes: GraphNode[]}> {
  const {modelTopology, weightSpecs, weightData} = await readArtifacts(model);
  const {node: nodes} = modelTopology as {node: GraphNode[]};
  const plan = planOf(nodes);
  const weights = readWeights(weightSpecs!, weightData as ArrayBuffer);
  return {network: createNetwork({plan, back: backwardOf(plan, EXPLAINED), weights, start}), nodes};
}

/** Starts kernels on a memory of their own, or on one that threads share. */
export function startKernels(compiled: WebAssembly.Module, threads: number): ReturnType<typeof threadedKernels> {
  return threads > 1 ? threadedKernels(compiled, {threads}) : plainKernels(compiled);
}

function plainKernels(compiled: WebAssembly.Module): ReturnType<typeof threadedKernels> {
  return {
    start(bytes) {
      const memory = new WebAssembly.Memory({initial: bytes / PAGE});
      const {exports} = new WebAssembly.Instance(compiled, {env: {memory}});
      return {memory, kernels: exports as unknown as Kernels};
    },
    dispose() {
      // Nothing but memory is held, which goes with the engine.
    }
  };
}
