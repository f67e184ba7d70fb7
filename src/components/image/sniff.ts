import {Refusal} from "./refusal.js";

/** The picture formats that every current browser decodes. */
export type PictureKind = "PNG" | "JPEG" | "GIF" | "WebP" | "BMP";

type Signature = [kind: string, offset: number, magic: string];

const PICTURES: [PictureKind, number, string][] = [
  ["PNG", 0, "\x89PNG\r\n\x1a\n"],
  ["JPEG", 0, "\xff\xd8\xff"],
  ["GIF", 0, "GIF87a"],
  ["GIF", 0, "GIF89a"],
  ["WebP", 8, "WEBP"],
  ["BMP", 0, "BM"]
];

const OTHERS: Signature[] = [
  ["a TIFF picture", 0, "II*\0"],
  ["a TIFF picture", 0, "MM\0*"],
  ["an AVIF picture", 4, "ftypavi"],
  ["an HEIC photo", 4, "ftyphei"],
  ["an HEIC photo", 4, "ftyphev"],
  ["an HEIC photo", 4, "ftypmif1"],
  ["an HEIC photo", 4, "ftypmsf1"],
  ["a JPEG XL picture", 0, "\xff\x0a"],
  ["a JPEG XL picture", 4, "JXL "],
  ["a JPEG 2000 picture", 4, "jP  "],
  ["an icon", 0, "\0\0\x01\0"],
  ["a Photoshop document", 0, "8BPS"],
  ["a DICOM file", 128, "DICM"],
  ["a PDF document", 0, "%PDF-"],
  ["a zip archive", 0, "PK\x03\x04"],
  ["a gzip archive", 0, "\x1f\x8b"],
  ["a video", 4, "ftyp"]
];

const ADVICE = "Save or export the picture as PNG or JPEG and choose that file.";

/**
 * Says what a file is from its first bytes; its name and declared type are never looked at.
 * @param bytes the file, or at least its first 1,024 bytes
 * @throws Refusal `empty`, `unsupported` (named: HEIC, TIFF, SVG, PDF, …) or `not-an-image`
 */
export function sniffPicture(bytes: Uint8Array): PictureKind {
  if (bytes.length === 0) throw new Refusal("empty", "This file is empty. Choose it again, or save the picture anew.");
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  const picture = PICTURES.find(([, offset, magic]) => head.startsWith(magic, offset));
  if (picture && (picture[0] !== "WebP" || head.startsWith("RIFF"))) return picture[0];
  const other = OTHERS.find(([, offset, magic]) => head.startsWith(magic, offset))?.[0] ?? markup(head);
  if (other) throw new Refusal("unsupported", `This is ${other}, which cannot be read here. ${ADVICE}`);
  throw new Refusal(
    "not-an-image",
    "This is not a picture. Choose a PNG, JPEG, WebP, GIF or BMP file of a single cell."
  );
}

function markup(head: string): string | undefined {
  if (!/^(\xef\xbb\xbf)?\s*</.test(head)) return undefined;
  if (/<svg[\s>]/i.test(head)) return "an SVG drawing";
  if (/<(!doctype html|html|head|body)[\s>]/i.test(head)) return "a web page";
  return undefined;
}
