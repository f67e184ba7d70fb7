import type {EvaluationData, LabelSet, ModelSummary} from "../../data/shapes/evaluation.js";
import type {ChangedFigures, Figure, LaboratoryFigures} from "../../data/shapes/report.js";
import type {ChangePanel, IntervalDot} from "../charts/interval-charts.js";
import {
  mcnemar,
  meanAndDeviation,
  patientMean,
  sensitivity,
  specificity,
  sumMatrices,
  wilsonInterval
} from "../metrics/index.js";
import type {ConfusionMatrix} from "../metrics/index.js";
import {formatCount, formatFigure, formatPercent, formatWithInterval} from "../ui/format.js";

/** What the replaced system's notebook printed. */
export interface Replaced {
  confusionMatrix: ConfusionMatrix;
}

const names = {
  accuracy: "accuracy",
  sensitivity: "sensitivity",
  specificity: "specificity",
  rocArea: "area under the ROC curve"
} as const;
type Name = keyof typeof names;

const dotsOf = (row: string, figures: Record<string, Figure>, wanted: readonly Name[], hollow = false) =>
  wanted.map((name): IntervalDot => ({row, figure: names[name], ...pick(figures[name]), hollow}));

function pick(figure: Figure | undefined): Figure {
  const {estimate, low, high} = figure ?? {estimate: NaN, low: NaN, high: NaN};
  return {estimate, low, high};
}

/** Mean over the folds, give or take their standard deviation (divisor: folds − 1). */
export function meanOfFolds(figures: readonly Figure[]): Figure {
  const {mean, deviation} = meanAndDeviation(figures.map(({estimate}) => estimate));
  return {estimate: mean, low: mean - deviation, high: mean + deviation};
}

/** A dot for each fold and figure, then the mean of the folds and all their cells together; none for a single fold. */
export function foldDots({groups: [all, ...folds]}: ModelSummary, labels: LabelSet): IntervalDot[] {
  if (folds.length < 2) return [];
  const wanted = Object.keys(names) as Name[];
  const means = Object.fromEntries(
    wanted.map((name) => [name, meanOfFolds(folds.map(({figures}) => figures[labels][name]!))])
  );
  return [
    ...folds.flatMap(({fold, figures}) => dotsOf(`fold ${fold}`, figures[labels], wanted)),
    ...dotsOf("mean ± SD of folds", means, wanted, true),
    ...dotsOf("all cells together", all!.figures[labels], wanted)
  ];
}

/**
 * The shipped recipe on patients apart and on a random split, and the replaced system on its own; none without a model
 * on a random split. Only cells tell how far the replaced system's accuracy may be off: its interval is Wilson's.
 */
export function splitDots(
  {models}: Pick<EvaluationData, "models">,
  replaced: Replaced,
  labels: LabelSet
): IntervalDot[] {
  const random = models.find(({protocol}) => protocol === "random");
  if (!random) return [];
  const wanted: Name[] = ["accuracy", "rocArea"];
  const {truePositives, falseNegatives, falsePositives, trueNegatives} = replaced.confusionMatrix;
  const right = truePositives + trueNegatives;
  const old = {accuracy: wilsonInterval(right, right + falseNegatives + falsePositives)};
  return [
    ...dotsOf("patients apart", models[0]!.groups[0]!.figures[labels], wanted),
    ...dotsOf("random split", random.groups[0]!.figures[labels], wanted),
    ...(labels === "original" ? dotsOf("replaced, random", old, ["accuracy"], true) : [])
  ];
}

/** Why the random split flatters: how many of its test cells come from patients whom the network has met. */
export function metWords({models}: Pick<EvaluationData, "models">): string {
  const random = models.find(({protocol}) => protocol === "random");
  if (!random) return "";
  const {met, cells} = random;
  return `${formatCount(met)} of its ${formatCount(cells.original)} test cells (${formatPercent(met / cells.original)}) come from patients with cells on the training side; with patients apart it is ${formatCount(models[0]!.met)}.`;
}

/** Sensitivity and specificity of every part of every factor. */
export function subgroupDots({subgroups}: ModelSummary): IntervalDot[] {
  const wanted: Name[] = ["sensitivity", "specificity"];
  return subgroups.flatMap(({factor, group, figures}) => dotsOf(`${factor}: ${group}`, figures, wanted));
}

/** Sensitivity and specificity on every other laboratory's cells, where it has cells of that class. */
export function laboratoryDots({laboratories}: Pick<ModelSummary, "laboratories">): IntervalDot[] {
  return laboratories.flatMap(({laboratory, figures}) =>
    dotsOf(laboratory, figures, ["sensitivity", "specificity"]).filter(({estimate}) => !Number.isNaN(estimate))
  );
}

/** A row a laboratory: what of its cells gets which answer, and what the answers are worth. */
export function laboratoryRows(laboratories: readonly LaboratoryFigures[]) {
  return laboratories.map(({laboratory, cells, parasitized, patients, figures, ...rest}) => ({
    laboratory,
    cells: formatCount(cells),
    parasitized: formatCount(parasitized),
    "slides or fields": patients,
    AUC: formatFigure(figures.rocArea.estimate, 3),
    sensitivity: formatFigure(figures.sensitivity.estimate, 3),
    specificity: formatFigure(figures.specificity.estimate, 3),
    "sensitivity at 1 % false alarms": formatFigure(rest.sensitivityAt1Percent, 3),
    "at 0.1 %": formatFigure(rest.sensitivityAt01Percent, 3),
    "answered plainly": formatPercent(rest.answered),
    "with a caution": formatPercent(rest.cautioned),
    refused: formatPercent(rest.refused)
  }));
}

/** Sensitivity and specificity with every cell alike (pooled) and with every patient alike (macro). */
export function macroRows(matrices: readonly ConfusionMatrix[]) {
  const pooled = sumMatrices(matrices);
  return Object.entries({sensitivity, specificity}).map(([figure, statistic]) => {
    const {mean, deviation, count} = patientMean(matrices, statistic);
    return {
      figure,
      "every cell alike": formatPercent(statistic(pooled)),
      "every patient alike": formatPercent(mean),
      "standard deviation between patients": formatPercent(deviation),
      patients: count
    };
  });
}

/** A P value: "0.0123", or "< 0.0001". */
export function formatP(value: number): string {
  return value < 1e-4 ? "< 0.0001" : formatFigure(value, 4);
}

/** Every model on all its folds, one row each: its figures with patient intervals, and McNemar's test against the first. */
export function compareModels({models}: Pick<EvaluationData, "models">, labels: LabelSet) {
  const [first] = models;
  return models.map((model) => {
    const figures = model.groups[0]!.figures[labels];
    const {shared, ...pairs} = model.discordant[labels];
    const test = model === first || shared === 0 ? null : mcnemar(pairs);
    return {
      model: model.title,
      folds: model.protocol === "random" ? "random" : model.folds.join(" "),
      cells: formatCount(model.cells[labels]),
      accuracy: formatWithInterval(figures.accuracy!),
      sensitivity: formatWithInterval(figures.sensitivity!),
      specificity: formatWithInterval(figures.specificity!),
      "ROC area": formatWithInterval(figures.rocArea!, 4),
      "cells in common": test ? formatCount(shared) : "",
      [`right where ${first!.title} is not`]: test ? formatCount(pairs.onlySecond) : "",
      "the other way round": test ? formatCount(pairs.onlyFirst) : "",
      "McNemar P": test ? formatP(test.pValue) : ""
    };
  });
}

/** What each change is called, the level at which it changes nothing, and what stands for its only level. */
const changes: Record<string, {title: string; neutral: number; only?: string}> = {
  hue: {title: "hue turned by degrees", neutral: 0},
  saturation: {title: "saturation times", neutral: 1},
  brightness: {title: "brightness times", neutral: 1},
  blur: {title: "blurred, radius in pixels", neutral: 0},
  jpeg: {title: "JPEG of quality", neutral: Infinity},
  noise: {title: "noise, deviation", neutral: 0},
  rotation: {title: "rotated by degrees", neutral: 0},
  size: {title: "resized and back, times", neutral: 1},
  frame: {title: "cell in its frame, times", neutral: 1},
  "frame-filled": {title: "black frame", neutral: 0, only: "filled"}
};

/** One panel a change, in the order of the report, each with the pictures as they are at its neutral level. */
export function robustnessPanels(list: readonly ChangedFigures[]): ChangePanel[] {
  const unchanged = list.find(({change}) => change === "none");
  const names = [...new Set(list.map(({change}) => change))].filter((name) => name !== "none");
  return names.map((name) => {
    const {title, neutral, only} = changes[name] ?? {title: name, neutral: 0};
    const own = list
      .filter(({change}) => change === name)
      .map((figures) => ({...figures, name: only ?? String(figures.level)}));
    const all = [...own, ...(unchanged ? [{...unchanged, level: neutral, name: "none"}] : [])];
    return {
      title,
      points: all
        .sort((a, b) => a.level - b.level)
        .map(({name: level, rocArea, sensitivity, specificity}) => ({level, rocArea, sensitivity, specificity}))
    };
  });
}
