/** Log-odds of a share, kept within ±12 so that scores of exactly 0 and 1 have a place on an axis. */
export function logit(share: number): number {
  return Math.min(12, Math.max(-12, Math.log(share / (1 - share))));
}

/** The share in 0…1 with these log-odds. */
export function inverseLogit(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
