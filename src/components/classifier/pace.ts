/** Milliseconds and files from which a pace says something. */
const [LONG_ENOUGH, MANY_ENOUGH] = [3000, 20];

/** How quickly files are done, told as they are. */
export interface Pace {
  /**
   * @param done files that are done, of all
   * @param waiting files that are not
   * @returns a sentence that says how long these will take, or nothing as long as that cannot be known
   */
  tell(done: number, waiting: number): string;
  /** Forgets what was told: after a pause, or where the files are others. */
  forget(): void;
}

/** @param now gives milliseconds */
export function createPace(now: () => number = () => performance.now()): Pace {
  let first: {time: number; done: number} | undefined;
  return {
    tell(done, waiting) {
      if (waiting === 0 || (first && done < first.done)) first = undefined;
      if (waiting === 0) return "";
      first ??= {time: now(), done};
      const [elapsed, since] = [now() - first.time, done - first.done];
      if (elapsed < LONG_ENOUGH || since < MANY_ENOUGH) return "";
      return `${describeDuration((elapsed / since) * waiting)} left.`;
    },
    forget: () => void (first = undefined)
  };
}

/** A duration as people say it: "About 3 hours", "About 12 minutes", "Less than a minute". */
export function describeDuration(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 1) return "Less than a minute";
  const [count, unit] = minutes < 90 ? [Math.round(minutes), "minute"] : [Math.round(minutes / 60), "hour"];
  return `About ${count} ${unit}${count === 1 ? "" : "s"}`;
}
