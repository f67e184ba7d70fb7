import {group} from "d3";
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  calibrationCurve,
  expectedCalibrationError,
  f1,
  logLoss,
  matthewsCorrelation,
  negativePredictiveValue,
  patientBand,
  patientIndex,
  patientMatrices,
  patientMatrixBootstrap,
  precision,
  reweigher,
  rocArea,
  scoreIndex,
  sensitivity,
  sensitivityAtSpecificity,
  specificity,
  specificityAtSensitivity,
  sumMatrices
} from "../../src/components/metrics/index.js";
import type {ConfusionMatrix, Interval, PatientIndex} from "../../src/components/metrics/index.js";
import type {Figure} from "../../src/data/shapes/report.js";

/** Scored cells, by columns that run in step. */
export interface ScoredCells {
  /** P(parasitized), 0…1, as the network gives it. */
  scores: Float64Array;
  /** P(parasitized) after temperature scaling. */
  calibrated: Float64Array;
  /** 1 = called parasitized at the threshold of the cell's own fold. */
  called: Uint8Array;
  /** 1 = parasitized. */
  labels: Uint8Array;
  /** Patient of each cell, such as C100. */
  patients: string[];
}

/** Everything that is reported about one set of scored cells under one set of labels. */
export interface Figures {
  cells: number;
  patients: number;
  parasitized: number;
  matrix: ConfusionMatrix;
  figures: Record<string, Figure>;
}

/** How patients are resampled. */
export interface FigureOptions {
  draws: number;
  seed: number;
}

const ofMatrix = {
  accuracy,
  balancedAccuracy,
  sensitivity,
  specificity,
  positivePredictiveValue: precision,
  negativePredictiveValue,
  f1,
  matthewsCorrelation
};

const calibrationBins = 15;

const ofScores = [
  "rocArea",
  "averagePrecision",
  "sensitivityAtSpecificity95",
  "sensitivityAtSpecificity97",
  "sensitivityAtSpecificity99",
  "specificityAtSensitivity95",
  "specificityAtSensitivity99",
  "brierScore",
  "brierScoreCalibrated",
  "logLoss",
  "logLossCalibrated",
  "calibrationError",
  "calibrationErrorCalibrated"
] as const;

/**
 * Figures of scored cells, with 95 % percentile intervals from resampling patients.
 *
 * Calibration errors use 15 bins of equal width.
 *
 * @throws RangeError for invalid scores, labels or options
 */
export function figuresOf(
  {scores, calibrated, called, labels, patients}: ScoredCells,
  {draws, seed}: FigureOptions
): Figures {
  const index = scoreIndex(scores, labels);
  const draw = reweigher(index);
  const byPatient = patientIndex(patients);
  const matrices = patientMatrices(byPatient, Float64Array.from(called), labels, 1);
  const counted = patientMatrixBootstrap({matrices, draws, seed, statistics: ofMatrix});
  const curved = patientBand({
    patients: byPatient,
    draws,
    seed,
    statistic(weights) {
      const drawn = draw(weights);
      return [
        rocArea(drawn),
        averagePrecision(drawn),
        ...[0.95, 0.97, 0.99].map((wish) => sensitivityAtSpecificity(drawn, wish).sensitivity),
        ...[0.95, 0.99].map((wish) => specificityAtSensitivity(drawn, wish).specificity)
      ];
    }
  });
  const summed = [scores, calibrated].map((values) => lossesByPatient(values, labels, byPatient));
  const lost = patientBand({
    patients: patientIndex(byPatient.names),
    draws,
    seed,
    statistic(picked) {
      const [raw, scaled] = summed.map((losses) => lossesOfDraw(losses, picked));
      return [raw!.brier, scaled!.brier, raw!.log, scaled!.log, raw!.calibration, scaled!.calibration];
    }
  });
  return {
    cells: scores.length,
    patients: byPatient.names.length,
    parasitized: labels.reduce((sum, label) => sum + label, 0),
    matrix: sumMatrices(matrices),
    figures: Object.fromEntries([
      ...Object.entries(counted).map(([name, interval]) => [name, rounded(interval)]),
      ...ofScores.map((name, i) => [name, rounded([...curved, ...lost][i]!)])
    ]) as Record<string, Figure>
  };
}

/**
 * What each patient's cells add to the losses, so that a draw of patients costs no pass over cells: their number, the sums
 * of both losses, and for each bin of the calibration curve the number, the sum of scores and that of parasitized cells.
 */
function lossesByPatient(scores: Float64Array, labels: Uint8Array, {names, codes}: PatientIndex): Float64Array[] {
  const places = group(codes.keys(), (i) => codes[i]!);
  return names.map((_, code) => {
    const own = places.get(code)!;
    const values = Float64Array.from(own, (i) => scores[i]!);
    const truths = Uint8Array.from(own, (i) => labels[i]!);
    const losses = [brierScore(values, truths), logLoss(values, truths)].map((mean) => own.length * mean);
    const bins = calibrationCurve(values, truths, {bins: calibrationBins});
    const sums = bins.map(({count, meanScore, positiveShare}) =>
      count ? [count, count * meanScore, count * positiveShare] : [0, 0, 0]
    );
    return Float64Array.from([own.length, ...losses, ...sums.flat()]);
  });
}

function lossesOfDraw(patients: readonly Float64Array[], picked: Float64Array) {
  const totals = new Float64Array(patients[0]!.length);
  patients.forEach((sums, i) => {
    const times = picked[i]!;
    if (times) for (let k = 0; k < totals.length; k++) totals[k]! += times * sums[k]!;
  });
  const [cells, brier, log] = totals as unknown as [number, number, number];
  const bins = Array.from({length: calibrationBins}, (_, bin) => {
    const [count, score, positive] = totals.subarray(3 + 3 * bin) as unknown as [number, number, number];
    return {count, meanScore: score / count, positiveShare: positive / count};
  });
  return {brier: brier / cells, log: log / cells, calibration: expectedCalibrationError(bins)};
}

function rounded({estimate, low, high}: Interval): Figure {
  const round = (value: number) => Number(value.toFixed(6));
  return {estimate: round(estimate), low: round(low), high: round(high)};
}
