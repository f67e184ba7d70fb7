import {createNetwork} from "../kernels/network.js";
import type {Kernels} from "../kernels/network.js";
import {planOf} from "../kernels/plan.js";
import {readWeights} from "../kernels/read-weights.js";
import type {GraphNode} from "../saliency/backward.js";
import {readArtifacts} from "./artifacts.js";
import type {ModelBundle} from "./download.js";
import type {Engine, EngineOptions, LoadEngine} from "./engine.js";

const OUTPUT = "probabilities";
const FEATURES = "pooled";
const PAGE = 65_536;

/**
 * Loads a graph model on the site's own WebAssembly kernels, which take a quarter of the time of general ones. Maps of
 * where a cell speaks come from `loadOther`'s engine on the same backend, loaded when the first is asked for.
 * @param binary `kernels.wasm`
 * @throws Error if this browser or the kernels cannot compute the model: TensorFlow.js may all the same
 */
export async function loadKernelEngine(
  model: ModelBundle,
  options: EngineOptions,
  {binary, loadOther}: {binary: BufferSource; loadOther: LoadEngine}
): Promise<Engine> {
  const {modelTopology, weightSpecs, weightData} = await readArtifacts(model);
  const {node: nodes} = modelTopology as {node: GraphNode[]};
  const compiled = await WebAssembly.compile(binary);
  const start = (bytes: number) => {
    const memory = new WebAssembly.Memory({initial: bytes / PAGE});
    const {exports} = new WebAssembly.Instance(compiled, {env: {memory}});
    return {memory, kernels: exports as unknown as Kernels};
  };
  const network = createNetwork(planOf(nodes), readWeights(weightSpecs!, weightData as ArrayBuffer), start);
  const outputs = [OUTPUT, FEATURES].filter((output) => nodes.some(({name}) => name === output));
  let other: Promise<Engine> | undefined;
  return {
    backend: options.backend,
    async predict(batch) {
      const values = network.run(batch, outputs);
      return {probabilities: values.get(OUTPUT)!, features: values.get(FEATURES) ?? null};
    },
    async explain(batch, output) {
      return (await (other ??= loadOther(model, options))).explain(batch, output);
    },
    dispose() {
      void other?.then((engine) => engine.dispose());
    }
  };
}
