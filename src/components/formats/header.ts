import {Refusal} from "../image/refusal.js";
import type {BrowserKind, PictureKind} from "./sniff.js";

/** What a picture file says of itself, read without decoding it. */
export interface PictureHeader {
  kind: PictureKind;
  /** Stored width in pixels, before any EXIF rotation. */
  width: number;
  /** Stored height in pixels, before any EXIF rotation. */
  height: number;
  /** Number of frames or pages; only the first is read. */
  frames: number;
  /** What the file's end lacks although no pixel may be missing: an end marker, the padding of a last row. */
  missing?: Uint8Array<ArrayBuffer> | undefined;
}

type Size = Omit<PictureHeader, "kind">;

const READERS: Record<BrowserKind, (bytes: Uint8Array, view: DataView) => Size> = {
  PNG: readPng,
  JPEG: readJpeg,
  GIF: readGif,
  WebP: readWebp,
  BMP: readBmp,
  AVIF: readAvif
};

/**
 * Reads kind, size and number of frames from a picture's headers and checks that the file runs to its end, so that
 * bombs and cut-off downloads are refused before a decoder sees them. A file that lacks no more than its end marker is let
 * through with what is `missing`; whether all pixels are there is for `requireAllPixels` to say. Every loop advances with
 * each turn.
 * @param bytes the whole file
 * @param kind what {@link sniffPicture} found it to be
 * @throws Refusal `empty`, `unsupported`, `not-an-image`, `truncated`, `damaged` or `no-size`; nothing else
 */
export function readPictureHeader(bytes: Uint8Array, kind: BrowserKind): PictureHeader {
  try {
    const size = READERS[kind](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (size.width > 0 && size.height > 0) return {kind, ...size};
  } catch (error) {
    if (error instanceof RangeError) throw truncated(kind);
    throw error;
  }
  throw new Refusal("no-size", `This ${kind} file states a size of zero. Save the picture anew and choose that file.`);
}

/** @returns the refusal for a file that ends too early */
export function truncated(kind: PictureKind): Refusal {
  return new Refusal(
    "truncated",
    `This ${kind} file ends before its picture does: a copy or download was cut short. Copy or download it again.`
  );
}

/** @returns the refusal for a file whose content no decoder can make sense of */
export function damaged(kind: PictureKind): Refusal {
  return new Refusal("damaged", `This ${kind} file is damaged and cannot be read. Save the picture anew and retry.`);
}

function text(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** An IEND chunk: no data, its type, its CRC. */
const END_OF_PNG = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** PNG (third edition), §5: chunks of length, type, data and CRC; IHDR first, acTL for animations, IEND last. */
function readPng(bytes: Uint8Array, view: DataView): Size {
  if (text(bytes, 12, 4) !== "IHDR") throw damaged("PNG");
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  let [frames, hasData] = [1, false];
  for (let at = 8; ; at += 12 + view.getUint32(at)) {
    const type = text(bytes, at + 4, 4);
    if (at === bytes.length && hasData) return {width, height, frames, missing: END_OF_PNG};
    if (type === "IDAT") hasData = true;
    if (type === "acTL") frames = Math.max(1, view.getUint32(at + 8));
    if (type === "IEND") return {width, height, frames};
  }
}

/** ITU-T T.81, annex B: marker segments up to the start of scan; the frame header among them holds the size. */
function readJpeg(bytes: Uint8Array, view: DataView): Size {
  let [width, height, isProgressive] = [0, 0, false];
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) throw damaged("JPEG");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) throw truncated("JPEG");
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      if (isFrameHeader(marker)) {
        [height, width, isProgressive] = [view.getUint16(at + 5), view.getUint16(at + 7), marker === 0xc2];
      }
      if (marker === 0xda) {
        if (hasEndOfImage(bytes, at + 2)) return {width, height, frames: 1};
        if (isProgressive) throw truncated("JPEG");
        return {width, height, frames: 1, missing: Uint8Array.of(0xff, 0xd9)};
      }
      at += 2 + view.getUint16(at + 2);
    }
  }
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function hasEndOfImage(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** GIF89a: logical screen, then extensions and images until the trailer; a first image may exceed the screen. */
function readGif(_bytes: Uint8Array, view: DataView): Size {
  let [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let frames = 0;
  let at = 13 + colourTableLength(view.getUint8(10));
  let missing: Uint8Array<ArrayBuffer> | undefined;
  for (;;) {
    if (at === view.byteLength && frames > 0) {
      missing = Uint8Array.of(0x3b);
      break;
    }
    const block = view.getUint8(at);
    if (block === 0x3b) break;
    if (block === 0x21) at = skipSubBlocks(view, at + 2);
    else if (block === 0x2c) {
      frames += 1;
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at = skipSubBlocks(view, at + 11 + colourTableLength(view.getUint8(at + 9)));
    } else throw damaged("GIF");
  }
  if (frames === 0) throw damaged("GIF");
  return {width, height, frames, missing};
}

function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function skipSubBlocks(view: DataView, at: number): number {
  for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length;
  return at + 1;
}

/** RFC 9649: a RIFF of chunks; the size is in VP8X, or in the single VP8 or VP8L bitstream. */
function readWebp(bytes: Uint8Array, view: DataView): Size {
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw truncated("WebP");
  let [width, height, frames] = [0, 0, 0];
  for (let at = 12; at + 8 <= end; at += 8 + 2 * Math.ceil(view.getUint32(at + 4, true) / 2)) {
    const type = text(bytes, at, 4);
    if (type === "VP8X") {
      width = 1 + (view.getUint32(at + 11, true) >>> 8);
      height = 1 + (view.getUint32(at + 14, true) >>> 8);
    } else if (type === "VP8 ") {
      width = Math.max(width, view.getUint16(at + 14, true) & 0x3fff);
      height = Math.max(height, view.getUint16(at + 16, true) & 0x3fff);
    } else if (type === "VP8L") {
      const packed = view.getUint32(at + 9, true);
      width = Math.max(width, 1 + (packed & 0x3fff));
      height = Math.max(height, 1 + ((packed >>> 14) & 0x3fff));
    } else if (type === "ANMF") frames += 1;
  }
  return {width, height, frames: Math.max(1, frames)};
}

/** BITMAPFILEHEADER and BITMAPCOREHEADER or BITMAPINFOHEADER; a negative height means rows from the top. */
function readBmp(_bytes: Uint8Array, view: DataView): Size {
  const core = view.getUint32(14, true) === 12;
  const width = core ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true));
  const height = core ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(core ? 24 : 28, true);
  const compressed = !core && [1, 2, 4, 5].includes(view.getUint32(30, true));
  const used = Math.ceil((width * bits) / 8);
  const padding = compressed ? 0 : (4 - (used % 4)) % 4;
  const rows = compressed ? 0 : height * (used + padding);
  const short = view.getUint32(10, true) + rows - view.byteLength;
  if (short > padding) throw truncated("BMP");
  return {width, height, frames: 1, missing: short > 0 ? new Uint8Array(short) : undefined};
}

/** ISO/IEC 14496-12 boxes to the file's end; ISO/IEC 23008-12, 6.5.3: `ispe` holds a picture's size, a grid's the largest. */
function readAvif(bytes: Uint8Array, view: DataView): Size {
  for (let at = 0; at < bytes.length;) {
    const size = view.getUint32(at);
    const length = size === 1 ? Number(view.getBigUint64(at + 8)) : size || bytes.length - at;
    if (length < 8) throw damaged("AVIF");
    at += length;
    if (at > bytes.length) throw truncated("AVIF");
  }
  let [width, height] = [0, 0];
  for (let at = bytes.indexOf(0x69); at >= 0; at = bytes.indexOf(0x69, at + 1)) {
    if (text(bytes, at, 4) !== "ispe") continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return {width, height, frames: 1};
}
