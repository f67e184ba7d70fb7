import type {Log} from "./framework.js";

/** Tells of a build's stages: a line each with its seconds, and all that they say themselves if `verbose`. */
export function stages(verbose: boolean): {log: Log; stage<T>(name: string, work: () => T | Promise<T>): Promise<T>} {
  const silent = () => {};
  const loud: Log = {logger: console, output: process.stdout};
  return {
    log: verbose ? loud : {logger: {log: silent, warn: silent, error: silent}, output: {write: silent}},
    async stage(name, work) {
      const start = performance.now();
      const answer = await work();
      console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${name}`);
      return answer;
    }
  };
}
