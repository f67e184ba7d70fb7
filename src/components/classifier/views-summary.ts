import type {ModelMetadata} from "../engine/metadata.js";
import {formatProbability} from "../ui/format.js";
import {verdict} from "./verdict.js";

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
