import type {EvaluationData, Figure, LabelSet, ModelSummary} from "../../data/shapes/evaluation.js";
import type {IntervalDot} from "../charts/interval-charts.js";
import {patientMean, sensitivity, specificity, sumMatrices, wilsonInterval} from "../metrics/index.js";
import type {ConfusionMatrix} from "../metrics/index.js";
import {formatCount, formatPercent} from "../ui/format.js";

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
  const estimate = figures.reduce((sum, figure) => sum + figure.estimate, 0) / figures.length;
  const squares = figures.reduce((sum, figure) => sum + (figure.estimate - estimate) ** 2, 0);
  const deviation = Math.sqrt(squares / (figures.length - 1));
  return {estimate, low: estimate - deviation, high: estimate + deviation};
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
