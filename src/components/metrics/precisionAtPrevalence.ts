import {checkShare} from "./check.js";

/** What Bayes' rule needs; all three are shares, 0…1. */
export interface PrevalenceOptions {
  sensitivity: number;
  specificity: number;
  prevalence: number;
}

/**
 * Positive predictive value where a share `prevalence` of the cells is parasitized, by Bayes' rule; 0…1, NaN if no
 * cell would be called parasitized or sensitivity or specificity is NaN.
 * @throws RangeError if the prevalence lies outside 0…1.
 */
export function precisionAtPrevalence({sensitivity, specificity, prevalence}: PrevalenceOptions): number {
  checkShare("prevalence", prevalence);
  const found = sensitivity * prevalence;
  return found / (found + (1 - specificity) * (1 - prevalence));
}
