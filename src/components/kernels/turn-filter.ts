/**
 * A filter as the way back through its convolution wants it: turned by 180°, its channels exchanged.
 * @param values [size, size, depth, columns]
 * @returns [size, size, columns, depth]
 */
export function turnFilter(values: ArrayLike<number>, shape: readonly number[]): Float32Array {
  const [rows, sides, depth, columns] = shape as [number, number, number, number];
  const turned = new Float32Array(values.length);
  const taps = rows * sides;
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * depth * columns;
    const to = (taps - 1 - tap) * depth * columns;
    for (let k = 0; k < depth; k++) {
      for (let column = 0; column < columns; column++) {
        turned[to + column * depth + k] = values[from + k * columns + column]!;
      }
    }
  }
  return turned;
}
