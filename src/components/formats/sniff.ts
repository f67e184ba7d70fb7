/** The picture formats that every current browser decodes. */
export type BrowserKind = "PNG" | "JPEG" | "GIF" | "WebP" | "BMP" | "AVIF";

/** The picture formats that are read here: those, and what libraries of ours decode. */
export type PictureKind = BrowserKind | "TIFF" | "HEIC" | "JPEG 2000";

const PICTURES: [kind: PictureKind, offset: number, magic: string][] = [
  ["PNG", 0, "\x89PNG\r\n\x1a\n"],
  ["JPEG", 0, "\xff\xd8\xff"],
  ["GIF", 0, "GIF8"],
  ["WebP", 8, "WEBP"],
  ["BMP", 0, "BM"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["TIFF", 0, "II+\0"],
  ["TIFF", 0, "MM\0+"],
  ["AVIF", 4, "ftypavi"],
  ["HEIC", 4, "ftyphei"],
  ["HEIC", 4, "ftypmif1"],
  ["JPEG 2000", 4, "jP  \r\n\x87\n"],
  ["JPEG 2000", 0, "\xff\x4f\xff\x51"]
];

/**
 * Says what kind of picture a file is from its first bytes; its name and declared type are never looked at.
 * @param bytes the file, or at least its first 16 bytes
 * @returns null for what is none that is read here; `refusalOf` in `other-files.ts` says what it is instead
 */
export function sniffPicture(bytes: Uint8Array): PictureKind | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const picture = PICTURES.find(([, offset, magic]) => head.startsWith(magic, offset))?.[0];
  const isOther = picture === "WebP" ? !head.startsWith("RIFF") : picture === "TIFF" && head.startsWith("CR\x02", 8);
  return picture && !isOther ? picture : null;
}
