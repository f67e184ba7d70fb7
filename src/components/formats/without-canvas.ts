import type {RgbPicture} from "../image/resize.js";
import type {RgbaPicture} from "./browser-pixels.js";
import {mostPixels} from "./limits.js";
import {decodePng} from "./png.js";
import {turnUpright} from "./upright.js";

/**
 * Decodes a PNG or JPEG file by libraries, for browsers that hide pixels from pages. A JPEG's pixels may differ from the browser's
 * own by some levels of 255.
 * @throws whatever the decoder throws
 */
export async function decodeWithoutCanvas(bytes: Uint8Array<ArrayBuffer>, kind: "PNG" | "JPEG"): Promise<RgbaPicture> {
  return withAlpha(kind === "PNG" ? await decodePng(bytes) : await decodeJpeg(bytes));
}

async function decodeJpeg(bytes: Uint8Array): Promise<RgbPicture> {
  const {default: jpeg} = await import("jpeg-js");
  const {data, width, height} = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    maxResolutionInMP: mostPixels() / 1e6,
    maxMemoryUsageInMB: 1024
  });
  return turnUpright({data: new Uint8ClampedArray(data), width, height, channels: 3}, orientationOf(bytes));
}

function withAlpha({data, width, height}: {data: ArrayLike<number>; width: number; height: number}): RgbaPicture {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; to++) {
    rgba[to++] = data[from++]!;
    rgba[to++] = data[from++]!;
    rgba[to++] = data[from++]!;
  }
  return {data: rgba, width, height};
}

const [APP1, START_OF_SCAN, ORIENTATION] = [0xe1, 0xda, 0x0112];

/**
 * How a JPEG file says that it lies: the tag Orientation of its EXIF data (CIPA DC-008, §4.6.4).
 * @returns 1…8; 1 where it says nothing that can be read
 */
export function orientationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1);
      if (marker === START_OF_SCAN) return 1;
      if (marker !== APP1 || view.getUint32(at + 4) !== 0x45786966) continue;
      const start = at + 10;
      const isLittle = view.getUint16(start) === 0x4949;
      const directory = start + view.getUint32(start + 4, isLittle);
      const count = view.getUint16(directory, isLittle);
      for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
        if (view.getUint16(entry, isLittle) === ORIENTATION) return view.getUint16(entry + 8, isLittle);
      }
    }
  } catch {
    // The file ends within its EXIF data.
  }
  return 1;
}
