import {PAGE} from "./machine.js";
import type {StartKernels} from "./machine.js";
import {createBoard, shareWork, startThread} from "./shared-work.js";
import type {ThreadStart} from "./shared-work.js";

/** Most threads: the kernels have room for no more, and phones no more cores that are quick. */
export const MOST_THREADS = 4;
/** Pages that a shared memory may grow to, as the kernels were compiled for. */
const MOST_PAGES = 16_384;

/** What is needed of a Worker. */
export type ThreadWorker = Pick<Worker, "postMessage" | "terminate">;

const startWorker = (): ThreadWorker => new Worker(import.meta.resolve("./thread-worker.js"), {type: "module"});

/**
 * Starts kernels on a memory that further threads share. These come when they have started; until then, and should they
 * never, the caller does the work alone.
 * @param module the kernels, compiled for a shared memory
 * @param options.threads number of threads, the caller's among them
 */
export function threadedKernels(
  module: WebAssembly.Module,
  {threads, createWorker = startWorker}: {threads: number; createWorker?: () => ThreadWorker}
): {start: StartKernels; dispose: () => void} {
  const workers: ThreadWorker[] = [];
  return {
    start(bytes) {
      const memory = new WebAssembly.Memory({initial: bytes / PAGE, maximum: MOST_PAGES, shared: true});
      const board = createBoard();
      const kernels = startThread({module, memory, thread: 0});
      for (let thread = 1; thread < Math.min(threads, MOST_THREADS); thread++) {
        const worker = createWorker();
        worker.postMessage({module, memory, board, thread} satisfies ThreadStart);
        workers.push(worker);
      }
      return {memory, kernels: shareWork(kernels, board, workers.length + 1)};
    },
    dispose() {
      for (const worker of workers) worker.terminate();
    }
  };
}
