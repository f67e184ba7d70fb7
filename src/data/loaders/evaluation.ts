import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import {discordantPairs, scoreIndex, sensitivityAtSpecificity} from "../../components/metrics/index.js";
import {bandDraws, falseAlarmGrid, labelSets, perLabelSet} from "../shapes/evaluation.js";
import type {EvaluationData, Group, LabelSet, ModelScores, ModelSummary} from "../shapes/evaluation.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {modelTitles} from "./model-titles.js";
import {readPredictions} from "./predictions.js";
import type {Evaluation} from "./predictions.js";
import {DataProblem, hashIfThere, modelDirectory, readJson} from "./read.js";
import {readReport} from "./report.js";
import type {ModelReport} from "./report.js";

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
        name,
        title: modelTitles[name]!,
        sha256: hashIfThere(path.join(parent, name, "metadata.json")),
        protocol,
        folds,
        patients: patients.length,
        cells: perLabelSet((set) => inSet(tested, set).length),
        met: cellsOfMetPatients(manifest, tested),
        points: report.points,
        groups: groupsOf(tested, report),
        subgroups: report.subgroups,
        robustness: report.robustness,
        laboratories: report.laboratories,
        roc: perLabelSet((set) => sensitivities(tested, set)),
        discordant: perLabelSet((set) => compared(answers[0]![set], answers[i]![set]))
      };
    }),
    bandDraws,
    draws,
    seed
  };
}

/** The ROC curve of a model on {@link falseAlarmGrid}, under a set of labels. */
function sensitivities(tested: Evaluation, set: LabelSet): number[] {
  const rows = inSet(tested, set);
  const flipped = (row: number) => set === "corrected" && tested.disputed[row] === 1;
  const index = scoreIndex(
    Float64Array.from(rows, (row) => tested.score[row]!),
    Uint8Array.from(rows, (row) => (flipped(row) ? 1 - tested.label[row]! : tested.label[row]!))
  );
  return falseAlarmGrid.map((rate) =>
    Number(sensitivityAtSpecificity(index, Math.max(0, 1 - rate)).sensitivity.toFixed(4))
  );
}

/**
 * Reads the scores of one model and the bands around its curves; null for a model that has none yet.
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
  const {protocol, folds, cell, score} = tested;
  return {places: protocol === "random" ? cell : null, scores: score, bands: readBands(folds, place)};
}

function readBands(folds: readonly number[], directory: string): ModelScores["bands"] {
  const file = path.join(directory, "bands.json");
  const bands = readJson(file) as ModelScores["bands"];
  const missing = ["all", ...folds].find((group) => !labelSets.every((set) => bands[group]?.[set]));
  if (missing !== undefined) throw new DataProblem(file, `there are no bands of “${missing}”; run npm run report`);
  return bands;
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
  return perLabelSet((set) => new Map(inSet(tested, set).map((i) => [tested.cell[i]!, right(i, set)])));
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
