/**
 * Quantile of rising numbers by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996, NumPy's
 * default); `share` in 0…1. NaN for no numbers.
 */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.ceil(position)] ?? NaN;
  return low + (position - below) * (high - low);
}

/** The mean, and the standard deviation (divisor: count − 1); NaN for no values, and for fewer than two. */
export function meanAndDeviation(values: readonly number[] | Float64Array): {mean: number; deviation: number} {
  const sum = (part: (value: number) => number) => Array.from(values, part).reduce((total, value) => total + value, 0);
  const mean = sum((value) => value) / values.length;
  const squares = sum((value) => (value - mean) ** 2);
  return {mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN};
}

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

/**
 * Spearman's rank correlation of two lists that run in step: Pearson's correlation of their ranks, tied values sharing
 * the mean of theirs.
 * @returns −1…1, NaN when a list is constant
 * @throws RangeError if the lists are not equally long
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`the lists hold ${a.length} and ${b.length} values`);
  const [first, second] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  let [cross, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [first[i]! - mean, second[i]! - mean];
    cross += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return cross / Math.sqrt(squaresA * squaresB);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({length: values.length}, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) out[order[i]!] = (start + end - 1) / 2;
    start = end;
  }
  return out;
}

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

/**
 * A seeded generator of uniform numbers in [0, 1), multiples of 2⁻³²: sfc32 of C. Doty-Humphrey's PractRand, with
 * state (0, seed, 0), counter 1 and twelve rounds thrown away. The same seed gives the same numbers everywhere; not
 * for secrets.
 * @throws RangeError unless the seed is a whole number in 0…2³² − 1.
 */
export function random(seed: number): () => number {
  if (seed >>> 0 !== seed) throw new RangeError(`seed is ${seed}; it must be a whole number in 0…4294967295`);
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
