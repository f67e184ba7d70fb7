import {readFileSync} from "node:fs";
import {random} from "../src/components/metrics/index.js";
import type {Split} from "../src/data/pack/split.js";
import type {ManifestRow} from "../src/data/shapes/manifest.js";

/** A part of a fold: its network learned from the first, was watched on the second, and never saw the third. */
export type Part = "train" | "validation" | "test";

/** Places in the manifest of at most `count` cells of a part's patients, drawn by a seed, in the order of the draw. */
export function drawCells(
  manifest: readonly ManifestRow[],
  {fold, part, count, seed}: {fold: number; part: Part; count: number; seed: number},
  wanted: (row: ManifestRow) => boolean = () => true
): number[] {
  const {folds} = JSON.parse(readFileSync("src/data/cells/split.json", "utf8")) as Split;
  const patients = new Set(folds[fold]![part]);
  const uniform = random(seed);
  return manifest
    .flatMap((row, place) => (patients.has(row.patient) && wanted(row) ? [{place, order: uniform()}] : []))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({place}) => place);
}

/** Most cells of each part for a gate: it is fitted on the first, its limits are set on the second, it is measured on the last. */
const COUNTS: Record<Part, number> = {train: 1000, validation: 800, test: Infinity};

/** The cells of a part that a gate is made with, by their places in the manifest, in rising order. */
export function cellsOf(manifest: readonly ManifestRow[], fold: number, part: Part, seed: number): number[] {
  return drawCells(manifest, {fold, part, count: COUNTS[part], seed}).sort((a, b) => a - b);
}
