import {rateGrid, recallGrid} from "../../data/shapes/evaluation.js";
import type {Band} from "../../data/shapes/evaluation.js";
import {
  averagePrecision,
  brierScore,
  calibrationCurve,
  confusionMatrix,
  expectedCalibrationError,
  precisionRecallCurve,
  rocArea,
  rocCurve,
  sensitivity,
  specificity,
  wilsonInterval
} from "../metrics/index.js";
import {reliabilityBins, reliabilityPart} from "./parts.js";
import {madeWhenAsked} from "./prepare.js";
import type {Prepared} from "./prepare.js";
import {binScores} from "./score-bins.js";

/** Everything that the figures draw and that does not depend on the threshold; each is made when it is first asked for. */
export function curvesOf(prepared: Prepared) {
  const {index, scores, labels} = prepared;
  const binsOf = (values: Float64Array) => calibrationCurve(values, labels, {bins: reliabilityBins});
  const dots = (stage: "before" | "after", values: Float64Array) =>
    binsOf(values).map((bin, i) => ({
      stage,
      part: reliabilityPart(stage, i),
      interval: wilsonInterval(bin.count > 0 ? Math.round(bin.positiveShare * bin.count) : 0, bin.count),
      ...bin
    }));
  const errorOf = (values: Float64Array) => ({
    error: expectedCalibrationError(binsOf(values)),
    brier: brierScore(values, labels)
  });
  return madeWhenAsked({
    area: () => rocArea(index),
    averagePrecision: () => averagePrecision(index),
    share: () => index.positives / (index.positives + index.negatives),
    roc() {
      const {thresholds, truePositiveRates, falsePositiveRates} = rocCurve(index, {dropIntermediate: true});
      return Array.from(thresholds, (threshold, i) => ({
        threshold,
        falsePositiveRate: falsePositiveRates[i]!,
        truePositiveRate: truePositiveRates[i]!
      }));
    },
    precisionRecall() {
      const {thresholds, recalls, precisions} = precisionRecallCurve(index);
      return thin(
        Array.from(thresholds, (threshold, i) => ({threshold, recall: recalls[i]!, precision: precisions[i]!})),
        ({recall, precision}) => [recall, precision]
      );
    },
    rates: () =>
      Array.from({length: 201}, (_, i) => {
        const matrix = confusionMatrix(index, i / 200);
        return {threshold: i / 200, sensitivity: sensitivity(matrix), specificity: specificity(matrix)};
      }),
    histogram: () => binScores(scores, labels),
    reliability: () => [...dots("before", scores), ...dots("after", prepared.calibrated)],
    calibration: () => ({before: errorOf(scores), after: errorOf(prepared.calibrated)})
  });
}

/** What {@link curvesOf} gives. */
export type Curves = ReturnType<typeof curvesOf>;

/** A band as points to draw, without the places where no draw defined it. */
export function bandPoints({low, high}: Band, grid: "roc" | "precisionRecall") {
  const places = grid === "roc" ? rateGrid : recallGrid;
  return places.flatMap((x, i) => (low[i] == null || high[i] == null ? [] : [{x, low: low[i]!, high: high[i]!}]));
}

/**
 * Leaves out points of a line that lie within `distance` of the last one kept, in either coordinate; the first and the
 * last stay. Nobody can see them, and a browser draws thousands of them slowly.
 */
export function thin<T>(points: readonly T[], at: (point: T) => [x: number, y: number], distance = 0.001): T[] {
  let last: [number, number] | null = null;
  return points.filter((point, i) => {
    const [x, y] = at(point);
    const far = !last || Math.abs(x - last[0]) > distance || Math.abs(y - last[1]) > distance;
    if (far || i === points.length - 1) last = [x, y];
    return far || i === points.length - 1;
  });
}
