import {existsSync} from "node:fs";
import path from "node:path";
import {uint16, uint32} from "@uwdata/flechette";
import {table} from "arquero";
import {scoreScales} from "../shapes/columns.js";
import type {ScoreName} from "../shapes/columns.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {readPredictions} from "./predictions.js";
import {modelDirectory} from "./read.js";

/** P(parasitized) of each cell by cross-validation, NaN where its fold is not scored yet. */
export type CellScores = Record<ScoreName, Float64Array>;

/**
 * The scores of the network and of the baseline that knows colour only, which lies beside it and may be missing.
 *
 * @throws DataProblem naming file and row of what is malformed
 */
export function readCellScores(manifest: readonly ManifestRow[], directory = modelDirectory): CellScores {
  const spread = (place: string) => {
    const scores = new Float64Array(manifest.length).fill(NaN);
    if (!existsSync(path.join(place, "predictions.csv"))) return scores;
    const {cell, score} = readPredictions(manifest, place);
    cell.forEach((row, i) => (scores[row] = score[i]!));
    return scores;
  };
  return {network: spread(directory), colour: spread(path.join(path.dirname(directory), "colour"))};
}

/** Packs scores for the browser as an Arrow file of whole numbers, as {@link scoreScales} says. */
export function packScores({network, colour}: CellScores): Uint8Array {
  const whole = (scores: Float64Array, name: ScoreName) => {
    const scale = scoreScales[name];
    return scores.map((score) => (Number.isNaN(score) ? scale + 1 : Math.round(score * scale)));
  };
  return table({network: whole(network, "network"), colour: whole(colour, "colour")}).toArrowIPC({
    types: {network: uint32(), colour: uint16()}
  });
}
