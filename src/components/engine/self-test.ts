import {cellValues} from "../../data/shapes/cells.js";
import {toBatch} from "../image/cell-input.js";
import type {Engine} from "./engine.js";
import type {ModelMetadata} from "./metadata.js";

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
