/** Log-odds of a share, kept within ±12 so that scores of exactly 0 and 1 have a place on an axis. */
export function logit(share: number): number {
  return Math.min(12, Math.max(-12, Math.log(share / (1 - share))));
}

/** The share in 0…1 with these log-odds. */
export function inverseLogit(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Number of bars of the score histogram; each is half a unit of log-odds wide, and the outer ones are open. */
export const binCount = 24;
const limit = 6;
const step = (2 * limit) / binCount;

/** One bar: cells of each label whose log-odds lie in [low, high). */
export interface ScoreBin {
  bin: number;
  /** Ends in log-odds; the first bar also holds all below, the last all above. */
  low: number;
  high: number;
  parasitized: number;
  uninfected: number;
}

/** The bar (0…23) to which a score belongs. */
export function binOf(score: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.floor((logit(score) + limit) / step)));
}

/** Counts cells by score and label (1 = parasitized) in bars of equal width on the axis of log-odds. */
export function binScores(scores: ArrayLike<number>, labels: ArrayLike<number>): ScoreBin[] {
  const bins = Array.from({length: binCount}, (_, bin): ScoreBin => {
    const low = -limit + bin * step;
    return {bin, low, high: low + step, parasitized: 0, uninfected: 0};
  });
  for (let i = 0; i < scores.length; i++) bins[binOf(scores[i]!)]![labels[i] ? "parasitized" : "uninfected"]++;
  return bins;
}

/** What a bar holds, in words: "0.18 to 0.27". */
export function binName(bin: number): string {
  const [low, high] = [-limit + bin * step, -limit + (bin + 1) * step].map((end) => decimals(inverseLogit(end)));
  return bin === 0 ? `below ${high}` : bin === binCount - 1 ? `${low} and above` : `${low} to ${high}`;
}

function decimals(share: number): string {
  return share < 0.1 || share > 0.9 ? share.toFixed(4) : share.toFixed(2);
}
