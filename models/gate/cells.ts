import {readFileSync} from "node:fs";
import {random} from "../../src/components/metrics/index.js";
import type {Split} from "../../src/data/pack/split.js";
import type {ManifestRow} from "../../src/data/shapes/manifest.js";

/** The parts of a fold that a gate is made with: fitted on, its thresholds set on, measured on. */
export const PARTS = {train: 1000, validation: 800, test: Infinity};
export type Part = keyof typeof PARTS;

/** Places in the manifest of at most `PARTS[part]` cells of the part's patients, drawn by a seed, in rising order. */
export function cellsOf(manifest: readonly ManifestRow[], fold: number, part: Part, seed: number): number[] {
  const {folds} = JSON.parse(readFileSync("src/data/cells/split.json", "utf8")) as Split;
  const patients = new Set(folds[fold]![part]);
  const uniform = random(seed);
  return manifest
    .flatMap(({patient}, place) => (patients.has(patient) ? [{place, order: uniform()}] : []))
    .sort((a, b) => a.order - b.order)
    .slice(0, PARTS[part])
    .map(({place}) => place)
    .sort((a, b) => a - b);
}
