import {checkChoice, checkNumber, checkShape, checkWhole} from "./check.js";
import {pilResize} from "./pil-resize.js";
import type {BytePicture, PadMode} from "./types.js";

/** Options of {@link itemResize}: fastai's `Resize(size, method, pad_mode)`. */
export interface ItemResizeOptions {
  /** Side of the square result. Default 460. */
  size?: number;
  /** `crop` (default) keeps the largest square, `squish` ignores the proportions, `pad` keeps everything. */
  method?: "crop" | "squish" | "pad";
  /** What `pad` fills in. Default `reflection`. */
  padMode?: PadMode;
  /** Where the window lies in the free space, 0…1: drawn in training, the centre (default) in validation. */
  place?: readonly [x: number, y: number];
}

/** A rectangle that may reach beyond the picture. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The window of fastai's `Resize` on a picture of `width` × `height`; its arithmetic in doubles loses a pixel for some
 * sides (63, 117, …), which is kept.
 */
export function itemWindow(
  {width, height}: {width: number; height: number},
  {size = 460, method = "crop", place = [0.5, 0.5]}: ItemResizeOptions = {}
): Window {
  if (method === "squish") return {left: 0, top: 0, width, height};
  const [across, down] = [width / size, height / size];
  const scale = method === "pad" ? Math.max(across, down) : Math.min(across, down);
  const side = Math.max(1, Math.trunc(scale * size));
  const left = Math.trunc(place[0] * (width - side));
  const top = Math.trunc(place[1] * (height - side));
  return {left, top, width: side, height: side};
}

/** fastai's item transform `Resize(460)`: crop, squish or pad to a square of bytes with Pillow's bilinear filter. */
export function itemResize(picture: BytePicture, options: ItemResizeOptions = {}): BytePicture {
  const {size = 460, method = "crop", padMode = "reflection", place = [0.5, 0.5]} = options;
  checkShape(picture);
  checkWhole("size", size, 1);
  checkChoice("method", method, ["crop", "squish", "pad"]);
  checkChoice("padMode", padMode, ["reflection", "zeros", "border"]);
  checkNumber("place[0]", place[0], 0, 1);
  checkNumber("place[1]", place[1], 0, 1);
  return pilResize(cutBytes(picture, itemWindow(picture, options), padMode), size, size);
}

/** Cuts a window that may reach beyond the picture; reflection repeats as NumPy's `pad(mode="reflect")`. */
function cutBytes({data, width, height}: BytePicture, window: Window, padMode: PadMode): BytePicture {
  const out = new Uint8ClampedArray(window.width * window.height * 3);
  for (let y = 0, k = 0; y < window.height; ++y) {
    const row = wholeFold(y + window.top, height, padMode);
    for (let x = 0; x < window.width; ++x, k += 3) {
      const column = wholeFold(x + window.left, width, padMode);
      if (row < 0 || column < 0) continue;
      const p = (row * width + column) * 3;
      for (let channel = 0; channel < 3; ++channel) out[k + channel] = data[p + channel]!;
    }
  }
  return {data: out, width: window.width, height: window.height};
}

/** Index `i` brought into 0…n−1, or −1 where there is nothing to see. */
function wholeFold(i: number, n: number, padMode: PadMode): number {
  if (i >= 0 && i < n) return i;
  if (padMode === "zeros") return -1;
  if (padMode === "border") return i < 0 ? 0 : n - 1;
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const rest = ((i % period) + period) % period;
  return rest < n ? rest : period - rest;
}
