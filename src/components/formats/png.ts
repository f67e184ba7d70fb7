import type {decode as decodeFile} from "fast-png";
import {channelsToRgb} from "./channels.js";
import {toBytes, usedDepth} from "./depth.js";
import {damaged} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";

/**
 * Decodes a PNG file without the browser's help: for 16 bits a sample, of which a browser keeps the upper 8 although a camera
 * may have filled the lower 12, and where a browser hides the pixels of pictures. Values are brought to 0…255 by the depth that the file states (sBIT) or else uses;
 * transparent parts lie on black; of an animation the first picture is read.
 * @param bytes the whole file, its header already checked
 * @throws Refusal `damaged` where its data do not make the picture that it states
 */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<LibraryPicture> {
  const {bits, significant, size, data} = readPngData(bytes);
  if ((await inflatedLength(data, size)) < size) throw damaged("PNG");
  const {decode, convertIndexedToRgb} = await import("fast-png");
  try {
    const isSpread = bits < 8 && bytes[INTERLACED] === 1;
    const decoded = decode(isSpread ? await spread(bytes, decode) : essential(bytes));
    const {width, height, channels, palette} = decoded;
    if (palette) {
      const colours = {width, height, channels: palette[0]!.length};
      return {...channelsToRgb(Uint8ClampedArray.from(convertIndexedToRgb(decoded)), colours), pages: 1, depth: 8};
    }
    const samples = bits < 8 && !isSpread ? unpack(decoded.data, {width, height, bits}) : decoded.data;
    const used = usedDepth(samples, bits);
    const depth = significant ? Math.max(significant, used) : used;
    return {...channelsToRgb(toBytes(samples, depth), {width, height, channels}), pages: 1, depth};
  } catch {
    throw damaged("PNG");
  }
}

/** Grey samples of less than 8 bits, each row of which begins with a byte of its own; PNG (third edition), §7.2. */
function unpack(
  packed: ArrayLike<number>,
  {width, height, bits}: {width: number; height: number; bits: number}
): Uint8Array {
  const samples = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * bits) / 8);
  for (let n = 0; n < samples.length; n++) {
    const [row, bit] = [Math.floor(n / width), (n % width) * bits];
    samples[n] = (packed[row * rowBytes + (bit >> 3)]! >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
  }
  return samples;
}

/** Where the header says how many bits a sample has, what colours, and whether it is interlaced. */
const [BITS, COLOUR, INTERLACED] = [24, 25, 28];
/** Of colours: grey, and places in a palette. */
const [GREY, INDEXED] = [0, 3];

/**
 * An interlaced PNG of less than 8 bits a sample as a plain one with a byte for each: the library takes interlaced samples
 * for whole bytes. It undoes the filters of each pass, whose rows are bytes to them, as those of a grey picture.
 */
async function spread(bytes: Uint8Array<ArrayBuffer>, decode: typeof decodeFile): Promise<Uint8Array> {
  const {width, height, bits, data, size} = readPngData(bytes);
  const filtered = new Uint8Array(await new Blob(await inflated(data, size)).arrayBuffer());
  const rows = new Uint8Array(height * (1 + width));
  let at = 0;
  for (const [left, top, across, down] of PASSES) {
    const [columns, lines] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)];
    if (columns <= 0 || lines <= 0) continue;
    const rowBytes = Math.ceil((columns * bits) / 8);
    const pass = filtered.subarray(at, (at += lines * (1 + rowBytes)));
    const packed = decode(await plainFile(bytes, {width: rowBytes, height: lines, colour: GREY, rows: pass})).data;
    unpack(packed, {width: columns, height: lines, bits}).forEach((sample, n) => {
      rows[(top + Math.floor(n / columns) * down) * (1 + width) + 1 + left + (n % columns) * across] = sample;
    });
  }
  return plainFile(bytes, {width, height, colour: bytes[COLOUR]!, rows});
}

/** A PNG of 8 bits a sample like another one, palette and all, with other rows; its checksums are not made. */
async function plainFile(
  bytes: Uint8Array,
  {width, height, colour, rows}: {width: number; height: number; colour: number; rows: Uint8Array<ArrayBuffer>}
): Promise<Uint8Array> {
  const deflated = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate")));
  const data = new Uint8Array(await deflated.arrayBuffer());
  const head = bytes.slice(0, END_OF_HEADER);
  const [view, chunk] = [new DataView(head.buffer), new Uint8Array(12 + data.length)];
  view.setUint32(16, width);
  view.setUint32(20, height);
  [head[BITS], head[COLOUR], head[INTERLACED]] = [8, colour, 0];
  new DataView(chunk.buffer).setUint32(0, data.length);
  chunk.set([0x49, 0x44, 0x41, 0x54], 4);
  chunk.set(data, 8);
  const palette = colour === INDEXED ? chunksOf(bytes, ["PLTE", "tRNS"]) : [];
  return joined([head, ...palette, chunk, ...chunksOf(bytes, ["IEND"])]);
}

/** The file without the chunks that do not make pixels, whose content may be anything. */
function essential(bytes: Uint8Array): Uint8Array {
  const transparency = bytes[COLOUR] === INDEXED ? ["tRNS"] : [];
  return joined([bytes.subarray(0, 8), ...chunksOf(bytes, ["IHDR", "PLTE", ...transparency, "IDAT", "IEND"])]);
}

function chunksOf(bytes: Uint8Array, types: readonly string[]): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (types.includes(type)) parts.push(bytes.subarray(at, at + 12 + view.getUint32(at)));
  }
  return parts;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (file.set(part, at), at + part.length), 0);
  return file;
}

/** What the image data of a PNG are, and how many bytes they must inflate to. */
export interface PngData {
  width: number;
  height: number;
  /** Bits a sample. */
  bits: number;
  /** Bits that the samples use, as the file says (sBIT); null where it does not. */
  significant: number | null;
  size: number;
  data: Blob;
}

/** The signature and IHDR. */
const END_OF_HEADER = 33;
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
  return {width, height, bits, significant, size, data: new Blob(parts)};
}

/** Bytes that zlib data inflate to, or somewhat more than `limit` where they are more; what came out before a fault counts. */
export async function inflatedLength(data: Blob, limit: number): Promise<number> {
  let length = 0;
  for await (const part of inflate(data, limit)) length += part.length;
  return length;
}

async function inflated(data: Blob, limit: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of inflate(data, limit)) parts.push(part);
  return parts;
}

async function* inflate(data: Blob, limit: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = data.stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let length = 0;
  try {
    while (length <= limit) {
      const {done, value} = await reader.read();
      if (done) return;
      length += value.length;
      yield value;
    }
    await reader.cancel();
  } catch {
    // The data are cut short or damaged: what has come is what there is.
  }
}
