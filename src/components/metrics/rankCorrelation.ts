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
