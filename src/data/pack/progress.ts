import {Presets, SingleBar} from "cli-progress";

export interface Progress {
  advance(by?: number): void;
  stop(): void;
}

/** Starts showing how far a task of `total` steps has come, `done` of them before the start. */
export type StartProgress = (task: string, total: number, done?: number) => Progress;

/** A bar on standard error; where that is not a terminal, a line every ten seconds. */
export const showProgress: StartProgress = (task, total, done = 0) => {
  const bar = new SingleBar(
    {
      format: `${task} {bar} {percentage} % · {value}/{total} · {eta_formatted} left`,
      formatValue: (value) => String(Math.round(value)),
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 10_000
    },
    Presets.shades_grey
  );
  bar.start(total, done);
  return {advance: (by = 1) => bar.increment(by), stop: () => bar.stop()};
};

/** Shows nothing. */
export const noProgress: StartProgress = () => ({advance: () => {}, stop: () => {}});

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
