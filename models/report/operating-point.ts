import {
  drawPatients,
  fitTemperature,
  patientIndex,
  reweigh,
  scoreIndex,
  youdenPoint
} from "../../src/components/metrics/index.js";
import {healthyScore} from "../../src/components/smear/field-offset.js";
import type {OperatingPoint} from "../../src/data/shapes/report.js";
import type {ScoredCells} from "./figures.js";

/** What chooses: cells of validation patients, with a mark on each whose label the second reading disputes. */
export interface ValidationCells extends Pick<ScoredCells, "scores" | "labels" | "patients"> {
  /** 1 = disputed. */
  disputed: Uint8Array;
}

/** A calibrated probability nearer to ½ than this share on either side is no answer. */
const DOUBT = 0.2;

/** Draws of validation patients over which the threshold is averaged, and their seed. */
const averaged = {draws: 200, seed: 2020};

/**
 * Chooses temperature, threshold and abstain band from cells of validation patients, who are training patients.
 *
 * Temperature: lowest log loss. Threshold: highest sensitivity + specificity (Youden) on the cells whose label nobody
 * disputes, averaged on the logit scale over 200 draws of the patients, so that it hangs neither on doubtful labels nor
 * on one cell or one patient. Abstain band: the scores whose calibrated probability lies between .2 and .8, widened to
 * hold the threshold.
 *
 * @throws RangeError for invalid scores or labels, or if a class is missing
 */
export function chooseOperatingPoint({scores, labels, patients, disputed}: ValidationCells): OperatingPoint {
  const threshold = round(chooseThreshold({scores, labels, patients, disputed}));
  const temperature = round(fitTemperature(scores, labels));
  const [low, high] = [DOUBT, 1 - DOUBT].map((p) => round(1 / (1 + ((1 - p) / p) ** temperature))) as [number, number];
  const rule =
    `Chosen on ${scores.length} cells of ${new Set(patients).size} validation patients, who are training patients ` +
    "of this fold. Temperature: lowest log loss. Threshold: highest sensitivity + specificity on undisputed labels, " +
    `averaged over ${averaged.draws} draws of these patients. No answer where the calibrated probability lies ` +
    `between ${DOUBT} and ${1 - DOUBT}.`;
  return {
    threshold,
    temperature,
    abstain: [Math.min(low, threshold), Math.max(high, threshold)],
    healthyScore: round(healthyScore(scores.filter((_, i) => labels[i] === 0))),
    rule
  };
}

/** Where no patients were set aside to choose with: the likelier class, as the replaced system answered. */
export const likelierClass: Readonly<OperatingPoint> = {
  threshold: 0.5,
  temperature: 1,
  abstain: [DOUBT, 1 - DOUBT],
  rule: "Not chosen: no cells were set aside for that. The likelier class is called; no temperature."
};

/**
 * The threshold of `chooseOperatingPoint`, unrounded. In each draw it lies midway between the scores on either side of
 * Youden's step, or at ½ if no threshold is better than calling every cell the same; draws that lack a class are left
 * out.
 *
 * @throws RangeError for invalid scores or labels, or if no draw has both classes
 */
export function chooseThreshold({scores, labels, patients, disputed}: ValidationCells): number {
  const kept = Uint32Array.from(labels.keys()).filter((i) => !disputed[i]);
  if (new Set(kept.map((i) => labels[i]!)).size < 2) {
    throw new RangeError("the validation patients must have undisputed cells of both classes");
  }
  const index = scoreIndex(
    Float64Array.from(kept, (i) => scores[i]!),
    Uint8Array.from(kept, (i) => labels[i]!)
  );
  const {names, codes} = patientIndex(Array.from(kept, (i) => patients[i]!));
  const logits: number[] = [];
  for (const picked of drawPatients({count: names.length, ...averaged})) {
    const drawn = reweigh(
      index,
      Float64Array.from(codes, (code) => picked[code]!)
    );
    const step = youdenPoint(drawn).threshold;
    if (Number.isNaN(step)) continue;
    const middle = step === Infinity ? 0.5 : (step + scoreBelow(drawn, step)) / 2;
    logits.push(Math.log(middle / (1 - middle)));
  }
  return 1 / (1 + Math.exp(-logits.reduce((sum, logit) => sum + logit, 0) / logits.length));
}

/** The highest score below `step` that a drawn cell has; 0 if there is none. */
function scoreBelow({thresholds, truePositives, falsePositives}: ReturnType<typeof reweigh>, step: number): number {
  const counted = (i: number) => truePositives[i]! + falsePositives[i]!;
  const place = thresholds.indexOf(step);
  const below = thresholds.findIndex((_, i) => i > place && counted(i) > counted(i - 1));
  return thresholds[below] ?? 0;
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
