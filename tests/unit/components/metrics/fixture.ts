import {readFileSync} from "node:fs";
import fc from "fast-check";
import {expect} from "vitest";

/** What tests/training/metrics_fixture.py wrote; undefined figures are the strings "NaN" and "Infinity". */
type Value = number | "NaN" | "Infinity";

interface Point {
  threshold: Value;
  sensitivity: Value;
  specificity: Value;
}

export interface Dataset {
  name: string;
  scores: Float64Array;
  labels: Uint8Array;
  weights: Float64Array;
  atThreshold: ({
    threshold: number;
    matrix: [[number, number], [number, number]];
    /** Missing where truth and prediction are one class throughout, or no call is right: see the script. */
    report: string | null;
    report4: string | null;
    reportData: Record<string, Record<string, number>> & {accuracy: number};
    bayes?: {prevalence: number; precision: Value; negativePredictiveValue: Value}[];
  } & Record<
    | "accuracy"
    | "balancedAccuracy"
    | "sensitivity"
    | "specificity"
    | "precision"
    | "negativePredictiveValue"
    | "f1"
    | "matthewsCorrelation",
    Value
  >)[];
  brierScore: number;
  weightedBrierScore: number;
  logLoss: number;
  weightedLogLoss: number;
  calibration?: {
    bins: number;
    strategy: "equal-width" | "equal-mass";
    edges: number[];
    counts: number[];
    means: number[];
    shares: number[];
    error: number;
  }[];
  roc?: Record<
    "all" | "dropped",
    Record<"falsePositiveRates" | "truePositiveRates" | "thresholds", [number, ...number[]]>
  >;
  rocArea: number;
  mannWhitney: number;
  weightedRocArea: number;
  precisionRecall: Record<"precisions" | "recalls" | "thresholds", number[]>;
  averagePrecision: number;
  weightedAveragePrecision: number;
  grid: number[];
  rocOnGrid: number[];
  precisionOnGrid: number[];
  chosen: {
    youden: Point;
    cost: (Point & {ratio: number})[];
    sensitivityAtSpecificity: (Point & {wish: number})[];
    specificityAtSensitivity: (Point & {wish: number})[];
  };
  temperature: {fitted: number; applied: Record<string, number[]>} | null;
}

interface Fixture {
  datasets: Record<string, Dataset>;
  mcnemar: {onlyFirst: number; onlySecond: number; exact: number; chiSquare: Value; approximate: Value}[];
  wilson: {successes: number; trials: number; low: number; high: number}[];
  complementaryError: {x: number; value: number}[];
  random: {seed: number; integers: number[]}[];
  bootstrap: {
    patients: string[];
    labels: number[];
    scores: number[];
    threshold: number;
    draws: number;
    seed: number;
    level: number;
    intervals: Record<"rocArea" | "averagePrecision" | "brierScore" | "accuracy" | "sensitivity", [number, number]>;
  };
}

const url = new URL("../../../fixtures/metrics/metrics.json", import.meta.url);

export const fixture = JSON.parse(readFileSync(url, "utf8")) as Fixture;

export const datasets: Dataset[] = Object.entries(fixture.datasets).map(([name, dataset]) => ({
  ...dataset,
  name,
  scores: Float64Array.from(dataset.scores),
  labels: Uint8Array.from(dataset.labels),
  weights: Float64Array.from(dataset.weights)
}));

/** The datasets that hold both classes. */
export const mixed = datasets.filter(({roc}) => roc);

/** Numbers agree to a relative (below 1, absolute) tolerance, NaN only with NaN, arrays entry by entry. */
export function expectClose(actual: number, expected: Value, tolerance = 1e-12): void {
  const wanted = Number(expected);
  if (!Number.isFinite(wanted)) expect(actual).toBe(wanted);
  else
    expect(Math.abs(actual - wanted), `${actual} ≈ ${wanted}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(wanted))
    );
}

export function expectAllClose(actual: ArrayLike<number>, expected: readonly Value[], tolerance = 1e-12): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expectClose(actual[i]!, value, tolerance));
}

/** Scores with many ties and the ends of the range, labels, weights and patients of the same cells. */
export const cells = fc
  .array(
    fc.record({
      score: fc.oneof(
        fc.integer({min: 0, max: 8}).map((k) => k / 8),
        fc.double({min: 0, max: 1, noNaN: true})
      ),
      label: fc.integer({min: 0, max: 1}),
      weight: fc.integer({min: 0, max: 3}),
      patient: fc.integer({min: 0, max: 5}).map((k) => `C${k}`)
    }),
    {minLength: 1, maxLength: 60}
  )
  .map((rows) => ({
    scores: Float64Array.from(rows, ({score}) => score),
    labels: Uint8Array.from(rows, ({label}) => label),
    weights: Float64Array.from(rows, ({weight}) => weight),
    patients: rows.map(({patient}) => patient)
  }));

/** The same, with at least one cell of each class. */
export const mixedCells = cells.filter(({labels}) => labels.includes(0) && labels.includes(1));

/** The replaced system's confusion matrix. */
export const replaced = {truePositives: 2689, falseNegatives: 112, falsePositives: 74, trueNegatives: 2636};
