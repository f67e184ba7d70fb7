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
