import type {CalibrationBin} from "./calibrationCurve.js";

/**
 * Expected calibration error over the bins of `calibrationCurve`: the mean distance of parasitized share and mean
 * score, weighted by count (Naeini et al. 2015), 0…1. It is about P(parasitized), not about the confidence in the
 * class called, and depends on the bins: state them with it. NaN if every bin is empty.
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  let sum = 0;
  let total = 0;
  for (const {count, meanScore, positiveShare} of bins) {
    if (count === 0) continue;
    sum += count * Math.abs(positiveShare - meanScore);
    total += count;
  }
  return sum / total;
}
