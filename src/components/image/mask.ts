/** Which pixels of a picture belong to something: 1 or 0 a pixel, row by row. */
export interface Mask {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Pixels brighter than this in their brightest channel do not belong to a black ground. */
const BLACK = 40;

/** @returns the pixels of RGB pixels that are not black */
export function notBlack(rgb: ArrayLike<number>, width: number, height: number): Mask {
  const data = new Uint8Array(width * height).map((_, pixel) =>
    Number(Math.max(rgb[pixel * 3]!, rgb[pixel * 3 + 1]!, rgb[pixel * 3 + 2]!) > BLACK)
  );
  return {data, width, height};
}

/** @returns how many pixels a mask has */
export function area({data}: Mask): number {
  let count = 0;
  for (const value of data) count += value;
  return count;
}

/**
 * Splits a mask into its connected parts.
 * @param diagonal whether pixels that touch by a corner only are connected
 * @returns the parts' pixels, the largest part first
 */
export function parts({data, width}: Mask, diagonal = true): Int32Array[] {
  const seen = new Uint8Array(data.length);
  const stack = new Int32Array(data.length);
  const found: Int32Array[] = [];
  for (let start = 0; start < data.length; start++) {
    if (!data[start] || seen[start]) continue;
    // The stack is never popped off its array: what was reached stays below `done`, in the order of the visit.
    let [done, reached] = [0, 0];
    stack[reached++] = start;
    seen[start] = 1;
    while (done < reached) {
      const pixel = stack[done++]!;
      const x = pixel % width;
      const [left, right] = [x === 0 ? 0 : -1, x === width - 1 ? 0 : 1];
      const [above, below] = [pixel < width ? 0 : -1, pixel >= data.length - width ? 0 : 1];
      for (let dy = above; dy <= below; dy++) {
        for (let dx = left; dx <= right; dx++) {
          if (!diagonal && dx && dy) continue;
          const next = pixel + dy * width + dx;
          if (!data[next] || seen[next]) continue;
          seen[next] = 1;
          stack[reached++] = next;
        }
      }
    }
    found.push(stack.slice(0, reached));
  }
  return found.sort((a, b) => b.length - a.length);
}

/** @returns the mask that holds just these pixels */
export function maskOf(pixels: Int32Array, {width, height}: Pick<Mask, "width" | "height">): Mask {
  const data = new Uint8Array(width * height);
  for (const pixel of pixels) data[pixel] = 1;
  return {data, width, height};
}

/** @returns the mask with all that it encloses */
export function fillHoles({data, width, height}: Mask): Mask {
  const outside = {data: data.map((value) => 1 - value), width, height};
  const filled = data.slice();
  for (const part of parts(outside, false)) {
    if (!touchesRim(part, {width, height})) for (const pixel of part) filled[pixel] = 1;
  }
  return {data: filled, width, height};
}

/** Whether a pixel lies at the picture's edge. */
export function isAtRim(pixel: number, {width, height}: Pick<Mask, "width" | "height">): boolean {
  const column = pixel % width;
  return pixel < width || pixel >= width * (height - 1) || column === 0 || column === width - 1;
}

/** Whether some of these pixels lie at the picture's edge. */
export function touchesRim(pixels: Int32Array, size: Pick<Mask, "width" | "height">): boolean {
  return pixels.some((pixel) => isAtRim(pixel, size));
}

/** @returns the pixels whose eight neighbours all belong to the mask; what lies outside the picture does not */
export function erode({data, width, height}: Mask): Mask {
  const inner = new Uint8Array(data.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let all = 1;
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) all &= data[(y + dy) * width + x + dx]!;
      inner[y * width + x] = all;
    }
  }
  return {data: inner, width, height};
}

/** @returns the pixels of a mask and all that touch one of them */
export function dilate({data, width, height}: Mask): Mask {
  const outer = new Uint8Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (!data[pixel]) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) outer[v * width + u] = 1;
    }
  }
  return {data: outer, width, height};
}

/** The cell on a black ground: its largest part that is not black, with what it encloses; null where all is black. */
export function silhouette(rgb: ArrayLike<number>, width: number, height: number): Mask | null {
  const [largest] = parts(notBlack(rgb, width, height));
  return largest ? fillHoles(maskOf(largest, {width, height})) : null;
}
