import {fromArrayBuffer} from "geotiff";
import type {GeoTIFFImage} from "geotiff";
import {Refusal} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import {floatsToBytes, toBytes, usedDepth} from "./depth.js";
import type {Samples} from "./depth.js";
import {damaged, truncated} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";
import {checkPixels} from "./limits.js";
import {createBlockDecoder, isReadable} from "./tiff-blocks.js";
import {turnUpright} from "./upright.js";

/** PhotometricInterpretation, TIFF 6.0 section 8 and after: what the samples of a pixel mean. */
const [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR] = [0, 1, 2, 3, 5, 6];
const CAMERA_RAW = [32803, 34892];
const MOST_SAMPLES = 16;

const save = "Save or export the picture as PNG and choose that file.";
const unsupported = (what: string) =>
  new Refusal("unsupported", `This TIFF file ${what}, which cannot be read here. ${save}`);
/**
 * Reads the first page of a TIFF file as microscopes, scanners and their software write it: strips or tiles, plain,
 * LZW, Deflate, PackBits or JPEG, either byte order, BigTIFF; grey, palette, RGB, CMYK or YCbCr; 1 to 32 bits or floating
 * point, together or in planes. More than 8 bits are brought to 0…255 by the depth that they use (12 bits of a camera in 16);
 * transparent parts lie on black; the picture is upright.
 * @throws Refusal with what to do: `truncated`, `damaged`, `unsupported`, `too-many-pixels`, `no-size`
 */
export async function decodeTiff(bytes: Uint8Array<ArrayBuffer>): Promise<LibraryPicture> {
  try {
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const pages = countPages(new DataView(buffer));
    const tiff = await fromArrayBuffer(buffer);
    const page = await tiff.getImage(0);
    checkPage(page, bytes.byteLength);
    const {depth, ...stored} = await readPage(page);
    return {...turnUpright(stored, directoryOf(page).Orientation ?? 1), pages, depth};
  } catch (error) {
    throw error instanceof Refusal ? error : damaged("TIFF");
  }
}

/** Number of image file directories; TIFF 6.0 section 2, and BigTIFF's wider numbers. Ends where the chain bites its tail. */
function countPages(view: DataView): number {
  const little = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, little) === 43;
  const offset = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const seen = new Set<number>();
  for (let at = offset(big ? 8 : 4); at > 0 && !seen.has(at);) {
    if (at + (big ? 8 : 2) > view.byteLength) {
      if (seen.size === 0) throw truncated("TIFF");
      break;
    }
    seen.add(at);
    const entries = big ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
    const next = at + (big ? 8 + entries * 20 : 2 + entries * 12);
    if (next + (big ? 8 : 4) > view.byteLength) {
      if (seen.size === 1) throw truncated("TIFF");
      break;
    }
    at = offset(next);
  }
  if (seen.size === 0) throw damaged("TIFF");
  return seen.size;
}

/** The tags of a page by name, as geotiff's types leave open. */
interface Directory {
  PhotometricInterpretation?: number;
  Compression?: number;
  Orientation?: number;
  BitsPerSample?: ArrayLike<number>;
  SampleFormat?: ArrayLike<number>;
  ExtraSamples?: ArrayLike<number>;
  ColorMap?: ArrayLike<number>;
  StripOffsets?: ArrayLike<number>;
  StripByteCounts?: ArrayLike<number>;
  TileOffsets?: ArrayLike<number>;
  TileByteCounts?: ArrayLike<number>;
}

const directoryOf = (page: GeoTIFFImage): Directory => page.fileDirectory as Directory;

/** Refuses a page before anything of its pixels is laid out: its sizes may be a lie, its strips beyond the end. */
function checkPage(page: GeoTIFFImage, length: number): void {
  const [width, height] = [page.getWidth(), page.getHeight()];
  if (!(width > 0 && height > 0)) {
    throw new Refusal("no-size", "This TIFF file states a size of zero. Save the picture anew and choose that file.");
  }
  checkPixels({width, height});
  checkPixels({width: page.getTileWidth(), height: page.getTileHeight()});
  if (page.getSamplesPerPixel() > MOST_SAMPLES) throw damaged("TIFF");
  if ((directoryOf(page).BitsPerSample?.[0] ?? 1) === 1) throw unsupported("has black and white only, no shades");
  const meaning = directoryOf(page).PhotometricInterpretation ?? BLACK_IS_ZERO!;
  if (CAMERA_RAW.includes(meaning)) throw unsupported("holds a camera's raw data");
  if (![WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK, YCBCR].includes(meaning))
    throw unsupported("has a rare kind of colour");
  if (!isReadable(directoryOf(page).Compression ?? 1)) throw unsupported("is compressed in a rare way");
  if (![1, 3].includes(directoryOf(page).SampleFormat?.[0] ?? 1)) throw unsupported("holds numbers with a sign");

  const {StripOffsets, StripByteCounts, TileOffsets, TileByteCounts} = directoryOf(page);
  const [offsets, counts] = page.isTiled ? [TileOffsets, TileByteCounts] : [StripOffsets, StripByteCounts];
  if (!offsets?.length || offsets.length !== counts?.length) throw damaged("TIFF");
  if (Array.from(offsets).some((offset, n) => offset + counts[n]! > length)) throw truncated("TIFF");
}

async function readPage(page: GeoTIFFImage): Promise<RgbPicture & {depth: number}> {
  const [width, height] = [page.getWidth(), page.getHeight()];
  const meaning = directoryOf(page).PhotometricInterpretation ?? BLACK_IS_ZERO!;
  const colours = [RGB, YCBCR].includes(meaning) ? 3 : meaning === CMYK ? 4 : 1;
  const extra = directoryOf(page).ExtraSamples?.[0] ?? 0;
  const present = page.getSamplesPerPixel();
  if (present < colours) throw damaged("TIFF");
  const hasAlpha = extra === 2 && present > colours && meaning !== PALETTE;
  const samples = Array.from({length: colours + Number(hasAlpha)}, (_, n) => n);
  const values = (await page.readRasters({
    samples,
    pool: createBlockDecoder(page.littleEndian) as never
  })) as unknown as Samples[];

  if (meaning === PALETTE) {
    return {data: fromPalette(values[0]!, directoryOf(page).ColorMap), width, height, channels: 3, depth: 8};
  }
  const {planes, depth} = alike(values.slice(0, colours), page.getBitsPerSample(0));
  const alpha = hasAlpha ? alike(values.slice(colours), page.getBitsPerSample(colours)).planes[0]! : null;
  const data = new Uint8ClampedArray(width * height * 3);
  const pixel = meanings[meaning]!;
  for (let n = 0, to = 0; n < width * height; n++, to += 3) pixel(planes, n, data, to);
  if (alpha) for (let n = 0; n < data.length; n++) data[n] = (data[n]! * alpha[Math.floor(n / 3)]!) / 255;
  return {data, width, height, channels: 3, depth};
}

/** All planes as bytes, by one scale: what is a grey of the camera stays one; and the depth that they used. */
function alike(planes: Samples[], bits: number): {planes: Uint8ClampedArray[]; depth: number} {
  if (planes[0] instanceof Float32Array || planes[0] instanceof Float64Array) {
    const together = new Float64Array(planes.length * planes[0].length);
    planes.forEach((plane, n) => together.set(plane, n * plane.length));
    const bytes = floatsToBytes(together);
    if (!bytes) throw unsupported("holds numbers that are no brightness");
    return {planes: planes.map((plane, n) => bytes.subarray(n * plane.length, (n + 1) * plane.length)), depth: bits};
  }
  const depth = Math.max(...planes.map((plane) => usedDepth(plane, bits)));
  return {planes: planes.map((plane) => toBytes(plane, depth)), depth};
}

type Pixel = (planes: Uint8ClampedArray[], from: number, data: Uint8ClampedArray, to: number) => void;

const grey =
  (invert: boolean): Pixel =>
  ([plane], from, data, to) => {
    data.fill(invert ? 255 - plane![from]! : plane![from]!, to, to + 3);
  };

const meanings: Record<number, Pixel> = {
  [WHITE_IS_ZERO!]: grey(true),
  [BLACK_IS_ZERO!]: grey(false),
  [RGB!]: ([red, green, blue], from, data, to) => {
    data[to] = red![from]!;
    data[to + 1] = green![from]!;
    data[to + 2] = blue![from]!;
  },
  /** Without a colour profile: each ink takes its share of the light. */
  [CMYK!]: ([cyan, magenta, yellow, black], from, data, to) => {
    const light = (255 - black![from]!) / 255;
    data[to] = (255 - cyan![from]!) * light;
    data[to + 1] = (255 - magenta![from]!) * light;
    data[to + 2] = (255 - yellow![from]!) * light;
  },
  /** ITU-R BT.601, as JPEG has it. */
  [YCBCR!]: ([luma, cb, cr], from, data, to) => {
    const [y, blue, red] = [luma![from]!, cb![from]! - 128, cr![from]! - 128];
    data[to] = y + 1.402 * red;
    data[to + 1] = y - 0.344136 * blue - 0.714136 * red;
    data[to + 2] = y + 1.772 * blue;
  }
};

/** TIFF 6.0 section 5: all reds, then all greens, then all blues, 16 bits each; some writers give 8. */
function fromPalette(indices: Samples, map: ArrayLike<number> | undefined): Uint8ClampedArray {
  if (!map || map.length % 3 !== 0) throw damaged("TIFF");
  const size = map.length / 3;
  const colours = toBytes(map, usedDepth(map, 16) === 8 ? 8 : 16);
  const data = new Uint8ClampedArray(indices.length * 3);
  for (let n = 0; n < indices.length; n++) {
    for (let channel = 0; channel < 3; channel++) data[n * 3 + channel] = colours[channel * size + indices[n]!] ?? 0;
  }
  return data;
}
