import type {Answer} from "../classifier/entries.js";
import type {Sample} from "../classifier/upload.js";
import type {ModelMetadata} from "../engine/metadata.js";
import {calibrate, verdict} from "../engine/verdict.js";

/** What is said of an answered cell at a glance. */
export interface Glance {
  /** The class by the threshold, or that it is too close to call. */
  look: "parasitized" | "uninfected" | "uncertain";
  /** "Very likely parasitized." without its full stop. */
  sentence: string;
  /** The calibrated probability of the positive class: "97 %", never 0 or 100. */
  percent: string;
}

/** Calibrated probability of the called class from which it is very likely. */
const VERY_LIKELY = 0.95;

/** @param probability of the positive class, as the network gives it, 0…1 */
export function glanceAt(probability: number, metadata: ModelMetadata): Glance {
  const {label, uncertain} = verdict(probability, metadata);
  const chance = calibrate(probability, metadata);
  const ofCalled = label === metadata.positive ? chance : 1 - chance;
  const called = `${ofCalled >= VERY_LIKELY ? "Very likely" : "Probably"} ${label}`;
  return {
    look: uncertain ? "uncertain" : label === metadata.positive ? "parasitized" : "uninfected",
    sentence: uncertain ? "Too close to call" : called,
    percent: roundedPercent(chance)
  };
}

/** A share as a whole percentage that never rounds to certainty: "<1 %", "42 %", ">99 %". */
export function roundedPercent(share: number): string {
  if (share < 0.01) return "<1\u00a0%";
  return share > 0.99 ? ">99\u00a0%" : `${Math.round(100 * share)}\u00a0%`;
}

/** Whether an answer agrees with what the data set says, in words after a mark; empty for a picture of one's own. */
export function againstLabel(
  {look}: Glance,
  sample: Pick<Sample, "label" | "disputed" | "learned"> | undefined
): string {
  if (!sample) return "";
  const {label, disputed, learned} = sample;
  const mark = look === "uncertain" ? "No call." : look === label ? "✓ Right." : "✗ Wrong.";
  const dispute = disputed ? "; Fuhad et al. (2020) call it the other class" : "";
  const proof = learned ? " The network learned from this patient's cells, so its answer here proves nothing." : "";
  return `${mark} The data set calls this cell ${label}${dispute}.${proof}`;
}

/** Whether two networks call a cell the same; empty where one answered alone. */
export function agreement(early: Answer | undefined, final: Answer): string {
  if (!early) return "";
  const [before, after] = [early, final].map(({prediction, network}) =>
    glanceAt(prediction.probability, network.metadata)
  );
  if (before!.look === after!.look) return "Both networks agree.";
  const one = [before!, after!].some(({look}) => look === "uncertain");
  return one ? "One network is undecided." : "The two networks disagree.";
}
