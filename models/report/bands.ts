import {
  patientBand,
  patientIndex,
  precisionOnGrid,
  reweigher,
  rocOnGrid,
  scoreIndex
} from "../../src/components/metrics/index.js";
import type {Interval} from "../../src/components/metrics/index.js";
import {bandDraws, rateGrid, recallGrid} from "../../src/data/shapes/evaluation.js";
import type {Band, Bands} from "../../src/data/shapes/evaluation.js";
import type {ScoredCells} from "./figures.js";

/**
 * Pointwise 95 % bands around the ROC and the precision–recall curve of scored cells, by resampling patients.
 * @throws RangeError for invalid scores or labels
 */
export function bandsOf(
  {scores, labels, patients}: Pick<ScoredCells, "scores" | "labels" | "patients">,
  seed: number
): Bands {
  const draw = reweigher(scoreIndex(scores, labels));
  const intervals = patientBand({
    patients: patientIndex(patients),
    draws: bandDraws,
    seed,
    statistic(weights) {
      const drawn = draw(weights);
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
