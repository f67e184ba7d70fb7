import {channelsToRgb} from "./channels.js";
import {toBytes, usedDepth} from "./depth.js";
import {damaged} from "./header.js";
import type {LibraryPicture} from "./library-picture.js";
import {checkPixels} from "./limits.js";

/**
 * Decodes a JPEG 2000 picture, in its box (JP2) or bare (J2K): grey or RGB of up to 16 bits, brought to 0…255 by the depth that
 * they use. The library (OpenJPEG) is loaded when the first such file comes.
 * @throws Refusal `damaged`, `unsupported` or `too-many-pixels`
 */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<LibraryPicture> {
  checkPixels(readSize(bytes));
  const {default: load} = await import("@cornerstonejs/codec-openjpeg/decode");
  const decoder = new (await load({print: () => {}, printErr: () => {}})).J2KDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const {width, height, bitsPerSample, componentCount, isSigned} = decoder.getFrameInfo();
    if (!(width > 0 && height > 0) || isSigned) throw damaged("JPEG 2000");
    const buffer = decoder.getDecodedBuffer();
    const samples = bitsPerSample > 8 ? new Uint16Array(buffer.slice().buffer) : buffer.slice();
    const depth = usedDepth(samples, bitsPerSample);
    return {...channelsToRgb(toBytes(samples, depth), {width, height, channels: componentCount}), pages: 1, depth};
  } catch {
    throw damaged("JPEG 2000");
  } finally {
    decoder.delete();
  }
}

/** Size from the SIZ marker segment; ISO/IEC 15444-1, A.5.1. */
function readSize(bytes: Uint8Array): {width: number; height: number} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 24 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (view.getUint32(at) !== 0xff4fff51) continue;
    return {
      width: view.getUint32(at + 8) - view.getUint32(at + 16),
      height: view.getUint32(at + 12) - view.getUint32(at + 20)
    };
  }
  throw damaged("JPEG 2000");
}
