import type {Machine, Maps} from "./machine.js";

/** Side of the pictures that come in. */
export const SIDE = 50;

/**
 * Writes cells into the maps that the first convolution reads, enlarged (corners on corners) if these are larger, each
 * value as (value − mean) · factor of its channel.
 */
export function pictureInput(
  machine: Machine,
  frame: Maps,
  {mean, factor}: {mean: ArrayLike<number> | null; factor: ArrayLike<number> | null}
): (cells: Float32Array, count: number) => void {
  const {side: large, border} = frame;
  const outer = large + 2 * border;
  const lineOf = (cell: number, y: number) => frame.address / 4 + ((cell * outer + y + border) * outer + border) * 3;
  const means = Float64Array.from({length: 3}, (_, channel) => mean?.[channel] ?? 0);
  const factors = Float64Array.from({length: 3}, (_, channel) => factor?.[channel] ?? 1);
  if (large === SIDE) {
    return (cells, count) => {
      const {floats} = machine;
      let from = 0;
      for (let line = 0; line < count * SIDE; line++) {
        let to = lineOf(Math.floor(line / SIDE), line % SIDE);
        for (let x = 0; x < SIDE; x++) {
          for (let channel = 0; channel < 3; channel++) {
            floats[to++] = (cells[from++]! - means[channel]!) * factors[channel]!;
          }
        }
      }
    };
  }
  const taps = enlargement(SIDE, large);
  return (cells, count) => {
    const {floats} = machine;
    const lines = new Float32Array(SIDE * large * 3);
    for (let cell = 0; cell < count; cell++) {
      const from = cell * SIDE * SIDE * 3;
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < large; x++) {
          const {low, high, share} = taps[x]!;
          const [left, right] = [from + (y * SIDE + low) * 3, from + (y * SIDE + high) * 3];
          for (let channel = 0; channel < 3; channel++) {
            const value = cells[left + channel]!;
            lines[(y * large + x) * 3 + channel] = value + (cells[right + channel]! - value) * share;
          }
        }
      }
      for (let y = 0; y < large; y++) {
        const {low, high, share} = taps[y]!;
        let to = lineOf(cell, y);
        for (let x = 0; x < large * 3; x++) {
          const value = lines[low * large * 3 + x]!;
          const between = value + (lines[high * large * 3 + x]! - value) * share;
          floats[to++] = (between - means[x % 3]!) * factors[x % 3]!;
        }
      }
    }
  };
}

/**
 * Where each of `large` places lies between `small` ones, corners on corners.
 * @returns for each, the two neighbours among the small ones, and the higher one's share (0 to 1) of its value
 */
export function enlargement(small: number, large: number): {low: number; high: number; share: number}[] {
  const scale = (small - 1) / (large - 1);
  return Array.from({length: large}, (_, n) => {
    const low = Math.floor(n * scale);
    return {low, high: Math.min(low + 1, small - 1), share: Math.fround(n * scale - low)};
  });
}
