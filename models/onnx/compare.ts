import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellValues} from "../../src/data/shapes/cells.js";
import {openEngine, readUnlisted} from "../bundle.js";
import {openOnnx} from "./run-onnx.js";

/** The most that P may differ. */
export const TOLERANCE = 1e-5;

const BATCH = 50;

/**
 * How far an ONNX file's P of the parasitized class is at most from that of TensorFlow.js, in Node, with the same weights.
 * @param places of the cells in the manifest
 * @throws Error if ONNX Runtime is not installed
 */
export async function distanceFromTensorFlow(
  folder: string,
  onnx: Uint8Array,
  places: readonly number[]
): Promise<number> {
  const score = await openOnnx(onnx);
  const engine = await openEngine(readUnlisted(folder));
  const pixels = await readPackedCells([...places]);
  const cells = Float32Array.from(pixels, (value) => value / 255);
  let furthest = 0;
  for (let from = 0; from < places.length; from += BATCH) {
    const batch = cells.slice(from * cellValues, (from + BATCH) * cellValues);
    const [p, {probabilities}] = [await score(batch), await engine.predict(batch)];
    for (const [n, value] of p.entries()) furthest = Math.max(furthest, Math.abs(value - probabilities[2 * n]!));
  }
  engine.dispose();
  return furthest;
}
