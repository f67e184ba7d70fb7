import type {RgbPicture} from "../image/resize.js";
import type {FoundCell} from "./find-cells.js";

/** The bright circle of a picture that was taken through an eyepiece, in pixels. */
export interface Circle {
  x: number;
  y: number;
  radius: number;
}

/** Pixels whose brightest channel is below this may be the dark surround. */
const DARK = 60;
/** Most pixels of a side that are looked at. */
const SIDE = 200;
/** Least share of the picture that a surround covers. */
const LEAST = 0.08;
/** How much of what a circle encloses must be bright, and of what it leaves out dark. */
const PURE = 0.93;

/**
 * The round view of an RGB picture with a dark surround; null where there is none. All four corners must be dark, and
 * what is bright nearly a disc: its centre is the mean of its pixels' places, its radius that of a disc of its area, as far
 * as it is not cut off by the picture's sides.
 */
export function roundView({data, width, height}: RgbPicture): Circle | null {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / SIDE));
  const [columns, rows] = [Math.floor((width - 1) / step) + 1, Math.floor((height - 1) / step) + 1];
  const bright = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (row * step * width + column * step) * 3;
      bright[row * columns + column] = Number(Math.max(data[at]!, data[at + 1]!, data[at + 2]!) >= DARK);
    }
  }
  const corners = [0, columns - 1, columns * (rows - 1), columns * rows - 1];
  if (corners.some((corner) => bright[corner])) return null;
  const reach = extentOf(bright, columns, rows);
  if (!reach || 1 - reach.count / bright.length < LEAST) return null;
  const {left, right, top, bottom} = reach;
  const [x, y, radius] = [(left + right) / 2, (top + bottom) / 2, (Math.max(right - left, bottom - top) + 1) / 2];
  let [inside, brightInside, darkOutside] = [0, 0, 0];
  bright.forEach((isBright, place) => {
    if (Math.hypot((place % columns) - x, Math.floor(place / columns) - y) <= radius) {
      inside++;
      brightInside += isBright;
    } else darkOutside += 1 - isBright;
  });
  const outside = bright.length - inside;
  if (brightInside < PURE * inside || darkOutside < PURE * outside) return null;
  // The edge itself is neither dark nor bright.
  return {x: (x + 0.5) * step, y: (y + 0.5) * step, radius: (radius - 1) * step};
}

/** Where most of the bright pixels lie: rows and columns of which at least a few are bright. */
function extentOf(bright: Uint8Array, columns: number, rows: number) {
  const [inColumn, inRow] = [new Uint32Array(columns), new Uint32Array(rows)];
  let count = 0;
  bright.forEach((isBright, place) => {
    count += isBright;
    inColumn[place % columns]! += isBright;
    inRow[Math.floor(place / columns)]! += isBright;
  });
  const few = Math.max(2, 0.02 * Math.max(columns, rows));
  const ends = (counts: Uint32Array) => [
    counts.findIndex((each) => each > few),
    counts.findLastIndex((each) => each > few)
  ];
  const [[left, right], [top, bottom]] = [ends(inColumn), ends(inRow)] as [[number, number], [number, number]];
  return left < 0 || top < 0 ? null : {left, right, top, bottom, count};
}

/** Lays the median colour of what a circle encloses over the rest of an RGB picture, so that no cell is found there. */
export function leaveOut(picture: RgbPicture, circle: Circle): void {
  const {data, width, height} = picture;
  const colour = medianWithin(picture, circle);
  for (let y = 0; y < height; y++) {
    const half = Math.sqrt(Math.max(0, circle.radius ** 2 - (y + 0.5 - circle.y) ** 2));
    const [from, to] = [Math.ceil(circle.x - half - 0.5), Math.floor(circle.x + half - 0.5)];
    for (let x = 0; x < width; x++) {
      if (half > 0 && x >= from && x <= to) {
        x = to;
        continue;
      }
      data.set(colour, (y * width + x) * 3);
    }
  }
}

/** The median of each channel within three quarters of a circle, by every n-th pixel. */
function medianWithin({data, width, height}: RgbPicture, {x, y, radius}: Circle): number[] {
  const step = Math.max(1, Math.ceil(radius / 50));
  const places: number[] = [];
  for (let v = 0; v < height; v += step) {
    for (let u = 0; u < width; u += step) {
      if (Math.hypot(u - x, v - y) < 0.75 * radius) places.push((v * width + u) * 3);
    }
  }
  const median = (channel: number) =>
    Uint8Array.from(places, (at) => data[at + channel]!).sort()[places.length >> 1] ?? 255;
  return [median(0), median(1), median(2)];
}

/** Cells of a round view: those that its edge cuts are cut off, those outside are none. */
export function withinView(cells: readonly FoundCell[], {x, y, radius}: Circle): FoundCell[] {
  return cells
    .filter((cell) => Math.hypot(cell.x - x, cell.y - y) < radius)
    .map((cell) => {
      const furthest = Math.hypot(cell.x - x, cell.y - y) + Math.max(cell.width, cell.height) / 2;
      return furthest > radius ? {...cell, kind: "cut"} : cell;
    });
}
