/** P(parasitized) of each cell, 0…1. */
export type Scores = Float64Array | Float32Array;

/** Throws a RangeError unless `scores` and `labels` are non-empty, equally long, in 0…1 and 0 or 1. */
export function checkPredictions(scores: Scores, labels: Uint8Array): void {
  if (scores.length === 0) throw new RangeError("scores is empty; give at least one score");
  checkLength("labels", labels.length, "scores", scores.length);
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i]! >= 0 && scores[i]! <= 1))
      throw new RangeError(`scores[${i}] is ${scores[i]}; every score must be a probability in 0…1`);
    if (labels[i]! > 1)
      throw new RangeError(`labels[${i}] is ${labels[i]}; use 1 for parasitized and 0 for uninfected`);
  }
}

/** Throws a RangeError unless `weights` has `length` entries, each finite and not negative. */
export function checkWeights(weights: Float64Array, length: number): void {
  checkLength("weights", weights.length, "scores", length);
  for (let i = 0; i < length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity))
      throw new RangeError(`weights[${i}] is ${weights[i]}; every weight must be finite and not negative`);
  }
}

/** Throws a RangeError that names both arguments unless the two lengths agree. */
export function checkLength(name: string, length: number, other: string, otherLength: number): void {
  if (length !== otherLength) throw new RangeError(`${name} has ${length} entries, but ${other} has ${otherLength}`);
}

/** Throws a RangeError unless `value` lies in 0…1. */
export function checkShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is ${value}; it must lie in 0…1`);
}

/** Throws a RangeError unless `value` is a whole number of at least `least`. */
export function checkCount(name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${name} is ${value}; it must be a whole number of at least ${least}`);
}

/** Throws a RangeError if `value` is NaN. */
export function checkDefined(name: string, value: number): void {
  if (Number.isNaN(value)) throw new RangeError(`${name} is NaN; it must be a number`);
}
