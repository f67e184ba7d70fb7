import type {Output} from "../engine/engine.js";
import {createBatchSize} from "./batch-size.js";
import type {BatchSize} from "./batch-size.js";

/** What the network makes of a cell. */
export interface CellOutput extends Output {
  /** The cell's share of the time that its batch took, in milliseconds. */
  milliseconds: number;
}

/** Cells before a network, which computes one batch at a time. */
export interface CellQueue {
  /**
   * @param cell 50×50 RGB pixels
   * @param first puts it before the cells that wait
   * @returns rejects as `predict` does
   */
  add(cell: Uint8ClampedArray, first?: boolean): Promise<CellOutput>;
  /** Has the network do something else, before the cells that wait. */
  alone<T>(task: () => Promise<T>): Promise<T>;
}

interface Waiting {
  cell: Uint8ClampedArray;
  resolve: (output: CellOutput) => void;
  reject: (error: unknown) => void;
}

/** @param predict computes n cells: each output has n rows */
export function createCellQueue(
  predict: (cells: Uint8ClampedArray[]) => Promise<Output>,
  size: BatchSize = createBatchSize()
): CellQueue {
  const waiting: Waiting[] = [];
  const tasks: (() => Promise<unknown>)[] = [];
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    while (tasks.length + waiting.length) {
      // Pictures that were decoded, and questions that came, while the network held the thread.
      await turn();
      const task = tasks.shift();
      await (task ? task() : compute(waiting.splice(0, size.next(waiting.length))));
    }
    busy = false;
  }

  async function compute(batch: Waiting[]): Promise<void> {
    const start = performance.now();
    try {
      const {probabilities, features} = await predict(batch.map(({cell}) => cell));
      const taken = performance.now() - start;
      size.tell(batch.length, taken);
      const rowOf = (values: Float32Array, n: number) =>
        values.subarray((n * values.length) / batch.length, ((n + 1) * values.length) / batch.length);
      batch.forEach(({resolve}, n) =>
        resolve({
          probabilities: rowOf(probabilities, n),
          features: features && rowOf(features, n),
          milliseconds: taken / batch.length
        })
      );
    } catch (error) {
      for (const {reject} of batch) reject(error);
    }
  }

  return {
    add: (cell, first = false) =>
      new Promise((resolve, reject) => {
        waiting[first ? "unshift" : "push"]({cell, resolve, reject});
        void work();
      }),
    alone: (task) =>
      new Promise((resolve, reject) => {
        tasks.push(() => task().then(resolve, reject));
        void work();
      })
  };
}

/** Ends after what else waits for the thread had its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
