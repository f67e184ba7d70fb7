import {describe, expect, test} from "vitest";
import {refusalOf} from "../../../../src/components/formats/other-files.js";
import {sniffPicture} from "../../../../src/components/formats/sniff.js";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("sniffPicture", () => {
  test.each([
    ["PNG", "\x89PNG\r\n\x1a\n"],
    ["JPEG", "\xff\xd8\xff\xe0"],
    ["GIF", "GIF89a"],
    ["GIF", "GIF87a"],
    ["WebP", "RIFF\0\0\0\0WEBPVP8 "],
    ["BMP", "BM\0\0"],
    ["TIFF", "II*\0"],
    ["TIFF", "MM\0*"],
    ["TIFF", "II+\0"],
    ["HEIC", "\0\0\0\x18ftypheic"],
    ["HEIC", "\0\0\0\x18ftypmif1"],
    ["AVIF", "\0\0\0\x18ftypavif"],
    ["JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n"]
  ])("knows %s", (kind, head) => expect(sniffPicture(bytes(head))).toBe(kind));

  test.each([
    ["Zeiss", "ZISRAWFILE\0"],
    ["Nikon", "\xda\xce\xbe\x0a"],
    ["Leica", "\x70\0\0\0\x10"],
    ["HDF5", "\x89HDF\r\n\x1a\n"],
    ["raw file (CR2)", "II*\0\x10\0\0\0CR\x02\0"],
    ["raw file (CR3)", "\0\0\0\x18ftypcrx "],
    ["raw file (ORF)", "IIRO"],
    ["raw file (RAF)", "FUJIFILMCCD-RAW 0201"],
    ["Thumbs.db", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    ["7-Zip", "7z\xbc\xaf\x27\x1c"],
    ["tar", "a".repeat(257) + "ustar"],
    ["JPEG XL", "\xff\x0a"],
    ["video", "\x1a\x45\xdf\xa3"],
    ["video", "\0\0\0\x18ftypisom"],
    ["PDF", "%PDF-1.7"],
    ["zip", "PK\x03\x04"],
    ["DICOM", "\0".repeat(128) + "DICM"],
    ["SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["SVG", "\xef\xbb\xbf \n<?xml version='1.0'?><!-- drawn --><svg >"],
    ["web page", "<!DOCTYPE html><title>PNG</title>"],
    ["web page", "\n<html lang=en>"]
  ])("names %s and says how to go on", (name, head) => {
    expect(sniffPicture(bytes(head))).toBeNull();
    const {code, message} = refusalOf(bytes(head));
    expect(code).toBe("unsupported");
    expect(message).toContain(name);
    expect(message).toMatch(/choose that file\.$|drop the folder\.$/);
  });

  test("refuses nothing, text, and a RIFF that is no WebP", () => {
    expect(refusalOf(bytes("")).code).toBe("empty");
    expect(refusalOf(bytes("a <svg> in a sentence")).code).toBe("not-an-image");
    expect(refusalOf(bytes("RIFF\0\0\0\0WAVEfmt ")).code).toBe("not-an-image");
    expect(refusalOf(bytes("XXXX\0\0\0\0WEBP")).code).toBe("not-an-image");
  });
});
