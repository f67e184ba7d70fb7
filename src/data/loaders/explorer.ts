import {existsSync} from "node:fs";
import path from "node:path";
import {from, op} from "arquero";
import {Delaunay, group} from "d3";
import type {ExplorerFacts, FoldThreshold} from "../shapes/columns.js";
import {signedHue} from "../shapes/columns.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {readEmbedding} from "./embedding.js";
import type {Embedding} from "./embedding.js";
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

/** Of the mapped cells, the share whose nearest on the map has the same label; null without a map. */
export function mapAgreement(
  rows: readonly Pick<ManifestRow, "label">[],
  embedding: Pick<Embedding, "x" | "y"> | null
): number | null {
  if (!embedding) return null;
  const {x, y} = embedding;
  const mapped = [...x.keys()].filter((place) => !Number.isNaN(x[place]));
  // A triangulation leaves out what lies on one spot.
  const spots = [...group(mapped, (place) => `${x[place]!},${y[place]!}`).values()];
  const net = Delaunay.from(
    spots,
    ([place]) => x[place!]!,
    ([place]) => y[place!]!
  );
  const far = ([one]: number[], [other]: number[]) => Math.hypot(x[one!]! - x[other!]!, y[one!]! - y[other!]!);
  // A point's nearest is among its neighbours in the triangulation.
  const nearest = spots.map((spot, point) =>
    [...net.neighbors(point)]
      .map((other) => spots[other]!)
      .reduce((best, one) => (far(spot, one) < far(spot, best) ? one : best))
  );
  const same = spots.flatMap((spot, point) =>
    spot.filter((place) => {
      const other = spot.find((one) => one !== place) ?? nearest[point]![0]!;
      return rows[place]!.label === rows[other]!.label;
    })
  );
  return same.length / mapped.length;
}

/** What the questions and the map of the dataset page hang on. */
export function explorerFacts(
  rows: readonly ManifestRow[],
  points: readonly FoldThreshold[],
  directory = modelDirectory
): ExplorerFacts {
  const thresholds = points.map(({fold, threshold}) => ({fold, threshold}));
  const agreement = mapAgreement(rows, readEmbedding(rows, directory));
  return {thresholds, different: differentPatients(rows), layout: layoutOf(directory), agreement};
}
