/**
 * Quantile of rising numbers by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996, NumPy's
 * default); `share` in 0…1. NaN for no numbers.
 */
export function quantileSorted(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.ceil(position)] ?? NaN;
  return low + (position - below) * (high - low);
}
