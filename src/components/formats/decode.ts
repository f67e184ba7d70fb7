import {Refusal} from "../image/refusal.js";
import {decodeInBrowser} from "./browser-pixels.js";
import type {RgbaPicture} from "./browser-pixels.js";
import {compositeOnBlack} from "./channels.js";
import {damaged, readPictureHeader} from "./header.js";
import type {PictureHeader} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";
import {createBudget, withTimeout, MAX_PIXELS, checkPixels} from "./limits.js";
import {sniffPicture} from "./sniff.js";
import type {BrowserKind, PictureKind} from "./sniff.js";

/** A decoded picture: RGB, 3 bytes a pixel, rows from the top, upright (EXIF orientation applied). */
export interface DecodedPicture {
  data: Uint8ClampedArray | Uint8Array;
  width: number;
  height: number;
  kind: PictureKind;
  /** What to know of how it was read, in sentences: the first of several pages, 12 bits a sample, an end cut short. */
  notes: string[];
}

/**
 * Decodes the first frame of a format that browsers know, without colour conversion.
 * @param bytes the file, its end mark put on where it lacks one
 * @param header what its header says, already checked
 */
export type DecodePixels = (bytes: Uint8Array<ArrayBuffer>, header: PictureHeader) => Promise<RgbaPicture>;

const DECODE_MILLISECONDS = 20_000;

/** Where a PNG says how many bits a sample it has; PNG (third edition), §11.2.1. */
const BITS_OF_PNG = 24;

/** What pictures may hold at once while they are decoded: as much as the largest one. */
const decoding = createBudget(MAX_PIXELS);

/** Decoders of the formats that browsers leave out; each comes with the first file that needs it. */
const LIBRARIES: Record<
  Exclude<PictureKind, BrowserKind>,
  (bytes: Uint8Array<ArrayBuffer>) => Promise<LibraryPicture>
> = {
  TIFF: async (bytes) => (await import("./tiff.js")).decodeTiff(bytes),
  HEIC: async (bytes) => (await import("./heic.js")).decodeHeic(bytes),
  "JPEG 2000": async (bytes) => (await import("./jpeg-2000.js")).decodeJpeg2000(bytes)
};

/**
 * Decodes an untrusted picture at its native size: magic bytes, header and completeness first, then the browser's
 * decoder without colour conversion, or a library where browsers have none or keep too few bits; first frame or page only,
 * transparent parts laid on black. Works in a worker. Small pictures are decoded at the same time; a picture of the largest
 * size, which may take 400 MB, alone.
 * @param bytes the whole file
 * @param decodePixels in place of the browser's decoder
 * @throws Refusal with a sentence that says what to do
 */
export async function decodePicture(
  bytes: Uint8Array<ArrayBuffer>,
  decodePixels: DecodePixels = decodeInBrowser
): Promise<DecodedPicture> {
  const kind = sniffPicture(bytes);
  if (!kind) throw (await import("./other-files.js")).refusalOf(bytes);
  if (isForLibrary(kind)) return decoding.hold(MAX_PIXELS, () => limited(decodeByLibrary(bytes, kind)));
  const header = readPictureHeader(bytes, kind);
  checkPixels(header);
  return decoding.hold(header.width * header.height, () => limited(decodeAsBrowsers(bytes, header, decodePixels)));
}

const isForLibrary = (kind: PictureKind): kind is keyof typeof LIBRARIES => kind in LIBRARIES;

const limited = <T>(task: Promise<T>): Promise<T> =>
  withTimeout(
    task,
    DECODE_MILLISECONDS,
    () => new Refusal("timed-out", "This picture takes too long to decode. Crop it to a single cell and try again.")
  );

async function decodeByLibrary(bytes: Uint8Array<ArrayBuffer>, kind: keyof typeof LIBRARIES): Promise<DecodedPicture> {
  const {data, width, height, pages, depth} = await LIBRARIES[kind](bytes);
  const notes = depth > 8 ? [depthNote(depth)] : [];
  if (pages > 1) notes.push(`This file has ${pages} pages; only the first was read.`);
  return {data, width, height, kind, notes};
}

const depthNote = (depth: number) => `This file has ${depth} bits a colour, brought to 8.`;

async function decodeAsBrowsers(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  decodePixels: DecodePixels
): Promise<DecodedPicture> {
  const {kind, frames, missing} = header;
  const notes = frames > 1 ? [`This file is an animation of ${frames} frames; only the first was read.`] : [];
  if (missing) {
    await (await import("./all-pixels.js")).requireAllPixels(bytes, header);
    notes.push("This file lacks its end mark, but no pixel is missing.");
  }
  if (kind === "PNG" && bytes[BITS_OF_PNG]! > 8) {
    const {data, width, height, depth} = await (await import("./png.js")).decodePng(bytes);
    return {data, width, height, kind, notes: [depthNote(depth), ...notes]};
  }
  const picture = await decodePixels(closed(bytes, missing), header).catch((error: unknown) =>
    Promise.reject(error instanceof Refusal ? error : damaged(kind))
  );
  checkPixels(picture);
  const {data, width, height} = picture;
  return {data: compositeOnBlack(data), width, height, kind, notes};
}

function closed(bytes: Uint8Array<ArrayBuffer>, end: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  if (end.length === 0) return bytes;
  const whole = new Uint8Array(bytes.length + end.length);
  whole.set(bytes);
  whole.set(end, bytes.length);
  return whole;
}
