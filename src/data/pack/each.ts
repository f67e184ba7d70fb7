import {noProgress} from "./progress.js";
import type {StartProgress} from "./progress.js";

const PARALLEL = 8;

/**
 * Runs `work` for every item, eight at a time, and shows how far it has come.
 *
 * @throws the first error thrown by `work`
 */
export async function each<T>(
  task: string,
  items: readonly T[],
  work: (item: T) => Promise<void>,
  startProgress: StartProgress = noProgress
): Promise<void> {
  const progress = startProgress(task, items.length);
  const queue = items.values();
  const drain = async () => {
    for (const item of queue) {
      await work(item);
      progress.advance();
    }
  };
  try {
    await Promise.all(Array.from({length: PARALLEL}, drain));
  } finally {
    progress.stop();
  }
}
