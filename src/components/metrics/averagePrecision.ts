import type {ScoreIndex} from "./scoreIndex.js";

/**
 * Area under the precision–recall curve as scikit-learn's average precision: Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the distinct
 * scores, falling, a sum of steps without interpolation; 0…1, NaN without parasitized cells.
 */
export function averagePrecision({truePositives, falsePositives, positives}: ScoreIndex): number {
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const found = truePositives[i]!;
    if (found > before) sum += ((found - before) * found) / (found + falsePositives[i]!);
    before = found;
  }
  return sum / positives;
}
