import {fitTemperature, scoreIndex, youdenPoint} from "../../src/components/metrics/index.js";
import type {ScoredCells} from "./figures.js";

/** Where scores become answers, and the rule that chose it. */
export interface OperatingPoint {
  /** Smallest P(parasitized) that is called parasitized. */
  threshold: number;
  /** Divide logits by this for a calibrated probability. */
  temperature: number;
  /** Scores inside this closed interval get no answer. */
  abstain: [low: number, high: number];
  rule: string;
}

/** A calibrated probability nearer to ½ than this share on either side is no answer. */
const DOUBT = 0.2;

/**
 * Chooses temperature, threshold and abstain band from cells of validation patients, who are training patients.
 *
 * Temperature: lowest log loss. Threshold: highest sensitivity + specificity (Youden), taken midway between the scores
 * on either side of the step, so that it does not hang on one cell. Abstain band: the scores whose calibrated
 * probability lies between .2 and .8, widened to hold the threshold.
 *
 * @throws RangeError for invalid scores or labels, or if a class is missing
 */
export function chooseOperatingPoint({
  scores,
  labels,
  patients
}: Omit<ScoredCells, "called" | "calibrated">): OperatingPoint {
  const index = scoreIndex(scores, labels);
  const {threshold: step} = youdenPoint(index);
  if (Number.isNaN(step)) throw new RangeError("the validation patients must have cells of both classes");
  const place = index.thresholds.indexOf(step);
  const below = index.thresholds[place + 1] ?? 0;
  const threshold = round((step + below) / 2);
  const temperature = round(fitTemperature(scores, labels));
  const [low, high] = [DOUBT, 1 - DOUBT].map((p) => round(1 / (1 + ((1 - p) / p) ** temperature))) as [number, number];
  const rule =
    `Chosen on ${scores.length} cells of ${new Set(patients).size} validation patients, who are training patients ` +
    "of this fold. Temperature: lowest log loss. Threshold: highest sensitivity + specificity. No answer where the " +
    `calibrated probability lies between ${DOUBT} and ${1 - DOUBT}.`;
  return {threshold, temperature, abstain: [Math.min(low, threshold), Math.max(high, threshold)], rule};
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
