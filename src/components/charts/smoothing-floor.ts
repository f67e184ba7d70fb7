/**
 * The least cross-entropy (in nats) that labels smoothed by `smoothing` (0…1) allow between two classes: the entropy of
 * the smoothed label (1 − ε/2, ε/2), as in Szegedy et al. 2016, eq. 3.
 */
export function smoothingFloor(smoothing: number): number {
  return [1 - smoothing / 2, smoothing / 2].reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
}
