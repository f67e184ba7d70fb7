/** A 3×3 matrix by rows, acting on column vectors (X, Y, 1); X points right, Y down, the picture spans −1…1. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The matrix that changes nothing. */
export const identity: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The matrix product a · b: `b` acts first. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const cell = (row: number, column: number) =>
    a[row * 3]! * b[column]! + a[row * 3 + 1]! * b[column + 3]! + a[row * 3 + 2]! * b[column + 6]!;
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}
