import {channelsToRgb} from "./channels.js";
import {toBytes, usedDepth} from "./depth.js";
import {damaged} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";

/**
 * Decodes a PNG file without the browser's help: for 16 bits a sample, of which a browser keeps the upper 8 although a camera
 * may have filled the lower 12. Values are brought to 0…255 by the depth that the file states (sBIT) or else uses;
 * transparent parts lie on black; of an animation the first picture is read.
 * @param bytes the whole file, its header already checked
 * @throws Refusal `damaged` where its data do not make the picture that it states
 */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<LibraryPicture> {
  const {bits, significant, size, data} = readPngData(bytes);
  if ((await inflatedLength(data, size)) < size) throw damaged("PNG");
  const {decode} = await import("fast-png");
  try {
    const {width, height, channels, data: samples} = decode(essential(bytes));
    const used = usedDepth(samples, bits);
    const depth = significant ? Math.max(significant, used) : used;
    return {...channelsToRgb(toBytes(samples, depth), {width, height, channels}), pages: 1, depth};
  } catch {
    throw damaged("PNG");
  }
}

/** The file without the chunks that do not make pixels, whose content may be anything. */
function essential(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (["IHDR", "IDAT", "IEND"].includes(type)) parts.push(bytes.subarray(at, at + 12 + view.getUint32(at)));
  }
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (file.set(part, at), at + part.length), 0);
  return file;
}

/** What the image data of a PNG are, and how many bytes they must inflate to. */
export interface PngData {
  /** Bits a sample. */
  bits: number;
  /** Bits that the samples use, as the file says (sBIT); null where it does not. */
  significant: number | null;
  size: number;
  data: Blob;
}

const CHANNELS: Record<number, number> = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4};
/** First column and row and steps of Adam7's passes; PNG (third edition), §8.2. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2]
] as const;

/** Reads what PNG (third edition), §11.2.1 and §11.3.2.3 say of the image data. The file's chunks must be whole. */
export function readPngData(bytes: Uint8Array<ArrayBuffer>): PngData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, bits, colour, interlaced] = [
    view.getUint32(16),
    view.getUint32(20),
    bytes[24]!,
    bytes[25]!,
    bytes[28]! === 1
  ];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let significant: number | null = null;
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
    if (type === "sBIT") significant = Math.max(...bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
    if (type === "IEND") break;
  }
  const rowBytes = (columns: number) => 1 + Math.ceil((columns * (CHANNELS[colour] ?? 4) * bits) / 8);
  const size = interlaced
    ? PASSES.reduce((sum, [left, top, across, down]) => {
        const [columns, rows] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)];
        return sum + (columns > 0 && rows > 0 ? rows * rowBytes(columns) : 0);
      }, 0)
    : height * rowBytes(width);
  return {bits, significant, size, data: new Blob(parts)};
}

/** Bytes that zlib data inflate to, or somewhat more than `limit` where they are more; what came out before a fault counts. */
export async function inflatedLength(data: Blob, limit: number): Promise<number> {
  const reader = data.stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let length = 0;
  try {
    while (length <= limit) {
      const {done, value} = await reader.read();
      if (done) return length;
      length += value.length;
    }
    await reader.cancel();
  } catch {
    // The data are cut short or damaged: what has come is what there is.
  }
  return length;
}
