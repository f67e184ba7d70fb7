/**
 * Exponential moving average without the bias towards 0 at the start, as in TensorBoard: the n-th value is
 * Σ wⁿ⁻ⁱ xᵢ / Σ wⁿ⁻ⁱ. `weight` 0 keeps the values as they are.
 *
 * @throws RangeError unless 0 ≤ weight < 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`weight is ${weight}; it must be at least 0 and below 1`);
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    sum = weight * sum + value;
    total = weight * total + 1;
    return sum / total;
  });
}
