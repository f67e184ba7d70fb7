/** A rectangle inside a square of side `side`. */
export interface Fit {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The largest rectangle of a cell's true proportions in the middle of a square.
 *
 * The packed pictures are all 50×50 and so squeezed; where the size of the original is unknown (0), the square is kept.
 */
export function fitProportions(width: number, height: number, side: number): Fit {
  if (!(width > 0 && height > 0)) return {x: 0, y: 0, width: side, height: side};
  const scale = side / Math.max(width, height);
  const fitted = {width: width * scale, height: height * scale};
  return {x: (side - fitted.width) / 2, y: (side - fitted.height) / 2, ...fitted};
}
