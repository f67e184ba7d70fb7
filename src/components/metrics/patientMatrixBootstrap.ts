import type {ConfusionMatrix} from "./confusionMatrix.js";
import {drawPatients} from "./drawPatients.js";
import type {Interval} from "./percentileInterval.js";
import {percentileInterval} from "./percentileInterval.js";
import {sumMatrices} from "./sumMatrices.js";

/**
 * Percentile intervals of figures of the pooled confusion matrix by resampling patients, such as
 * `statistics: {accuracy, sensitivity}`; one interval each, all from the same draws. `matrices` holds one matrix a
 * patient in the order of `patientIndex(…).names`; with the same seed the draws are those of `patientBootstrap`. A draw
 * costs O(patients), not O(cells): 2,000 draws of 200 patients take about 10 ms.
 * @throws RangeError for no matrices or an invalid number of draws, seed or level.
 */
export function patientMatrixBootstrap<Name extends string>({
  matrices,
  draws = 2000,
  seed,
  level = 0.95,
  statistics
}: {
  matrices: readonly ConfusionMatrix[];
  draws?: number;
  seed: number;
  level?: number;
  statistics: Record<Name, (matrix: ConfusionMatrix) => number>;
}): Record<Name, Interval> {
  const sums = Array.from(drawPatients({count: matrices.length, draws, seed}), (picked) =>
    sumMatrices(matrices, picked)
  );
  const pooled = sumMatrices(matrices);
  const intervals = Object.entries<(matrix: ConfusionMatrix) => number>(statistics).map(([name, statistic]) => [
    name,
    percentileInterval(statistic(pooled), Float64Array.from(sums, statistic), level)
  ]);
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}
