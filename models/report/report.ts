import {createHash} from "node:crypto";
import {existsSync, readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import {group} from "d3";
import {applyTemperature} from "../../src/components/metrics/index.js";
import {cellsDirectory, readManifest} from "../../src/data/loaders/manifest.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {DataProblem, readCellRows} from "../../src/data/loaders/read.js";
import {perLabelSet} from "../../src/data/shapes/evaluation.js";
import type {Bands, LabelSet} from "../../src/data/shapes/evaluation.js";
import type {ManifestRow} from "../../src/data/shapes/manifest.js";
import type {ChangedFigures, LaboratoryFigures, OperatingPoint, Subgroup} from "../../src/data/shapes/report.js";
import {bandsOf} from "./bands.js";
import {figuresOf} from "./figures.js";
import type {Figures, ScoredCells} from "./figures.js";
import {laboratoriesOf} from "./laboratories.js";
import {chooseOperatingPoint, likelierClass} from "./operating-point.js";
import {robustnessOf} from "./robustness.js";
import {subgroupsOf} from "./subgroups.js";

/** What `report.json` holds: every number that a page or the README shows about a model. */
export interface Report {
  name: string;
  /** SHA-256 of the files that the figures were computed from. */
  inputs: string;
  draws: number;
  seed: number;
  folds: {
    fold: number;
    operatingPoint: OperatingPoint;
    /** At the operating point that the fold's own validation patients chose; a random split has none and takes ½. */
    figures: Record<LabelSet, Figures>;
  }[];
  /** All tested folds together, each cell called at its own fold's threshold; null while only one fold is there. */
  pooled: Record<LabelSet, Figures> | null;
  /** Parts of all tested cells by what the set knows of them, original labels. */
  subgroups: Subgroup[];
  /** The shipped weights on changed pictures of held-out patients, original labels; empty if that was not run. */
  robustness: ChangedFigures[];
  /** The shipped weights on other laboratories' cells; empty if they were not scored. */
  laboratories: LaboratoryFigures[];
}

/** The fold whose network is shipped. */
const shippedFold = 0;

const draws = 2000;
const seed = 2020;

/** Bands around the curves of each fold, by its number, and of `all` folds together. */
export type GroupBands = Record<string, Record<LabelSet, Bands>>;

/**
 * Computes what `report.json` and `bands.json` of a model hold from `predictions.csv`, `validation.csv`,
 * `robustness.csv`, `laboratories.csv` and the manifest.
 *
 * @throws DataProblem naming file and row of what is malformed
 */
export function makeReport(name: string, directory = path.join("models", name)): {report: Report; bands: GroupBands} {
  const manifest = readManifest();
  const tested = readPredictions(manifest, directory);
  const validation = tested.protocol === "random" ? new Map() : readValidation(manifest, directory);
  const parts = tested.folds.map((fold) => {
    const operatingPoint =
      tested.protocol === "random" ? likelierClass : chosenBy(validation.get(fold), fold, directory);
    const cells = tested.cell.flatMap((place, i) =>
      tested.fold[i] === fold ? [{row: manifest[place]!, score: tested.score[i]!, operatingPoint}] : []
    );
    return {fold, operatingPoint, cells, bands: perLabelSet((set) => bandsOf(columns(cells, set), seed))};
  });
  const cells = parts.flatMap((part) => part.cells);
  const many = parts.length > 1;
  const shipped = parts.find(({fold}) => fold === shippedFold);
  const report = {
    name,
    inputs: digestInputs(directory),
    draws,
    seed,
    folds: parts.map(({fold, operatingPoint, cells}) => ({fold, operatingPoint, figures: figuresOfCells(cells)})),
    pooled: many ? figuresOfCells(cells) : null,
    subgroups: subgroupsOf(
      cells.map(({row, score, operatingPoint}) => ({row, score, called: score >= operatingPoint.threshold})),
      {draws, seed}
    ),
    robustness: shipped ? robustnessOf(manifest, directory, shipped.operatingPoint.threshold) : [],
    laboratories: shipped ? laboratoriesOf(directory, shipped.operatingPoint, {draws, seed}) : []
  };
  const all = many ? perLabelSet((set) => bandsOf(columns(cells, set), seed)) : parts[0]!.bands;
  return {report, bands: {all, ...Object.fromEntries(parts.map(({fold, bands}) => [String(fold), bands]))}};
}

/** SHA-256 of all files that the report of a model is computed from: the report is current while it has this digest. */
export function digestInputs(directory: string): string {
  const history = path.join(directory, "history");
  const files = [
    ...["predictions.csv", "validation.csv", "robustness.csv", "laboratories.csv"].map((file) =>
      path.join(directory, file)
    ),
    ...(existsSync(history) ? readdirSync(history).sort() : []).map((file) => path.join(history, file)),
    path.join(cellsDirectory, "manifest.csv")
  ];
  const hash = createHash("sha256");
  for (const file of files.filter(existsSync)) hash.update(`${path.basename(file)}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

function chosenBy(cells: ScoredCell[] | undefined, fold: number, directory: string): OperatingPoint {
  if (!cells) throw new DataProblem(path.join(directory, "validation.csv"), `there are no rows of fold ${fold}`);
  const disputed = Uint8Array.from(cells, ({row}) => Number(row.disputed));
  return chooseOperatingPoint({...columns(cells, "original"), disputed});
}

interface ScoredCell {
  row: ManifestRow;
  score: number;
}

interface FoldCell extends ScoredCell {
  operatingPoint: OperatingPoint;
}

function figuresOfCells(cells: FoldCell[]): Record<LabelSet, Figures> {
  return perLabelSet((set) => {
    const kept = inLabelSet(cells, set);
    return figuresOf(
      {
        ...columns(cells, set),
        called: Uint8Array.from(kept, ({score, operatingPoint}) => Number(score >= operatingPoint.threshold)),
        calibrated: Float64Array.from(
          kept,
          ({score, operatingPoint}) => applyTemperature(Float64Array.of(score), operatingPoint.temperature)[0]!
        )
      },
      {draws, seed}
    );
  });
}

function inLabelSet<Cell extends ScoredCell>(cells: readonly Cell[], set: LabelSet): readonly Cell[] {
  return set === "undisputed" ? cells.filter(({row}) => !row.disputed) : cells;
}

/** Scores, labels and patients: labels as the set gives them, corrected ones turned where Fuhad et al. dispute them. */
function columns(all: readonly ScoredCell[], set: LabelSet): Pick<ScoredCells, "scores" | "labels" | "patients"> {
  const cells = inLabelSet(all, set);
  return {
    scores: Float64Array.from(cells, ({score}) => score),
    labels: Uint8Array.from(cells, ({row}) =>
      Number((row.label === "parasitized") !== (set === "corrected" && row.disputed))
    ),
    patients: cells.map(({row}) => row.patient)
  };
}

function readValidation(manifest: readonly ManifestRow[], directory: string): Map<number, ScoredCell[]> {
  const columns = ["file", "label", "patient", "fold", "p_parasitized"];
  const rows = readCellRows(path.join(directory, "validation.csv"), columns, manifest);
  const scored = rows.map(({cell: row, number, fail}) => {
    const fold = number("fold", 0, 4, true);
    if (row.fold === fold) fail(`patient ${row.patient} is a test patient of fold ${fold}`);
    return {fold, row, score: number("p_parasitized", 0, 1)};
  });
  return group(scored, ({fold}) => fold);
}
