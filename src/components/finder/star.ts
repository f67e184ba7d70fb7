/** Directions, going round evenly from the right downwards, in which an outline's distance from its centre is told. */
export const DIRECTIONS = 32;

/** A star-convex outline (Schmidt et al. 2018): what lies in each direction from a centre up to a distance, in pixels. */
export interface Star {
  x: number;
  y: number;
  /** Distances in the 32 directions. */
  radii: Float32Array;
}

/** A rectangle: from `left`, `top` up to, and without, `right`, `bottom`. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Steps of one pixel, across and down, in the 32 directions. */
export const STEPS = Array.from({length: DIRECTIONS}, (_, n) => {
  const angle = (n / DIRECTIONS) * 2 * Math.PI;
  return [Math.cos(angle), Math.sin(angle)] as const;
});

/** @returns the outline's 32 corners, x and y in turn, clockwise as one looks at the picture */
export function cornersOf({x, y, radii}: Star): Float32Array {
  const corners = new Float32Array(2 * DIRECTIONS);
  STEPS.forEach(([across, down], n) => corners.set([x + across * radii[n]!, y + down * radii[n]!], 2 * n));
  return corners;
}

/** @returns the area of a polygon, given as x and y in turn, by the shoelace formula */
export function areaOf(corners: Float32Array): number {
  let twice = 0;
  for (let n = 0; n < corners.length; n += 2) {
    const next = (n + 2) % corners.length;
    twice += corners[n]! * corners[next + 1]! - corners[next]! * corners[n + 1]!;
  }
  return Math.abs(twice) / 2;
}

/** @returns left, top, right and bottom of a polygon, given as x and y in turn, not rounded */
export function extentOf(corners: Float32Array): Bounds {
  const extent = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity};
  for (let n = 0; n < corners.length; n += 2) {
    extent.left = Math.min(extent.left, corners[n]!);
    extent.right = Math.max(extent.right, corners[n]!);
    extent.top = Math.min(extent.top, corners[n + 1]!);
    extent.bottom = Math.max(extent.bottom, corners[n + 1]!);
  }
  return extent;
}

/** How far the outline lies from the centre in the direction of an offset, between the 32 along a straight line. */
export function reachTowards({radii}: Star, across: number, down: number): number {
  const turn = ((Math.atan2(down, across) / (2 * Math.PI) + 1) % 1) * DIRECTIONS;
  const [before, share] = [Math.floor(turn) % DIRECTIONS, turn % 1];
  return radii[before]! * (1 - share) + radii[(before + 1) % DIRECTIONS]! * share;
}

/** Calls `visit` with each pixel, by its column and row, whose middle lies within an outline and the bounds. */
export function forEachWithin(star: Star, bounds: Bounds, visit: (column: number, row: number) => void): void {
  const furthest = Math.max(...star.radii);
  const top = Math.max(bounds.top, Math.floor(star.y - furthest));
  const bottom = Math.min(bounds.bottom, Math.ceil(star.y + furthest));
  const left = Math.max(bounds.left, Math.floor(star.x - furthest));
  const right = Math.min(bounds.right, Math.ceil(star.x + furthest));
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [across, down] = [column + 0.5 - star.x, row + 0.5 - star.y];
      if (Math.hypot(across, down) <= reachTowards(star, across, down)) visit(column, row);
    }
  }
}

/** @returns the outline in a picture that is `scale` times as large, moved by `across` and `down` there */
export function moved({x, y, radii}: Star, {scale = 1, across = 0, down = 0}): Star {
  return {x: x * scale + across, y: y * scale + down, radii: radii.map((radius) => radius * scale)};
}
