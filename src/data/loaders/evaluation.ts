import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import {labelSets, rateGrid, recallGrid} from "../../components/evaluation/data.js";
import type {Band, EvaluationData, Group, LabelSet, ModelEvaluation} from "../../components/evaluation/data.js";
import {
  patientBand,
  patientIndex,
  precisionOnGrid,
  reweigh,
  rocOnGrid,
  scoreIndex
} from "../../components/metrics/index.js";
import type {Interval} from "../../components/metrics/index.js";
import type {ManifestRow} from "./manifest.js";
import {readPredictions} from "./predictions.js";
import type {Evaluation} from "./predictions.js";
import {modelDirectory} from "./read-json.js";
import {readReport} from "./report.js";
import type {ModelReport} from "./report.js";

const bandDraws = 500;

const titles: Record<string, string> = {
  resnet34: "ResNet-34",
  majority: "Majority class",
  colour: "Colour alone (logistic regression)",
  "small-cnn": "Small CNN",
  "random-init": "ResNet-34 from random weights",
  "random-split": "ResNet-34 on a random split"
};

/**
 * Reads every model that has scores: the shipped one, then the other folders beside it by name.
 *
 * @throws DataProblem naming file and row of what is malformed
 */
export function readEvaluation(manifest: readonly ManifestRow[], directory = modelDirectory): EvaluationData {
  const parent = path.dirname(directory);
  const shipped = path.basename(directory);
  const others = readdirSync(parent)
    .filter((name) => name !== shipped && existsSync(path.join(parent, name, "predictions.csv")))
    .sort();
  const reports: ModelReport[] = [];
  const models = [shipped, ...others].map((name): ModelEvaluation => {
    const place = path.join(parent, name);
    const tested = readPredictions(manifest, place);
    const report = readReport(tested.folds, place);
    reports.push(report);
    const {protocol, folds, cell, score} = tested;
    return {
      ...{name, title: titles[name] ?? name.replaceAll("-", " "), protocol, folds},
      ...{places: protocol === "random" ? cell : null, scores: score},
      ...{points: report.points, groups: groupsOf(tested, report)}
    };
  });
  return {models, bandDraws, draws: reports[0]!.draws, seed: reports[0]!.seed};
}

/** The choices of the fold selector. All folds together are called each at its own threshold, as in the report. */
function groupsOf(tested: Evaluation, {points, figures, pooled, seed}: ModelReport): Group[] {
  const bands = (fold: number | null) =>
    Object.fromEntries(labelSets.map((set) => [set, bandsOf(tested, {fold, set, seed})])) as Group["bands"];
  const single = points.map(({fold, threshold}, i) => ({
    ...{fold: String(fold), threshold, figures: figures[i]!, bands: bands(fold)}
  }));
  const all = pooled ? {threshold: null, figures: pooled, bands: bands(null)} : single[0]!;
  return [{...all, fold: "all"}, ...(tested.protocol === "random" ? [] : single)];
}

function bandsOf(
  {score, label, disputed, patient, patients, fold: folds}: Evaluation,
  {fold, set, seed}: {fold: number | null; set: LabelSet; seed: number}
): {roc: Band; precisionRecall: Band} {
  const rows = score.flatMap((_, i) =>
    (fold === null || folds[i] === fold) && !(set === "undisputed" && disputed[i]) ? [i] : []
  );
  const labels = Uint8Array.from(rows, (i) => (set === "corrected" && disputed[i] ? 1 - label[i]! : label[i]!));
  const index = scoreIndex(
    Float64Array.from(rows, (i) => score[i]!),
    labels
  );
  const intervals = patientBand({
    patients: patientIndex(rows.map((i) => patients[patient[i]!]!)),
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
