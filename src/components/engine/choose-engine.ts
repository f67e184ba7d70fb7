import {formatMilliseconds} from "../ui/format.js";
import {BACKENDS} from "./engine.js";
import type {Backend, Engine} from "./engine.js";

/** An engine that passed its self-test, and what one cell took in it. */
export interface StartedEngine {
  engine: Engine;
  milliseconds: number;
}

/** Options of {@link chooseEngine}. */
export interface ChooseOptions {
  /** Loads and tests an engine. */
  start: (backend: Backend) => Promise<StartedEngine>;
  /** Whether a slow engine is compared with the next one, and the faster kept. */
  compare: boolean;
  /** Name of the software that WebGL runs on, null on a graphics card. */
  software: string | null;
}

/** Milliseconds a cell up to which nothing faster is looked for: graphics cards take less. */
const QUICK = 60;

/**
 * Starts the first backend that works. With `compare` (nobody asked for one), WebGL in software is tried last but for
 * plain JavaScript, since WebAssembly is many times faster, and a slow engine is timed against the next one and the
 * faster kept.
 * @returns the engine, and a sentence for each backend that was tried, or passed over, and not taken
 * @throws Error with the reasons when none works
 */
export async function chooseEngine(
  backends: readonly Backend[],
  {start, compare, software}: ChooseOptions
): Promise<{started: StartedEngine; reasons: string[]}> {
  const reasons: string[] = [];
  const imitated = compare && software !== null && backends[0] === "webgl" && backends[1] === "wasm";
  if (imitated) reasons.push(`WebGL runs in software here (${software}), so ${BACKENDS.wasm} comes first.`);
  let best: StartedEngine | undefined;
  for (const backend of imitated ? (["wasm", "webgl", ...backends.slice(2)] as const) : backends) {
    const hopeless = best?.engine.backend === "wasm" && (backend === "cpu" || imitated);
    if (best && (!compare || hopeless || best.milliseconds <= QUICK)) break;
    try {
      const next = await start(backend);
      const [faster, slower] = best && best.milliseconds <= next.milliseconds ? [best, next] : [next, best];
      if (slower) {
        reasons.push(`${inWords(slower)} a cell here, ${inWords(faster)}.`);
        slower.engine.dispose();
      }
      best = faster;
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  if (!best) throw new Error(`The model cannot run in this browser: ${reasons.join(" ")}`);
  if (best.engine.backend === "webgl" && software !== null && !imitated) {
    reasons.push(`WebGL runs in software here (${software}); WebAssembly would answer sooner.`);
  }
  return {started: best, reasons};
}

function inWords({engine, milliseconds}: StartedEngine): string {
  return `${BACKENDS[engine.backend]} takes ${formatMilliseconds(milliseconds)}`;
}

/** @returns what an error says */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
