/**
 * The places 0, 1, … of `keys`, lowest key first; equal keys, and at the end those that are NaN, in the order of the
 * places.
 * @param options.reverse highest key first; NaN stays at the end
 */
export function placesByKey(keys: Float64Array, {reverse = false}: {reverse?: boolean} = {}): Uint32Array {
  const sign = reverse ? -1 : 1;
  return Uint32Array.from(keys, (_, place) => place).sort((a, b) => {
    const [first, second] = [keys[a]!, keys[b]!];
    if (Number.isNaN(first) || Number.isNaN(second))
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
    return sign * (first - second) || a - b;
  });
}
