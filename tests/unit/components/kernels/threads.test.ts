import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {readArtifacts} from "../../../../src/components/engine/download.js";
import {backwardOf} from "../../../../src/components/kernels/backward-plan.js";
import type {StartKernels} from "../../../../src/components/kernels/machine.js";
import {createNetwork} from "../../../../src/components/kernels/network.js";
import {planOf} from "../../../../src/components/kernels/plan.js";
import type {GraphNode} from "../../../../src/components/kernels/plan.js";
import {readWeights} from "../../../../src/components/kernels/read-weights.js";
import {MOST_THREADS, threadedKernels} from "../../../../src/components/kernels/threads.js";
import {random} from "../../../../src/components/metrics/index.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {tinyResnet} from "../../../fixtures/tiny-resnet.js";
import {threadStarter} from "./start-thread.js";
import {kernelStarter} from "./start.js";

let module: WebAssembly.Module;
let startThread: Awaited<ReturnType<typeof threadStarter>>;
beforeAll(async () => {
  module = await WebAssembly.compile(readFileSync("src/components/kernels/shared-kernels.wasm"));
  startThread = await threadStarter();
});

const uniform = random(8);
const cells = Float32Array.from({length: 24 * cellValues}, () => uniform());

async function lay(start: StartKernels) {
  const {modelTopology, weightSpecs, weightData} = await readArtifacts({
    files: tinyResnet(1, [8, 16])
  });
  const plan = planOf((modelTopology as {node: GraphNode[]}).node);
  const back = backwardOf(plan, {from: "logits", to: "layer1"});
  return createNetwork({plan, back, weights: readWeights(weightSpecs!, weightData as ArrayBuffer), start});
}

describe.each([2, 4])("%i threads", (threads) => {
  test(
    "give the values and gradients of one, to the last bit, again and again; and end",
    {timeout: 60_000},
    async () => {
      const one = await lay((await kernelStarter()).start);
      const values = one.run(cells, ["probabilities"]).get("probabilities");
      const {gradient} = one.gradient(cells, [1, -1]);
      const started: ReturnType<typeof startThread>[] = [];
      const {start, dispose} = threadedKernels(module, {
        threads,
        createWorker() {
          const worker = startThread();
          started.push(worker);
          return worker;
        }
      });
      const shared = await lay(start);
      expect(started).toHaveLength(threads - 1);
      // The others come while this goes on.
      for (let n = 0; n < 20; n++) {
        expect(shared.run(cells, ["probabilities"]).get("probabilities")).toEqual(values);
        expect(shared.gradient(cells, [1, -1]).gradient).toEqual(gradient);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      dispose();
      expect(await Promise.all(started.map(({ended}) => ended))).toEqual(started.map(() => 1));
    }
  );
});

test("instantiating the kernels once more leaves the memory that others work on as it is", () => {
  const memory = new WebAssembly.Memory({initial: 4, maximum: 16_384, shared: true});
  const bytes = new Uint8Array(memory.buffer).fill(0xaa);
  new WebAssembly.Instance(module, {env: {memory}});
  expect(bytes.every((byte) => byte === 0xaa)).toBe(true);
});

test("there are never more threads than the kernels have room for, and one that never comes is not waited for", async () => {
  let count = 0;
  const absent = {postMessage: () => void (count += 1), terminate() {}};
  const {start} = threadedKernels(module, {threads: 64, createWorker: () => absent});
  const alone = await lay(start);
  expect(count).toBe(MOST_THREADS - 1);
  const one = await lay((await kernelStarter()).start);
  const values = (network: typeof one) => network.run(cells, ["probabilities"]).get("probabilities");
  expect(values(alone)).toEqual(values(one));
});
