/** Has tasks done a few at a time, in the order in which they were asked for. */
export type Turns = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * Starts with nothing to do.
 * @param most tasks under way at once
 * @returns what has a task done once it is its turn; it rejects as the task does, or with the signal's reason where that
 * was aborted before
 */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let free = most;

  return async (task, signal) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
