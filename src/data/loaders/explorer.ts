import {existsSync} from "node:fs";
import path from "node:path";
import {from, op} from "arquero";
import type {ExplorerFacts, FoldThreshold} from "../shapes/columns.js";
import {signedHue} from "../shapes/columns.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {DataProblem, modelDirectory, readJson} from "./read.js";

/**
 * The patients whose uninfected cells look unlike those of the others: their median hue or brightness lies more than 1.5
 * interquartile ranges outside the quartiles of all patients' medians (Tukey 1977). By number.
 */
export function differentPatients(rows: readonly ManifestRow[]): string[] {
  const healthy = rows.filter(({label}) => label === "uninfected");
  const medians = from(healthy.map(({patient, hue, brightness}) => ({patient, hue: signedHue(hue), brightness})))
    .groupby("patient")
    .rollup({hue: op.median("hue"), brightness: op.median("brightness")});
  const outside = (figure: "hue" | "brightness") => {
    const {low, high} = medians.rollup({low: op.quantile(figure, 0.25), high: op.quantile(figure, 0.75)}).object() as {
      low: number;
      high: number;
    };
    const fence = 1.5 * (high - low);
    const values = medians.array(figure) as number[];
    return (medians.array("patient") as string[]).filter(
      (_, i) => values[i]! < low - fence || values[i]! > high + fence
    );
  };
  const number = (patient: string) => Number(patient.slice(1));
  return [...new Set([...outside("hue"), ...outside("brightness")])].sort((a, b) => number(a) - number(b));
}

/** What `embedding.json` says of the map. @throws DataProblem when it does not say how it was laid out */
function layoutOf(directory: string): string | null {
  const file = path.join(directory, "embedding.json");
  if (!existsSync(file)) return null;
  const {layout} = readJson(file);
  if (typeof layout !== "string") throw new DataProblem(file, "layout must be a text");
  return layout;
}

/** What the questions and the map of the dataset page hang on. */
export function explorerFacts(
  rows: readonly ManifestRow[],
  points: readonly FoldThreshold[],
  directory = modelDirectory
): ExplorerFacts {
  const thresholds = points.map(({fold, threshold}) => ({fold, threshold}));
  return {thresholds, different: differentPatients(rows), layout: layoutOf(directory)};
}
