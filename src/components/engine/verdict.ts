import {applyTemperature} from "../metrics/calibration.js";
import {formatProbability} from "../ui/format.js";
import type {ModelMetadata} from "./metadata.js";

/** A class by the threshold, and whether the probability is too close to call. */
export interface Verdict {
  label: string;
  uncertain: boolean;
}

/**
 * Calls a class: `positive` from the threshold up, the other label below it; uncertain within the abstain interval.
 * @param probability of the positive class, 0…1
 */
export function verdict(
  probability: number,
  {labels, positive, threshold, abstain}: Pick<ModelMetadata, "labels" | "positive" | "threshold" | "abstain">
): Verdict {
  const negative = labels.find((label) => label !== positive)!;
  const uncertain = abstain !== null && probability >= abstain[0] && probability <= abstain[1];
  return {label: probability >= threshold ? positive : negative, uncertain};
}

/** @returns the calibrated probability: the logit divided by the metadata's temperature */
export function calibrate(probability: number, {temperature}: Pick<ModelMetadata, "temperature">): number {
  return applyTemperature(Float64Array.of(probability), temperature)[0]!;
}

/** What the eight views of a cell say together. */
export interface ViewsSummary {
  /** How many of the views are called what the cell as it lies is called. */
  agree: number;
  low: number;
  high: number;
  sentence: string;
}

/** @param probabilities of the positive class, the cell as it lies first */
export function summariseViews(
  probabilities: readonly number[],
  metadata: Pick<ModelMetadata, "labels" | "positive" | "threshold" | "abstain">
): ViewsSummary {
  const called = probabilities.map((p) => verdict(p, metadata).label);
  const agree = called.filter((label) => label === called[0]).length;
  const [low, high] = [Math.min(...probabilities), Math.max(...probabilities)];
  const total = probabilities.length;
  const count = agree === total ? `All ${total} views are` : `${agree} of ${total} views are`;
  const caution = agree === total ? "" : " The answer hangs on how the cell lies: do not rely on it.";
  const range = `P(${metadata.positive}) from ${formatProbability(low)} to ${formatProbability(high)}`;
  return {agree, low, high, sentence: `${count} called ${called[0]}, ${range}.${caution}`};
}
