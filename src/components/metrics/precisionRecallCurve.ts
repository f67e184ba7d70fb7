import type {ScoreIndex} from "./scoreIndex.js";

/** Points of a precision–recall curve by falling threshold; the three arrays run in step. */
export interface PrecisionRecallCurve {
  /** Falling; the first is Infinity, the others are scores that occur. */
  thresholds: Float64Array;
  /** TP / (TP + FP); the first is 1 by convention. NaN where every cell so far has weight 0. */
  precisions: Float64Array;
  /** Sensitivity, rising from 0 to 1; NaN without parasitized cells. */
  recalls: Float64Array;
}

/**
 * The precision–recall curve with one point for each distinct score after the conventional start (recall 0,
 * precision 1). These are scikit-learn's points in reverse. Draw it as steps, never as a slanted line.
 */
export function precisionRecallCurve(index: ScoreIndex): PrecisionRecallCurve {
  const {thresholds, truePositives, falsePositives, positives} = index;
  const start = -1;
  const points = [start, ...thresholds.keys()];
  return {
    thresholds: Float64Array.from(points, (i) => thresholds[i] ?? Infinity),
    precisions: Float64Array.from(points, (i) =>
      i === start ? 1 : truePositives[i]! / (truePositives[i]! + falsePositives[i]!)
    ),
    recalls: Float64Array.from(points, (i) => (truePositives[i] ?? 0) / positives)
  };
}
