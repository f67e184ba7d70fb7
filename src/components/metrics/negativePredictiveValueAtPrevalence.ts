import {checkShare} from "./check.js";
import type {PrevalenceOptions} from "./precisionAtPrevalence.js";

/**
 * Negative predictive value where a share `prevalence` of the cells is parasitized, by Bayes' rule; 0…1, NaN if no
 * cell would be called uninfected or sensitivity or specificity is NaN.
 * @throws RangeError if the prevalence lies outside 0…1.
 */
export function negativePredictiveValueAtPrevalence({sensitivity, specificity, prevalence}: PrevalenceOptions): number {
  checkShare("prevalence", prevalence);
  const cleared = specificity * (1 - prevalence);
  return cleared / (cleared + (1 - sensitivity) * prevalence);
}
