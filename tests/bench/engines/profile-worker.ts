// A worker of the benchmark: a network on the site's own kernels, each of whose calls is timed.
import {layNetwork, startKernels} from "../../../src/components/engine/kernel-engine.js";
import type {Kernels} from "../../../src/components/kernels/kernels.js";
import {cellValues} from "../../../src/data/shapes/cells.js";
import type {KernelTimes} from "../profile-table.js";
import {answerMessages, bytesOf, fetchCells, fetchModel} from "./worker-model.js";

let run: (count: number) => KernelTimes;

/** Multiplications, each with an addition, that a call of a kernel makes. */
const PRODUCTS: Partial<Record<keyof Kernels, (args: number[]) => number>> = {
  multiply: ([, , rows, , depth, columns]) => rows! * depth! * columns!,
  multiplyPlanes: ([, , , tiles, depth, columns]) => 25 * tiles! * depth! * columns!
};

async function open({model, threads}: {model: string; threads: number}): Promise<void> {
  const cells = await fetchCells();
  const compiled = await WebAssembly.compile(await bytesOf(threads > 1 ? "/shared-kernels.wasm" : "/kernels.wasm"));
  const {start} = startKernels(compiled, threads);
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
  const {network} = await layNetwork(await fetchModel(model), (bytes) => {
    const {memory, kernels} = start(bytes);
    return {memory, kernels: timed(kernels)};
  });
  run = (count) => {
    times = {};
    const begin = performance.now();
    network.run(cells.subarray(0, count * cellValues), ["probabilities"]);
    return {milliseconds: performance.now() - begin, kernels: times};
  };
}

answerMessages<{open: {model: string; threads: number}} | {cells: number}>(async (question) =>
  "open" in question ? open(question.open) : run(question.cells)
);
