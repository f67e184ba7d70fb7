import type {ModelMetadata} from "../engine/metadata.js";

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
