import type {Kernels} from "./kernels.js";
import type {Board} from "./shared-work.js";

/** What a thread needs to take part. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  board: Board;
  /** Its number, from 1. */
  thread: number;
}

/** The kernels, as one thread calls them. */
export function startThread({module, memory, thread}: Omit<ThreadStart, "board">): Kernels {
  const kernels = new WebAssembly.Instance(module, {env: {memory}}).exports as unknown as Kernels;
  kernels.beThread(thread);
  return kernels;
}
