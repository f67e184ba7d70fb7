import sharp from "sharp";
import type {RgbPicture} from "../../components/image/resize.js";

const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const TRUE_COLOUR = 2;

/**
 * Decodes an 8-bit RGB PNG to its pixels as stored (no colour management).
 *
 * @throws Error with the reason, to follow a file name, if the bytes are anything else or damaged.
 */
export async function decodeCell(bytes: Buffer): Promise<RgbPicture> {
  if (bytes.length === 0) throw new Error("is empty");
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.length < 33) throw new Error("is not a PNG picture");
  const [depth, colour] = [bytes[24]!, bytes[25]!]; // in IHDR, the first chunk of any PNG
  if (depth !== 8 || colour !== TRUE_COLOUR) {
    throw new Error(`is not 8-bit RGB (bit depth ${depth}, PNG colour type ${colour})`);
  }
  try {
    const {data, info} = await sharp(bytes, {failOn: "warning", ignoreIcc: true})
      .raw()
      .toBuffer({resolveWithObject: true});
    if (info.channels !== 3) throw new Error("it has transparency");
    return {data, width: info.width, height: info.height, channels: 3};
  } catch (error) {
    throw new Error(`can't be decoded (${(error as Error).message.split("\n")[0]})`, {cause: error});
  }
}
