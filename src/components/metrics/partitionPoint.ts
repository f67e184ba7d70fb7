/**
 * The first of the positions 0…length−1 at which `holds` is false, or `length`; `holds` must be true up to some
 * position and false from there on. O(log length).
 */
export function partitionPoint(length: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
