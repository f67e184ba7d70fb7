import {describe, expect, test} from "vitest";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {sniffPicture} from "../../../../src/components/image/sniff.js";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function refusalOf(content: string): Refusal {
  try {
    sniffPicture(bytes(content));
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error("no refusal");
}

describe("sniffPicture", () => {
  test.each([
    ["PNG", "\x89PNG\r\n\x1a\n"],
    ["JPEG", "\xff\xd8\xff\xe0"],
    ["GIF", "GIF89a"],
    ["GIF", "GIF87a"],
    ["WebP", "RIFF\0\0\0\0WEBPVP8 "],
    ["BMP", "BM\0\0"]
  ])("knows %s", (kind, head) => expect(sniffPicture(bytes(head))).toBe(kind));

  test.each([
    ["TIFF", "II*\0"],
    ["TIFF", "MM\0*"],
    ["HEIC", "\0\0\0\x18ftypheic"],
    ["HEIC", "\0\0\0\x18ftypmif1"],
    ["AVIF", "\0\0\0\x18ftypavif"],
    ["video", "\0\0\0\x18ftypisom"],
    ["PDF", "%PDF-1.7"],
    ["zip", "PK\x03\x04"],
    ["DICOM", "\0".repeat(128) + "DICM"],
    ["SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["SVG", "\xef\xbb\xbf \n<?xml version='1.0'?><!-- drawn --><svg >"],
    ["web page", "<!DOCTYPE html><title>PNG</title>"],
    ["web page", "\n<html lang=en>"]
  ])("names %s and says how to go on", (name, head) => {
    const {code, message} = refusalOf(head);
    expect(code).toBe("unsupported");
    expect(message).toContain(name);
    expect(message).toContain("PNG or JPEG");
  });

  test("refuses nothing, text, and a RIFF that is no WebP", () => {
    expect(refusalOf("").code).toBe("empty");
    expect(refusalOf("a <svg> in a sentence").code).toBe("not-an-image");
    expect(refusalOf("RIFF\0\0\0\0WAVEfmt ").code).toBe("not-an-image");
    expect(refusalOf("XXXX\0\0\0\0WEBP").code).toBe("not-an-image");
  });
});
