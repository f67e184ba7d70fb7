import type {Features} from "./columns.js";

/** A cell and how far it is: Euclidean distance of the features. */
export interface Neighbour {
  cell: number;
  distance: number;
}

/**
 * The nearest cells to one in the space of features, nearest first, itself left out; none for a cell that has none.
 * O(cells × features).
 */
export function neighbours({values, known}: Features, cell: number, count = 12): Neighbour[] {
  if (!known[cell]) return [];
  const squares = new Float64Array(known.length);
  for (const column of values) {
    const own = column[cell]!;
    for (let other = 0; other < squares.length; other++) squares[other]! += (column[other]! - own) ** 2;
  }
  const nearest: Neighbour[] = [];
  for (let other = 0; other < squares.length; other++) {
    if (other === cell || !known[other]) continue;
    if (nearest.length === count && squares[other]! >= nearest.at(-1)!.distance) continue;
    const place = nearest.findIndex(({distance}) => distance > squares[other]!);
    nearest.splice(place < 0 ? nearest.length : place, 0, {cell: other, distance: squares[other]!});
    if (nearest.length > count) nearest.pop();
  }
  return nearest.map(({cell: other, distance}) => ({cell: other, distance: Math.sqrt(distance)}));
}
