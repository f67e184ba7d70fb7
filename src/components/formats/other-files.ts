import {Refusal} from "../image/refusal.js";

const SAVE = "Save or export the picture as PNG, JPEG or TIFF and choose that file.";
const MICROSCOPE =
  "Open it in the microscope's software or in Fiji, export the field as TIFF or PNG and choose that file.";
const CAMERA = "Export the photo as TIFF or JPEG with the camera's software and choose that file.";
const ARCHIVE = "Unpack it and choose or drop the folder.";
const VIDEO = "Save a still of it as PNG and choose that file.";

/** What else people bring, and what to do with it; a more particular signature comes before a wider one. */
const OTHERS: [name: string, offset: number, magic: string, advice: string][] = [
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
  ["a series of HEIC photos", 4, "ftyphev", VIDEO],
  ["a series of HEIC photos", 4, "ftypmsf1", VIDEO],
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
 * Says what a file is that is none of the pictures that are read here, and what to do with it.
 * @param bytes the file, or at least its first 1,024 bytes
 * @returns a refusal: `empty`, `unsupported` (named: CZI, camera raw, zip, SVG, PDF, …) or `not-an-image`
 */
export function refusalOf(bytes: Uint8Array): Refusal {
  if (bytes.length === 0) return new Refusal("empty", "This file is empty. Choose it again, or save the picture anew.");
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  const [name, , , advice] = OTHERS.find(([, offset, magic]) => head.startsWith(magic, offset)) ?? [
    markup(head),
    0,
    "",
    SAVE
  ];
  if (name) return new Refusal("unsupported", `This is ${name}, which cannot be read here. ${advice}`);
  return new Refusal(
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
