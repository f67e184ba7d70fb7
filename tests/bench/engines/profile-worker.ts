// A worker of the benchmark: a network on the site's own kernels, each of whose calls is timed.
import {readArtifacts} from "../../../src/components/classifier/artifacts.js";
import {plainKernels} from "../../../src/components/classifier/kernel-engine.js";
import {parseMetadata} from "../../../src/components/classifier/metadata.js";
import {backwardOf} from "../../../src/components/kernels/backward-plan.js";
import type {Kernels} from "../../../src/components/kernels/kernels.js";
import {createNetwork} from "../../../src/components/kernels/network.js";
import {planOf} from "../../../src/components/kernels/plan.js";
import {readWeights} from "../../../src/components/kernels/read-weights.js";
import {threadedKernels} from "../../../src/components/kernels/threads.js";
import type {GraphNode} from "../../../src/components/saliency/backward.js";
import {EXPLAINED} from "../../../src/components/saliency/cell-map.js";
import type {KernelTimes} from "../profile-table.js";

const at = (file: string) => new URL(file, location.origin).href;
const bytesOf = async (file: string) => (await fetch(at(file))).arrayBuffer();

let run: (count: number) => KernelTimes;

/** Multiplications, each with an addition, that a call of a kernel makes. */
const PRODUCTS: Partial<Record<keyof Kernels, (args: number[]) => number>> = {
  multiply: ([, , rows, , depth, columns]) => rows! * depth! * columns!,
  multiplyPlanes: ([, , , tiles, depth, columns]) => 25 * tiles! * depth! * columns!
};

async function open({model, threads}: {model: string; threads: number}): Promise<void> {
  const cells = Float32Array.from(new Uint8Array(await bytesOf("/cells.bin")), (value) => value / 255);
  const metadata = parseMetadata(await (await fetch(at(`/models/${model}/metadata.json`))).json());
  const files = await Promise.all(
    metadata.files.map(async ({path}) => [path, await bytesOf(`/models/${model}/${path}`)] as const)
  );
  const {modelTopology, weightSpecs, weightData} = await readArtifacts({metadata, files: new Map(files)});
  const plan = planOf((modelTopology as {node: GraphNode[]}).node);
  const compiled = await WebAssembly.compile(await bytesOf(threads > 1 ? "/shared-kernels.wasm" : "/kernels.wasm"));
  const {start} = threads > 1 ? threadedKernels(compiled, {threads}) : plainKernels(compiled);
  let times: KernelTimes["kernels"] = {};
  const timed = (kernels: Kernels): Kernels =>
    Object.fromEntries(
      (Object.entries(kernels) as [keyof Kernels, (...args: number[]) => void][]).map(([name, kernel]) => [
        name,
        (...args: number[]) => {
          const begin = performance.now();
          kernel(...args);
          const own = (times[name] ??= {milliseconds: 0, products: 0});
          own.milliseconds += performance.now() - begin;
          own.products += PRODUCTS[name]?.(args) ?? 0;
        }
      ])
    ) as unknown as Kernels;
  const network = createNetwork({
    plan,
    back: backwardOf(plan, EXPLAINED),
    weights: readWeights(weightSpecs!, weightData as ArrayBuffer),
    start(bytes) {
      const {memory, kernels} = start(bytes);
      return {memory, kernels: timed(kernels)};
    }
  });
  run = (count) => {
    times = {};
    const begin = performance.now();
    network.run(cells.subarray(0, count * 7500), ["probabilities"]);
    return {milliseconds: performance.now() - begin, kernels: times};
  };
}

addEventListener("message", ({data}: MessageEvent<{open: {model: string; threads: number}} | {cells: number}>) => {
  const answer = "open" in data ? open(data.open) : Promise.resolve().then(() => run(data.cells));
  answer.then(
    (result) => postMessage({result}),
    (error: unknown) => postMessage({error: String(error)})
  );
});
