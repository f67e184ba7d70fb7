import {cellValues} from "../../data/shapes/cells.js";
import {toBatch} from "../image/cell-input.js";
import {messageOf} from "../image/refusal.js";
import {formatMilliseconds} from "../ui/format.js";
import {BACKENDS} from "./engine.js";
import type {Backend, Engine} from "./engine.js";
import type {ModelMetadata} from "./metadata.js";

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

/** Largest difference from a stored probability that passes: 16-bit graphics cards stay below it. */
const TOLERANCE = 0.02;

/**
 * Predicts the metadata's known cells one by one, which compiles the shaders too, and the last one once more for its
 * time.
 * @returns milliseconds that a cell takes
 * @throws Error if a known cell gets another probability than it should
 */
export async function selfTest(engine: Engine, {labels, positive, selfTest: cells}: ModelMetadata): Promise<number> {
  const black = new Uint8ClampedArray(cellValues);
  for (const {p, rgb} of cells) {
    const probability = (await engine.predict(toBatch([rgb]))).probabilities[labels.indexOf(positive)]!;
    if (!(Math.abs(probability - p) <= TOLERANCE)) {
      throw new Error(`Computed by ${engine.backend}, known cells get other probabilities than they should.`);
    }
  }
  const batch = toBatch([cells.at(-1)?.rgb ?? black]);
  if (cells.length === 0) await engine.predict(batch);
  const start = performance.now();
  await engine.predict(batch);
  return performance.now() - start;
}
