import {Refusal} from "../image/refusal.js";

/** The picture formats that every current browser decodes. */
export type BrowserKind = "PNG" | "JPEG" | "GIF" | "WebP" | "BMP" | "AVIF";

/** The picture formats that are read here: those, and what libraries of ours decode. */
export type PictureKind = BrowserKind | "TIFF" | "HEIC" | "JPEG 2000";

type Signature<Name> = [name: Name, offset: number, magic: string];

const PICTURES: Signature<PictureKind>[] = [
  ["PNG", 0, "\x89PNG\r\n\x1a\n"],
  ["JPEG", 0, "\xff\xd8\xff"],
  ["GIF", 0, "GIF87a"],
  ["GIF", 0, "GIF89a"],
  ["WebP", 8, "WEBP"],
  ["BMP", 0, "BM"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["TIFF", 0, "II+\0"],
  ["TIFF", 0, "MM\0+"],
  ["AVIF", 4, "ftypavi"],
  ["HEIC", 4, "ftyphei"],
  ["HEIC", 4, "ftyphev"],
  ["HEIC", 4, "ftypmif1"],
  ["HEIC", 4, "ftypmsf1"],
  ["JPEG 2000", 4, "jP  \r\n\x87\n"],
  ["JPEG 2000", 0, "\xff\x4f\xff\x51"]
];

const SAVE = "Save or export the picture as PNG, JPEG or TIFF and choose that file.";
const MICROSCOPE =
  "Open it in the microscope's software or in Fiji, export the field as TIFF or PNG and choose that file.";
const CAMERA = "Export the photo as TIFF or JPEG with the camera's software and choose that file.";
const ARCHIVE = "Unpack it and choose or drop the folder.";
const VIDEO = "Save a still of it as PNG and choose that file.";

/** What else people bring, and what to do with it; a more particular signature comes before a wider one. */
const OTHERS: [...Signature<string>, advice: string][] = [
  ["a Zeiss microscope file (CZI)", 0, "ZISRAWFILE", MICROSCOPE],
  ["a Nikon microscope file (ND2)", 0, "\xda\xce\xbe\x0a", MICROSCOPE],
  ["a Leica microscope file (LIF)", 0, "\x70\0\0\0", MICROSCOPE],
  ["a microscope file (HDF5, such as Imaris)", 0, "\x89HDF\r\n\x1a\n", MICROSCOPE],
  ["a camera's raw file (CR2)", 8, "CR\x02", CAMERA],
  ["a camera's raw file (CR3)", 4, "ftypcrx", CAMERA],
  ["a camera's raw file (RAF)", 0, "FUJIFILMCCD-RAW", CAMERA],
  ["a camera's raw file (RW2)", 0, "IIU\0", CAMERA],
  ["a camera's raw file (ORF)", 0, "IIRO", CAMERA],
  ["a camera's raw file (ORF)", 0, "IIRS", CAMERA],
  ["a camera's raw file (ORF)", 0, "MMOR", CAMERA],
  ["a camera's raw file (X3F)", 0, "FOVb", CAMERA],
  ["a JPEG XL picture", 0, "\xff\x0a", SAVE],
  ["a JPEG XL picture", 4, "JXL ", SAVE],
  ["an icon", 0, "\0\0\x01\0", SAVE],
  ["a Photoshop document", 0, "8BPS", SAVE],
  ["a DICOM file", 128, "DICM", "Export the picture as PNG or TIFF from your DICOM viewer and choose that file."],
  ["a PDF document", 0, "%PDF-", "Save the picture in it as PNG and choose that file."],
  ["a zip archive", 0, "PK\x03\x04", ARCHIVE],
  ["an empty zip archive", 0, "PK\x05\x06", ARCHIVE],
  ["a RAR archive", 0, "Rar!\x1a\x07", ARCHIVE],
  ["a 7-Zip archive", 0, "7z\xbc\xaf\x27\x1c", ARCHIVE],
  ["a gzip archive", 0, "\x1f\x8b", ARCHIVE],
  ["a tar archive", 257, "ustar", ARCHIVE],
  ["a video", 4, "ftyp", VIDEO],
  ["a video", 0, "\x1a\x45\xdf\xa3", VIDEO],
  ["a video", 8, "AVI ", VIDEO],
  [
    "a Windows compound file (a Thumbs.db, an Olympus OIB or an Office document)",
    0,
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    MICROSCOPE
  ]
];

/**
 * Says what a file is from its first bytes; its name and declared type are never looked at.
 * @param bytes the file, or at least its first 1,024 bytes
 * @throws Refusal `empty`, `unsupported` (named: CZI, camera raw, zip, SVG, PDF, … with what to do) or `not-an-image`
 */
export function sniffPicture(bytes: Uint8Array): PictureKind {
  if (bytes.length === 0) throw new Refusal("empty", "This file is empty. Choose it again, or save the picture anew.");
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  const matches = ([, offset, magic]: [unknown, number, string, ...unknown[]]) => head.startsWith(magic, offset);
  const other = OTHERS.find(matches);
  const picture = PICTURES.find(matches)?.[0];
  const isRaw = other?.[3] === CAMERA;
  if (picture && !isRaw && (picture !== "WebP" || head.startsWith("RIFF"))) return picture;
  if (other) throw new Refusal("unsupported", `This is ${other[0]}, which cannot be read here. ${other[3]}`);
  const text = markup(head);
  if (text) throw new Refusal("unsupported", `This is ${text}, which cannot be read here. ${SAVE}`);
  throw new Refusal(
    "not-an-image",
    "This is not a picture. Choose a PNG, JPEG, TIFF, WebP, AVIF, HEIC, GIF or BMP file."
  );
}

function markup(head: string): string | undefined {
  if (!/^(\xef\xbb\xbf)?\s*</.test(head)) return undefined;
  if (/<svg[\s>]/i.test(head)) return "an SVG drawing";
  if (/<(!doctype html|html|head|body)[\s>]/i.test(head)) return "a web page";
  return undefined;
}
