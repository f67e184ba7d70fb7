import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import {
  discordantPairs,
  patientBand,
  patientIndex,
  precisionOnGrid,
  reweigh,
  rocOnGrid,
  scoreIndex
} from "../../components/metrics/index.js";
import type {Interval} from "../../components/metrics/index.js";
import {labelSets, rateGrid, recallGrid} from "../shapes/evaluation.js";
import type {Band, Bands, EvaluationData, Group, LabelSet, ModelScores, ModelSummary} from "../shapes/evaluation.js";
import type {ManifestRow} from "./manifest.js";
import {modelTitles} from "./model-titles.js";
import {readPredictions} from "./predictions.js";
import type {Evaluation} from "./predictions.js";
import {DataProblem} from "./problem.js";
import {modelDirectory} from "./read-json.js";
import {readReport} from "./report.js";
import type {ModelReport} from "./report.js";

const bandDraws = 500;

/**
 * Reads the figures of every model that has scores: the shipped one, then the other folders beside it by name.
 *
 * @throws DataProblem naming file and row of what is malformed, or a folder that the page does not know
 */
export function readEvaluation(manifest: readonly ManifestRow[], directory = modelDirectory): EvaluationData {
  const parent = path.dirname(directory);
  const shipped = path.basename(directory);
  const others = readdirSync(parent)
    .filter((name) => name !== shipped && existsSync(path.join(parent, name, "predictions.csv")))
    .sort();
  const models = [shipped, ...others].map((name) => {
    const place = path.join(parent, name);
    if (!modelTitles[name]) {
      throw new DataProblem(
        place,
        "the evaluation page knows no model of this name; add it to modelTitles and to the page"
      );
    }
    const tested = readPredictions(manifest, place);
    return {name, tested, report: readReport(tested.folds, place)};
  });
  const {draws, seed} = models[0]!.report;
  const answers = models.map(({tested, report}) => rightAnswers(tested, report));
  return {
    models: models.map(({name, tested, report}, i): ModelSummary => {
      const {protocol, folds, patients} = tested;
      return {
        ...{name, title: modelTitles[name]!, protocol, folds, patients: patients.length},
        ...{cells: perSet((set) => inSet(tested, set).length), met: cellsOfMetPatients(manifest, tested)},
        ...{points: report.points, groups: groupsOf(tested, report)},
        ...{subgroups: report.subgroups, robustness: report.robustness},
        discordant: perSet((set) => compared(answers[0]![set], answers[i]![set]))
      };
    }),
    ...{bandDraws, draws, seed}
  };
}

/**
 * Reads the scores of one model and draws the bands around its curves; null for a model that has none yet.
 *
 * @throws DataProblem naming file and row of what is malformed
 */
export function readModelScores(
  manifest: readonly ManifestRow[],
  name: string,
  parent = path.dirname(modelDirectory)
): ModelScores | null {
  const place = path.join(parent, name);
  if (!existsSync(path.join(place, "predictions.csv"))) return null;
  const tested = readPredictions(manifest, place);
  const {points, seed} = readReport(tested.folds, place);
  const bands = (fold: number | null) => perSet((set) => bandsOf(tested, {fold, set, seed}));
  const single = Object.fromEntries(points.map(({fold}) => [String(fold), bands(fold)]));
  const all = points.length > 1 ? bands(null) : single[String(points[0]!.fold)]!;
  const {protocol, cell, score} = tested;
  return {places: protocol === "random" ? cell : null, scores: score, bands: {all, ...single}};
}

function perSet<T>(make: (set: LabelSet) => T): Record<LabelSet, T> {
  return Object.fromEntries(labelSets.map((set) => [set, make(set)])) as Record<LabelSet, T>;
}

/** Rows that a set of labels keeps. */
function inSet({score, disputed}: Evaluation, set: LabelSet): number[] {
  return [...score.keys()].filter((i) => !(set === "undisputed" && disputed[i]));
}

/** 1 = parasitized, under a set of labels. */
function labelIn({label, disputed}: Evaluation, i: number, set: LabelSet): number {
  return set === "corrected" && disputed[i] ? 1 - label[i]! : label[i]!;
}

/** 1 where the answer at the threshold of the cell's fold is right, by place in the manifest. */
function rightAnswers(tested: Evaluation, {points}: ModelReport): Record<LabelSet, Map<number, number>> {
  const thresholds = new Map(points.map(({fold, threshold}) => [fold, threshold]));
  const right = (i: number, set: LabelSet) =>
    Number(Number(tested.score[i]! >= thresholds.get(tested.fold[i]!)!) === labelIn(tested, i, set));
  return perSet((set) => new Map(inSet(tested, set).map((i) => [tested.cell[i]!, right(i, set)])));
}

function compared(first: ReadonlyMap<number, number>, second: ReadonlyMap<number, number>) {
  const shared = [...first.keys()].filter((place) => second.has(place));
  const answers = (from: ReadonlyMap<number, number>) => Uint8Array.from(shared, (place) => from.get(place)!);
  const {onlyFirst, onlySecond} = discordantPairs(answers(first), answers(second));
  return {shared: shared.length, onlyFirst, onlySecond};
}

/** How many test cells have a patient of whom the network that scored them did not get all cells for the test. */
function cellsOfMetPatients(manifest: readonly ManifestRow[], {cell, fold}: Evaluation): number {
  const scoredBy = new Map(cell.map((place, i) => [place, fold[i]!]));
  const key = (patient: string, network: number) => `${patient} ${network}`;
  const networks = [...new Set(fold)];
  const met = new Set(
    manifest.flatMap(({patient}, place) =>
      networks.filter((network) => scoredBy.get(place) !== network).map((network) => key(patient, network))
    )
  );
  return cell.filter((place, i) => met.has(key(manifest[place]!.patient, fold[i]!))).length;
}

/** The choices of the fold selector. All folds together are called each at its own threshold, as in the report. */
function groupsOf({protocol}: Evaluation, {points, figures, pooled}: ModelReport): Group[] {
  const single = points.map(({fold, threshold}, i) => ({fold: String(fold), threshold, figures: figures[i]!}));
  const all = pooled ? {threshold: null, figures: pooled} : single[0]!;
  return [{...all, fold: "all"}, ...(protocol === "random" ? [] : single)];
}

function bandsOf(tested: Evaluation, {fold, set, seed}: {fold: number | null; set: LabelSet; seed: number}): Bands {
  const rows = inSet(tested, set).filter((i) => fold === null || tested.fold[i] === fold);
  const index = scoreIndex(
    Float64Array.from(rows, (i) => tested.score[i]!),
    Uint8Array.from(rows, (i) => labelIn(tested, i, set))
  );
  const intervals = patientBand({
    patients: patientIndex(rows.map((i) => tested.patients[tested.patient[i]!]!)),
    draws: bandDraws,
    seed,
    statistic(weights) {
      const drawn = reweigh(index, weights);
      return [...rocOnGrid(drawn, rateGrid), ...precisionOnGrid(drawn, recallGrid)];
    }
  });
  return {
    roc: toBand(intervals.slice(0, rateGrid.length)),
    precisionRecall: toBand(intervals.slice(rateGrid.length))
  };
}

function toBand(intervals: readonly Interval[]): Band {
  const round = (value: number) => (Number.isNaN(value) ? null : Number(value.toFixed(4)));
  return {low: intervals.map(({low}) => round(low)), high: intervals.map(({high}) => round(high))};
}
