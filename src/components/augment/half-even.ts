/** Rounds to the nearest whole number, halves to the even one, as Python's `round` and C's `nearbyint` do. */
export function halfEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (Math.abs(floor) % 2) : Math.round(x);
}
