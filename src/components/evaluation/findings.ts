import type {LabelSet, ModelSummary} from "../../data/shapes/evaluation.js";
import type {Figure} from "../../data/shapes/report.js";
import type {IntervalDot} from "../charts/interval-charts.js";
import {sensitivityAtSpecificity} from "../metrics/index.js";
import {formatCount, formatFigure, formatPercent} from "../ui/format.js";
import type {Current} from "./current.js";
import type {Curves} from "./curves.js";
import {halfOfMissed, sumErrors} from "./errors.js";
import {robustnessPanels} from "./figure-rows.js";
import {inverseLogit} from "./score-bins.js";

// The title of each figure: what it shows, in one sentence that is made of the numbers it draws.

const fractions = [
  ["One of four", 1 / 4],
  ["One of three", 1 / 3],
  ["Half of the", 1 / 2],
  ["Two of three", 2 / 3],
  ["Three of four", 3 / 4],
  ["Nine of ten", 9 / 10]
] as const;

/** A share of some things at the head of a sentence: in words where a plain fraction is at most 1.5 points off. */
export function shareOf(share: number, things: string): string {
  const [words] = fractions.find(([, value]) => Math.abs(value - share) <= 0.015) ?? [];
  return `${words ?? `${formatPercent(share, 0)} of the`} ${things}`;
}

/** What the errors of a selection have in common. */
export function matrixFinding({errors, matrix, selection}: Pick<Current, "errors" | "matrix" | "selection">): string {
  const {wrong, wrongDisputed} = sumErrors(errors);
  const {falseNegatives, falsePositives} = matrix;
  if (selection.labels === "undisputed" || wrong === 0) {
    return `${formatCount(falseNegatives)} missed parasites and ${formatCount(falsePositives)} false alarms on labels that nobody disputes`;
  }
  return `${shareOf(wrongDisputed / wrong, "errors")} are on cells that two readers label differently`;
}

/** What is found at a low rate of false alarms. */
export function rocFinding({index}: Pick<Current["prepared"], "index">): string {
  const {sensitivity} = sensitivityAtSpecificity(index, 0.99);
  return `It finds ${formatPercent(sensitivity)} of the parasitized cells at 1\u00a0% false alarms`;
}

/** How far precision holds. */
export function precisionRecallFinding({precisionRecall}: Pick<Curves, "precisionRecall">): string {
  const recall = Math.max(
    0,
    ...precisionRecall.filter(({precision}) => precision >= 0.99).map((point) => point.recall)
  );
  return recall > 0
    ? `99 of 100 positive answers are right until ${formatPercent(recall, 0)} of the parasites are found`
    : "At no threshold are 99 of 100 positive answers right";
}

/** Between which thresholds both rates are high. */
export function ratesFinding({rates}: Pick<Curves, "rates">): string {
  const good = rates.filter(({sensitivity, specificity}) => Math.min(sensitivity, specificity) >= 0.95);
  if (good.length === 0) return "No threshold keeps both rates above 95\u00a0%";
  const [low, high] = [good[0]!, good.at(-1)!].map(({threshold}) => formatFigure(threshold, 2));
  return `Any threshold from ${low} to ${high} keeps both rates above 95\u00a0%`;
}

/** How many scores are far from the middle. */
export function histogramFinding({histogram}: Pick<Curves, "histogram">): string {
  const count = (bins: Curves["histogram"]) =>
    bins.reduce((sum, {parasitized, uninfected}) => sum + parasitized + uninfected, 0);
  const sure = histogram.filter(({low, high}) => low >= 3 || high <= -3);
  const [low, high] = [inverseLogit(-3), inverseLogit(3)].map((end) => formatFigure(end, 2));
  return `${formatPercent(count(sure) / count(histogram), 0)} of the scores lie below ${low} or above ${high}`;
}

/** What temperature does to the calibration error. */
export function reliabilityFinding({calibration: {before, after}}: Pick<Curves, "calibration">): string {
  const change = after.error <= before.error ? "cuts" : "raises";
  return `Temperature scaling ${change} the calibration error from ${formatFigure(before.error)} to ${formatFigure(after.error)}`;
}

/** On how few patients the missed parasites lie. */
export function patientsFinding({errors, patients}: Pick<Current, "errors" | "patients">): string {
  const {patients: few, missed} = halfOfMissed(errors);
  const all = patients.filter(({positives}) => positives > 0).length;
  if (missed === 0) return `No parasite of ${formatCount(all)} patients is missed`;
  return `${few} of ${formatCount(all)} patients give half of the missed parasites`;
}

/** What false alarms hide in patients who are nearly healthy. */
export function healthyFinding({healthy: {count, hidden, mean}}: Pick<Current, "healthy">): string {
  if (count === 0) return "No patient here is healthy";
  if (Number.isNaN(hidden)) return `${formatPercent(mean)} of a healthy patient’s cells raise a false alarm`;
  return `False alarms hide an infection of fewer than ${formatPercent(hidden)} of the cells`;
}

/** The fold whose accuracy is least certain; null for a single fold. */
export function widestFold(
  {groups: [, ...folds]}: Pick<ModelSummary, "groups">,
  labels: LabelSet
): {fold: string; accuracy: Figure} | null {
  const known = folds.map(({fold, figures}) => ({fold, accuracy: figures[labels].accuracy!}));
  const width = ({accuracy: {low, high}}: {accuracy: Figure}) => high - low;
  return known.length > 1 ? known.reduce((widest, one) => (width(one) > width(widest) ? one : widest)) : null;
}

/** Which fold is least certain. */
export function foldsFinding(model: Pick<ModelSummary, "groups">, labels: LabelSet): string {
  const widest = widestFold(model, labels);
  if (!widest) return "One fold only";
  const {low, high} = widest.accuracy;
  return `Fold ${widest.fold} is the least certain: accuracy ${formatPercent(low)} to ${formatPercent(high)}`;
}

/** What a random split is worth beside patients apart; the dots are those of `splitDots`. */
export function splitFinding(dots: readonly IntervalDot[]): string {
  const of = (row: string) => dots.find((dot) => dot.row === row && dot.figure === "accuracy");
  const [apart, random] = [of("patients apart"), of("random split")];
  if (!apart || !random) return "";
  const overlap = apart.high >= random.low && random.high >= apart.low;
  const figures = `${formatFigure(apart.estimate)} with patients apart, ${formatFigure(random.estimate)} on a random split`;
  return `${figures}: ${overlap ? "the intervals overlap" : "the intervals do not overlap"}`;
}

/** On which part of the cells the network errs most. */
export function subgroupsFinding({subgroups}: Pick<ModelSummary, "subgroups">): string {
  const known = subgroups.filter(({figures}) => Number.isFinite(figures.accuracy.low));
  if (known.length === 0) return "";
  const {factor, group, figures} = known.reduce((worst, one) =>
    one.figures.accuracy.estimate < worst.figures.accuracy.estimate ? one : worst
  );
  return `It errs most on cells of ${factor} ${group}: accuracy ${formatPercent(figures.accuracy.estimate)}`;
}

/** What the classifier is worth at worst in a laboratory that it never met. */
export function laboratoriesFinding({laboratories}: Pick<ModelSummary, "laboratories">): string {
  const worst = (name: "sensitivity" | "specificity") => {
    const known = laboratories.filter(({unmet}) => Number.isFinite(unmet.figures[name].estimate));
    if (known.length === 0) return [];
    const value = ({unmet}: (typeof known)[number]) => unmet.figures[name].estimate;
    const one = known.reduce((a, b) => (value(b) < value(a) ? b : a));
    return [`${name} ${formatPercent(value(one), 0)} (${one.laboratory})`];
  };
  const refused = Math.max(...laboratories.map(({unmet}) => unmet.refused.estimate));
  const all = [...worst("sensitivity"), ...worst("specificity"), `${formatPercent(refused, 0)} refused`];
  return `In a laboratory never met, at worst: ${all.join(", ")}`;
}

/** How many parasitized cells of laboratories never met are missed without a word of doubt; empty where there are none. */
export function silentMissesText({laboratories}: Pick<ModelSummary, "laboratories">): string {
  const sum = (part: (one: (typeof laboratories)[number]["unmet"]) => number) =>
    laboratories.reduce((all, {unmet}) => all + part(unmet), 0);
  const parasitized = sum((one) => one.parasitized);
  if (parasitized === 0) return "";
  const missed = sum(({silentMisses}) => silentMisses);
  return `Of ${formatCount(parasitized)} parasitized cells, had it never met their laboratory, ${formatCount(missed)} are called uninfected outright and with no caution: a silent miss.`;
}

/** Which change does most harm, and to what. */
export function robustnessFinding({robustness}: Pick<ModelSummary, "robustness">): string {
  const unchanged = robustness.find(({change}) => change === "none");
  if (!unchanged) return "";
  const losses = robustnessPanels(robustness).flatMap(({title, points}) =>
    points.flatMap((point) =>
      (["sensitivity", "specificity"] as const).map((name) => ({
        title,
        name,
        level: point.level,
        value: point[name],
        loss: unchanged[name] - point[name]
      }))
    )
  );
  const {title, level, name, value} = losses.reduce((most, one) => (one.loss > most.loss ? one : most));
  const change = `${title[0]!.toUpperCase()}${title.slice(1)} ${level}`;
  return `${change} does most harm: ${name} falls from ${formatPercent(unchanged[name], 0)} to ${formatPercent(value, 0)}`;
}
