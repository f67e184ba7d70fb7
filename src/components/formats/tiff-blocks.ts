import {getDecoder} from "geotiff";

const [NONE, LZW, JPEG, DEFLATE, OLD_DEFLATE, PACK_BITS] = [1, 5, 7, 8, 32946, 32773];

/** Whether blocks of this Compression (a tag of TIFF) can be read. */
export const isReadable = (compression: number): boolean =>
  [NONE, LZW, JPEG, DEFLATE, OLD_DEFLATE, PACK_BITS].includes(compression);

/** The tags of a page that say how its blocks are packed. */
interface BlockDirectory {
  Compression?: number;
  Predictor?: number;
  PlanarConfiguration?: number;
  BitsPerSample: ArrayLike<number>;
  ImageWidth: number;
  ImageLength: number;
  RowsPerStrip?: number;
  TileWidth?: number;
  TileLength?: number;
}

/**
 * Decodes the strips or tiles of a page for geotiff, in the place of its pool of workers. JPEG and plain blocks go to geotiff's
 * own decoders; what a damaged or malicious file could make endless (LZW, Deflate) or what those read otherwise than TIFF 6.0
 * has it (PackBits' byte that means nothing, differences of a big-endian file) is decoded here, into a block's own size.
 */
export function createBlockDecoder(littleEndian: boolean) {
  async function expand(directory: BlockDirectory, block: ArrayBuffer, limit: number): Promise<ArrayBuffer> {
    const compression = directory.Compression ?? NONE;
    if (compression === PACK_BITS) return unpackBits(new Uint8Array(block), limit).buffer;
    if (compression === LZW) return unpackLzw(new Uint8Array(block), limit).buffer;
    if (compression === DEFLATE || compression === OLD_DEFLATE) return (await inflate(block, limit)).buffer;
    const plain = {...directory, Predictor: 1};
    const decoder = await getDecoder(plain as never);
    return (await decoder.decode(plain as never, block as never)) as ArrayBuffer;
  }

  return {
    async decode(directory: BlockDirectory, block: ArrayBuffer): Promise<ArrayBuffer> {
      const bits = directory.BitsPerSample[0]!;
      const samples = directory.PlanarConfiguration === 2 ? 1 : directory.BitsPerSample.length;
      const rowBytes = Math.ceil(((directory.TileWidth ?? directory.ImageWidth) * samples * bits) / 8);
      const rows = directory.TileLength ?? Math.min(directory.RowsPerStrip ?? Infinity, directory.ImageLength);
      const plain = await expand(directory, block, rowBytes * rows);
      if (directory.Predictor !== 2) return plain;
      return addDifferences(plain, {samples, bytes: bits / 8, rowBytes, littleEndian});
    }
  };
}

/**
 * TIFF 6.0 section 9: n ≥ 0 is followed by n + 1 bytes as they are, n < 0 by one byte to repeat 1 − n times, −128 by nothing.
 * @param limit bytes that the block has room for; what goes on behind them is left
 */
export function unpackBits(packed: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(limit);
  let to = 0;
  for (let at = 0; at < packed.length && to < limit;) {
    const count = (packed[at]! << 24) >> 24;
    if (count >= 0) {
      bytes.set(packed.subarray(at + 1, Math.min(at + 2 + count, at + 1 + limit - to)), to);
      to += count + 1;
      at += count + 2;
    } else if (count === -128) at += 1;
    else {
      bytes.fill(packed[at + 1] ?? 0, to, to + 1 - count);
      to += 1 - count;
      at += 2;
    }
  }
  return bytes;
}

const [CLEAR, END, FIRST, MOST_CODES] = [256, 257, 258, 4096];

/**
 * TIFF 6.0 section 13: codes of 9 to 12 bits, the high bits first, each a string that came before and one byte more; a code
 * gets longer one entry early.
 * @param limit bytes that the block has room for; what goes on behind them is left
 * @throws RangeError for a code that there cannot be yet
 */
export function unpackLzw(packed: Uint8Array, limit: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(limit);
  // A string is a stretch of what was already put out: where it began, and its length.
  const starts = new Int32Array(MOST_CODES);
  const lengths = new Int32Array(MOST_CODES);
  let [to, size, known, before] = [0, 9, FIRST, -1];
  for (let bit = 0; bit + size <= packed.length * 8 && to < limit;) {
    const at = bit >> 3;
    const window = (packed[at]! << 16) | ((packed[at + 1] ?? 0) << 8) | (packed[at + 2] ?? 0);
    const code = (window >> (24 - size - (bit & 7))) & ((1 << size) - 1);
    bit += size;
    if (code === END) break;
    if (code === CLEAR) {
      [size, known, before] = [9, FIRST, -1];
      continue;
    }
    if (code > known || (code === known && before < 0)) throw new RangeError(`LZW code ${code} came too early.`);
    const start = to;
    if (code < CLEAR) bytes[to++] = code;
    else if (code < known)
      for (let n = 0; n < lengths[code]! && to < limit; n++) bytes[to++] = bytes[starts[code]! + n]!;
    else for (let n = before; n <= start && to < limit; n++) bytes[to++] = bytes[n]!;
    if (before >= 0 && known < MOST_CODES) {
      starts[known] = before;
      lengths[known] = start - before + 1;
      known += 1;
    }
    before = start;
    if (known >= (1 << size) - 1 && size < 12) size += 1;
  }
  return bytes;
}

/** Inflates zlib data; of what would go beyond `limit` bytes, nothing is kept or waited for. @throws what the stream does */
export async function inflate(block: ArrayBuffer, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(limit);
  const reader = new Blob([block]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  for (let to = 0; to < limit;) {
    const {done, value} = await reader.read();
    if (done) return bytes;
    bytes.set(value.subarray(0, limit - to), to);
    to += value.length;
  }
  await reader.cancel();
  return bytes;
}

/**
 * TIFF 6.0 section 14: each sample of a row is stored as its difference from the one a pixel before.
 * @param options.samples samples a pixel
 * @param options.bytes bytes a sample: 1, 2 or 4
 * @throws RangeError for another number of bytes
 */
export function addDifferences(
  block: ArrayBuffer,
  {samples, bytes, rowBytes, littleEndian}: {samples: number; bytes: number; rowBytes: number; littleEndian: boolean}
): ArrayBuffer {
  if (![1, 2, 4].includes(bytes)) throw new RangeError(`Differences of ${bytes} bytes a sample cannot be added up.`);
  const view = new DataView(block);
  const [get, set] = (
    {1: ["getUint8", "setUint8"], 2: ["getUint16", "setUint16"], 4: ["getUint32", "setUint32"]} as const
  )[bytes as 1 | 2 | 4];
  const pixel = samples * bytes;
  for (let row = 0; row + rowBytes <= block.byteLength; row += rowBytes) {
    for (let at = row + pixel; at + bytes <= row + rowBytes; at += bytes) {
      view[set](at, view[get](at, littleEndian) + view[get](at - pixel, littleEndian), littleEndian);
    }
  }
  return block;
}
