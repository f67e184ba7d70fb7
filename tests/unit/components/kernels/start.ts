import {readFileSync} from "node:fs";
import type {Kernels} from "../../../../src/components/kernels/kernels.js";
import {PAGE} from "../../../../src/components/kernels/machine.js";
import type {StartKernels} from "../../../../src/components/kernels/machine.js";

/** @returns how the kernels are started, and the memories that were made so far */
export async function kernelStarter(): Promise<{start: StartKernels; memories: WebAssembly.Memory[]}> {
  const compiled = await WebAssembly.compile(readFileSync("src/components/kernels/kernels.wasm"));
  const memories: WebAssembly.Memory[] = [];
  return {
    memories,
    start(bytes) {
      const memory = new WebAssembly.Memory({initial: bytes / PAGE});
      memories.push(memory);
      const {exports} = new WebAssembly.Instance(compiled, {env: {memory}});
      return {memory, kernels: exports as unknown as Kernels};
    }
  };
}
