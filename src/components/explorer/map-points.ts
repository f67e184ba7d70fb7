import type {MapPlaces} from "./columns.js";
import type {MapView} from "./selection.js";

/** How the map lies on a square of `side` pixels: pixel = place × scale + offset, y upwards. */
export interface Projection {
  scale: number;
  left: number;
  top: number;
}

/** A little room around the outermost places. */
const reach = 1.04;

/** The projection of a view on a square. */
export function projectionOf({x, y, zoom}: MapView, side: number): Projection {
  const scale = (side * zoom) / (2 * reach);
  return {scale, left: side / 2 - x * scale, top: side / 2 + y * scale};
}

/** The place under a pixel. */
export function placeAt({scale, left, top}: Projection, pixelX: number, pixelY: number): {x: number; y: number} {
  return {x: (pixelX - left) / scale, y: (top - pixelY) / scale};
}

/** A view moved so that it stays on the map, with an enlargement of 1 to 64. */
export function keepInside({x, y, zoom}: MapView): MapView {
  const enlarged = Math.min(64, Math.max(1, zoom));
  const slack = 1 - 1 / enlarged;
  const clamp = (value: number) => Math.min(slack, Math.max(-slack, value));
  return {x: clamp(x), y: clamp(y), zoom: enlarged};
}

/**
 * Draws every cell of the map as a square of pixels: first those that fail another filter, then those that pass, in
 * the colour of their group: parasitized whole, uninfected hollow where points are large enough for it. Two passes over
 * typed arrays, so that a million points take milliseconds.
 *
 * @param pixels RGBA of a square picture, side × side, as 32-bit numbers; cleared first
 * @param options.colours RGBA of each group, as 32-bit numbers
 * @param options.faint that of the points that fail another filter
 * @param options.group of each cell
 * @param options.size side of a point in pixels
 * @returns cells in view that pass, at most `limit` of them; null when there are more
 */
export function drawPoints(
  pixels: Uint32Array,
  {x, y}: MapPlaces,
  {
    side,
    projection: {scale, left, top},
    colours,
    faint: pale,
    group,
    label,
    passes,
    size,
    limit
  }: {
    side: number;
    projection: Projection;
    colours: ArrayLike<number>;
    faint: number;
    group: Uint8Array;
    label: Uint8Array;
    passes: (cell: number) => boolean;
    size: number;
    limit: number;
  }
): number[] | null {
  pixels.fill(0);
  const half = (size - 1) / 2;
  const near: number[] = [];
  let many = false;
  for (const faint of [true, false]) {
    for (let cell = 0; cell < x.length; cell++) {
      const column = Math.round(x[cell]! * scale + left - half);
      const row = Math.round(top - y[cell]! * scale - half);
      // Not-a-number fails every comparison: cells that are not on the map are left out.
      if (!(column >= 0 && row >= 0 && column + size <= side && row + size <= side)) continue;
      if (passes(cell) === faint) continue;
      const colour = faint ? pale : colours[group[cell]!]!;
      const hollow = size > 2 && label[cell] === 1;
      for (let line = row; line < row + size; line++) {
        const start = line * side + column;
        const step = hollow && line > row && line < row + size - 1 ? size - 1 : 1;
        for (let pixel = start; pixel < start + size; pixel += step) pixels[pixel] = colour;
      }
      if (faint) continue;
      if (near.length < limit) near.push(cell);
      else many = true;
    }
  }
  return many ? null : near;
}
