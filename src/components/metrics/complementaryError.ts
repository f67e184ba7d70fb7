/**
 * The complementary error function erfc(x) for x ≥ 0, to about 13 digits: the Taylor series of erf below 2
 * (Abramowitz and Stegun 7.1.6), the continued fraction above (7.1.14), evaluated from its tail.
 * @throws RangeError for a negative x.
 */
export function complementaryError(x: number): number {
  if (x < 0) throw new RangeError(`x is ${x}; it must not be negative`);
  const density = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = 2 * x;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - density * sum;
  }
  let tail = x;
  for (let n = 120; n > 0; n--) tail = x + n / 2 / tail;
  return density / tail;
}
