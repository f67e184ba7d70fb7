/** A grid of equal squares that scrolls down; sizes in CSS pixels, `count` squares row by row. */
export interface Grid {
  count: number;
  columns: number;
  rows: number;
  /** Distance from one square to the next. */
  pitch: number;
  /** Height of all rows. */
  height: number;
}

/** Lays `count` squares into a width: as many columns of at least `least` pixels as fit, spread over the width. */
export function layGrid(count: number, width: number, least: number): Grid {
  const columns = Math.max(1, Math.floor(width / least));
  const pitch = Math.max(least, Math.floor(width / columns));
  const rows = Math.ceil(count / columns);
  return {count, columns, rows, pitch, height: rows * pitch};
}

/** The half-open range of squares of which some part is in view. */
export function visibleRange(
  {count, columns, pitch}: Grid,
  top: number,
  viewHeight: number
): {start: number; end: number} {
  const start = Math.max(0, Math.floor(top / pitch)) * columns;
  const end = Math.max(0, Math.ceil((top + viewHeight) / pitch)) * columns;
  return {start: Math.min(start, count), end: Math.min(end, count)};
}

/** The square's left upper corner, from the top of the whole grid. */
export function squareAt({columns, pitch}: Grid, index: number): {x: number; y: number} {
  return {x: (index % columns) * pitch, y: Math.floor(index / columns) * pitch};
}

/** The square under a point of the whole grid, or null where there is none. */
export function indexAt({count, columns, pitch}: Grid, x: number, y: number): number | null {
  const column = Math.floor(x / pitch);
  const index = Math.floor(y / pitch) * columns + column;
  return column >= 0 && column < columns && index >= 0 && index < count ? index : null;
}

/** Where to scroll so that a square is wholly in view, moving as little as possible. */
export function scrollFor(grid: Grid, index: number, top: number, viewHeight: number): number {
  const {y} = squareAt(grid, index);
  if (y < top) return y;
  return y + grid.pitch > top + viewHeight ? y + grid.pitch - viewHeight : top;
}

/**
 * Where a key leads from a square, or null for keys that don't move.
 *
 * Arrows step (left and right run on over the ends of rows); Home and End go to the ends of the row, with Ctrl to the
 * ends of the grid; Page Up and Page Down go by the rows in view.
 */
export function moveBy(
  {count, columns, pitch}: Grid,
  index: number,
  key: string,
  {viewHeight, toEnds = false}: {viewHeight: number; toEnds?: boolean}
): number | null {
  const page = Math.max(1, Math.floor(viewHeight / pitch)) * columns;
  const rowStart = index - (index % columns);
  const targets: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index >= columns ? index - columns : index,
    ArrowDown: rowStart + columns < count ? index + columns : index,
    Home: toEnds ? 0 : rowStart,
    End: toEnds ? count - 1 : rowStart + columns - 1,
    PageUp: index - page >= 0 ? index - page : index % columns,
    PageDown: index + page
  };
  const target = Object.hasOwn(targets, key) ? targets[key]! : null;
  return target === null || count === 0 ? null : Math.min(Math.max(target, 0), count - 1);
}

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
