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
import {formatCount, formatFigure, formatPercent, formatWithInterval, plainNumber} from "../ui/format.js";
import type {Kind} from "./find-cells.js";
import {foldPart} from "./parts.js";

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

/** The cells that a figure is lower for. */
const kindOfFigure: Record<Name, Kind> = {
  accuracy: "wrong",
  sensitivity: "false-negatives",
  specificity: "false-positives",
  rocArea: "wrong"
};

const dotsOf = (
  row: string,
  figures: Record<string, Figure>,
  wanted: readonly Name[],
  {hollow = false, part}: {hollow?: boolean; part?: string} = {}
) =>
  wanted.map((name): IntervalDot => {
    const dot = {row, figure: names[name], ...pick(figures[name]), hollow};
    return part ? {...dot, part, kind: kindOfFigure[name]} : dot;
  });

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
    ...folds.flatMap(({fold, figures}) => dotsOf(`fold ${fold}`, figures[labels], wanted, {part: foldPart(fold)})),
    ...dotsOf("mean ± SD of folds", means, wanted, {hollow: true}),
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
    ...(labels === "original" ? dotsOf("replaced, random", old, ["accuracy"], {hollow: true}) : [])
  ];
}

/** Why the random split flatters: how many of its test cells come from patients whom the network has met. */
export function metWords({models}: Pick<EvaluationData, "models">): string {
  const random = models.find(({protocol}) => protocol === "random");
  if (!random) return "";
  const {met, cells} = random;
  return `${formatCount(met)} of its ${formatCount(cells.original)} test cells (${formatPercent(met / cells.original)}) come from patients with cells on the training side; with patients apart it is ${formatCount(models[0]!.met)}.`;
}

/** How many cells a model gets wrong over all its folds, under a set of labels. */
function errorCount({groups, cells}: ModelSummary, labels: LabelSet): number {
  return Math.round((1 - groups[0]!.figures[labels].accuracy!.estimate) * cells[labels]);
}

/**
 * Why a random split flatters this network no more than it does: on whose labels the errors of both lie, and what is left
 * of the difference where the two readers agree.
 */
export function leakWords({models}: Pick<EvaluationData, "models">): string {
  const apart = models[0]!;
  const random = models.find(({protocol}) => protocol === "random");
  if (!random) return "";
  const both = [apart, random] as const;
  const agreed = both.map(({groups}) => groups[0]!.figures.undisputed.accuracy!);
  const disputed = both.map((model) => {
    const all = errorCount(model, "original");
    return formatPercent((all - errorCount(model, "undisputed")) / all, 0);
  });
  const [one, other] = agreed as [Figure, Figure];
  const overlap = one.high >= other.low && other.high >= one.low;
  return [
    `Most errors are on disputed labels, with patients apart (${disputed[0]}) as on the random split (${disputed[1]}), and there it is no help to have met the patient.`,
    `On labels that both readers share, accuracy is ${formatFigure(one.estimate)} with patients apart and ${formatFigure(other.estimate)} on the random split${overlap ? ": the intervals overlap, too" : ""}.`,
    `And each network has seen four fifths of ${formatCount(apart.patients)} patients, under stains that training varied, so that one more patient adds little. This holds for this set and this network; a smaller set, or one of fewer patients, may leak more.`
  ].join(" ");
}

/** Sensitivity and specificity of every part of every factor. */
export function subgroupDots({subgroups}: ModelSummary): IntervalDot[] {
  const wanted: Name[] = ["sensitivity", "specificity"];
  return subgroups.flatMap(({factor, group, figures}) => {
    const part = `${factor}: ${group}`;
    return dotsOf(part, figures, wanted, {part});
  });
}

/**
 * What the network is worth on every other laboratory's cells, where it has cells of that class, and the share that got an
 * answer; hollow by a gate that never met the laboratory.
 */
export function laboratoryDots({laboratories}: Pick<ModelSummary, "laboratories">): IntervalDot[] {
  const dots = (row: string, {figures, refused}: LaboratoryFigures["unmet"], hollow: boolean): IntervalDot[] => [
    ...dotsOf(row, figures, ["sensitivity", "specificity"], {hollow}).filter(({estimate}) => Number.isFinite(estimate)),
    {row, figure: "answered", ...complement(refused), hollow}
  ];
  return laboratories.flatMap(({laboratory, unmet, ...met}) => [
    ...dots(laboratory, met, false),
    ...dots(laboratory, unmet, true)
  ]);
}

/** "87.5 % (82.1–91.0 %)"; without the brackets where there is no interval. */
function percentWithInterval({estimate, low, high}: Figure): string {
  const isKnown = Number.isFinite(low) && Number.isFinite(high);
  return `${formatPercent(estimate)}${isKnown ? ` (${(100 * low).toFixed(1)}–${formatPercent(high)})` : ""}`;
}

/** What is unknown is null once it was JSON, and stays unknown. */
function complement({estimate, low, high}: Figure): Figure {
  const rest = (value: number) => (Number.isFinite(value) ? 1 - value : NaN);
  return {estimate: rest(estimate), low: rest(high), high: rest(low)};
}

/** What of each laboratory's cells gets which answer, and what the answers are worth; then the same had it never been met. */
export function laboratoryRows(laboratories: readonly LaboratoryFigures[]) {
  const row = (laboratory: string, {figures, ...one}: LaboratoryFigures["unmet"]) => ({
    laboratory,
    cells: formatCount(one.cells),
    parasitized: formatCount(one.parasitized),
    "slides or fields": one.patients,
    "answered plainly": percentWithInterval(one.answered),
    "with a caution": percentWithInterval(one.cautioned),
    refused: percentWithInterval(one.refused),
    sensitivity: formatWithInterval(figures.sensitivity),
    "silent misses": one.parasitized ? formatCount(one.silentMisses) : "–",
    specificity: formatWithInterval(figures.specificity),
    AUC: formatWithInterval(figures.rocArea),
    "sensitivity at 1 % false alarms": formatWithInterval(one.sensitivityAt1Percent),
    "at 0.1 %": formatWithInterval(one.sensitivityAt01Percent)
  });
  return laboratories.flatMap(({laboratory, unmet, ...met}) => [
    row(laboratory, met),
    row(`${laboratory}, never met`, unmet)
  ]);
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

/** Every model on all its folds, one row each: its figures with patient intervals. */
export function compareModels({models}: Pick<EvaluationData, "models">, labels: LabelSet) {
  return models.map((model) => {
    const figures = model.groups[0]!.figures[labels];
    return {
      model: model.title,
      folds: model.protocol === "random" ? "random" : model.folds.join(" "),
      cells: formatCount(model.cells[labels]),
      accuracy: formatWithInterval(figures.accuracy!),
      sensitivity: formatWithInterval(figures.sensitivity!),
      specificity: formatWithInterval(figures.specificity!),
      "ROC area": formatWithInterval(figures.rocArea!, 4)
    };
  });
}

/** McNemar's test of every other model against the first, a sentence each. */
export function mcnemarSentences({models: [first, ...others]}: Pick<EvaluationData, "models">, labels: LabelSet) {
  return others.flatMap(({title, discordant}) => {
    const {shared, onlyFirst, onlySecond} = discordant[labels];
    if (shared === 0) return [];
    const {pValue} = mcnemar({onlyFirst, onlySecond});
    const better = onlyFirst > onlySecond ? first!.title : title;
    const verdict = pValue < 0.05 ? `${better} is right more often` : "no difference can be told";
    const p = `McNemar’s P ${pValue < 1e-4 ? "" : "= "}${formatP(pValue)}`;
    return [
      `${title}: of ${formatCount(shared)} cells in common it alone is right on ${formatCount(onlySecond)}, ${first!.title} alone on ${formatCount(onlyFirst)}: ${verdict} (${p}).`
    ];
  });
}

/** What a change is called, below and above the level at which it changes nothing, and what stands for its only level. */
const changes: Record<string, {neutral: number; below?: string; above?: string; only?: string}> = {
  hue: {neutral: 0, below: "hue turned back, degrees", above: "hue turned on, degrees"},
  saturation: {neutral: 1, below: "paler, times", above: "more saturated, times"},
  brightness: {neutral: 1, below: "darker, times", above: "brighter, times"},
  blur: {neutral: 0, above: "blurred, radius in pixels"},
  jpeg: {neutral: Infinity, below: "JPEG of quality"},
  noise: {neutral: 0, above: "noise, deviation"},
  rotation: {neutral: 0, above: "rotated by degrees"},
  size: {neutral: 1, below: "fewer pixels and back, times", above: "more pixels and back, times"},
  frame: {neutral: 1, below: "smaller in its frame, times", above: "larger in its frame, times"},
  "frame-filled": {neutral: 0, above: "black frame", only: "filled"}
};

/**
 * One panel a change, or two where it goes either way, in the order of the report: from the pictures as they are to those
 * that are changed most.
 *
 * @param pictures a cell after each change, by `change:level`, as an address
 */
export function robustnessPanels(
  list: readonly ChangedFigures[],
  pictures: Readonly<Record<string, string>> = {}
): ChangePanel[] {
  const unchanged = list.find(({change}) => change === "none");
  const names = [...new Set(list.map(({change}) => change))].filter((name) => name !== "none");
  const point = ({change, level, rocArea, sensitivity, specificity}: ChangedFigures, name: string) => {
    const picture = pictures[`${change}:${level}`];
    return {level: name, rocArea, sensitivity, specificity, ...(picture && {picture})};
  };
  return names.flatMap((name) => {
    const {neutral, below, above, only} = changes[name] ?? {neutral: -Infinity, above: name};
    const own = list.filter(({change}) => change === name);
    const panel = (title: string | undefined, levels: ChangedFigures[]): ChangePanel[] => {
      if (!title || levels.length === 0) return [];
      const changed = levels.map((figures) => point(figures, only ?? plainNumber(figures.level)));
      return [{title, points: [...(unchanged ? [point(unchanged, "none")] : []), ...changed]}];
    };
    const rising = [...own].sort((a, b) => a.level - b.level);
    return [
      ...panel(below, rising.filter(({level}) => level < neutral).reverse()),
      ...panel(
        above,
        rising.filter(({level}) => level > neutral)
      )
    ];
  });
}
