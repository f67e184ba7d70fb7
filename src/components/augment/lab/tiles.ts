import {toRgba} from "../pixels.js";
import type {BytePicture, Picture} from "../types.js";
import type {Tile} from "./protocol.js";

/** A tile of bytes, opaque. */
export function byteTile({data, width, height}: BytePicture): Tile {
  return {rgba: toRgba({data, width, height}, 1), width, height};
}

/** A tile of floats 0…1. */
export function floatTile(picture: Picture): Tile {
  return {rgba: toRgba(picture), width: picture.width, height: picture.height};
}

/** How a picture is brought to about `limit` pixels without making up any: every n-th pixel, or each n times. */
export function displayScale(
  {width, height}: {width: number; height: number},
  limit: number
): {every: number; times: number} {
  const side = Math.max(width, height);
  return {every: Math.max(1, Math.ceil(side / limit)), times: Math.max(1, Math.floor(limit / side))};
}

/** The tile at its display scale: true pixels only, dropped or repeated. */
export function fitTile({rgba, width, height}: Tile, limit = 230): Tile {
  const {every, times} = displayScale({width, height}, limit);
  if (every === 1 && times === 1) return {rgba, width, height};
  const size = {width: Math.ceil(width / every) * times, height: Math.ceil(height / every) * times};
  const from = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const to = new Uint32Array(size.width * size.height);
  for (let y = 0, k = 0; y < size.height; ++y)
    for (let x = 0; x < size.width; ++x)
      to[k++] = from[Math.floor(y / times) * every * width + Math.floor(x / times) * every]!;
  return {rgba: new Uint8ClampedArray(to.buffer), ...size};
}

/** In words: how the tile was scaled. */
export function scaleNote(size: {width: number; height: number}, limit = 230): string {
  const {every, times} = displayScale(size, limit);
  if (times > 1) return `each pixel shown as ${times} × ${times}`;
  return every > 1 ? `every ${every === 2 ? "second" : every === 3 ? "third" : `${every}th`} pixel shown` : "";
}
