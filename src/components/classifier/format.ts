/** A probability with three decimals that never rounds to certainty: "0.973", "<0.001", ">0.999". */
export function formatProbability(probability: number): string {
  if (probability < 0.001) return "<0.001";
  if (probability > 0.999) return ">0.999";
  return probability.toFixed(3);
}

/** A duration: "31 ms", or "1.2 s" from a second up. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 999.5 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
