import {readFileSync} from "node:fs";
import fc from "fast-check";
import sharp from "sharp";
import {beforeAll, describe, expect, test} from "vitest";
import {requireAllPixels} from "../../../../src/components/formats/all-pixels.js";
import {readPictureHeader} from "../../../../src/components/formats/header.js";
import type {PictureHeader} from "../../../../src/components/formats/header.js";
import {refusalOf} from "../../../../src/components/formats/other-files.js";
import {sniffPicture} from "../../../../src/components/formats/sniff.js";
import type {BrowserKind} from "../../../../src/components/formats/sniff.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {CELL, animation, apng, bmp, encoded, pixelsOf} from "../../../fixtures/pictures.js";
import type {Picture} from "../../../fixtures/pictures.js";

const pictures = new Map<string, {content: Picture; header: PictureHeader}>();

beforeAll(async () => {
  const base = () => sharp(CELL).resize(60, 40, {fit: "fill"});
  const add = (name: string, content: Picture, kind: PictureHeader["kind"], frames = 1) =>
    pictures.set(name, {content, header: {kind, width: 60, height: 40, frames}});
  add("PNG", await encoded(base().png()), "PNG");
  add("16-bit PNG", await encoded(base().toColourspace("rgb16").png()), "PNG");
  add("palette PNG", await encoded(base().png({palette: true})), "PNG");
  add("APNG", await apng(), "PNG", 2);
  add("JPEG", await encoded(base().jpeg()), "JPEG");
  add("progressive JPEG", await encoded(base().jpeg({progressive: true})), "JPEG");
  add("CMYK JPEG", await encoded(base().toColourspace("cmyk").jpeg()), "JPEG");
  add("JPEG with EXIF", await encoded(base().withMetadata({orientation: 6}).jpeg()), "JPEG");
  add("GIF", await encoded(base().gif()), "GIF");
  add("animated GIF", await animation("gif"), "GIF", 2);
  add("lossy WebP", await encoded(base().webp()), "WebP");
  add("lossless WebP", await encoded(base().webp({lossless: true})), "WebP");
  add("WebP with alpha", await encoded(base().ensureAlpha(0.5).webp()), "WebP");
  add("animated WebP", await animation("webp"), "WebP", 2);
  add("AVIF", await encoded(base().avif({effort: 0})), "AVIF");
  add("BMP", bmp(await pixelsOf(await encoded(base().png()))), "BMP");
});

function headerOf(content: Picture): PictureHeader {
  const kind = sniffPicture(content);
  if (!kind) throw refusalOf(content);
  return readPictureHeader(content, kind as BrowserKind);
}

function refusal(content: Picture): Refusal | null {
  try {
    headerOf(content);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe("readPictureHeader", () => {
  test("reads kind, size and frames of every format", () => {
    for (const [name, {content, header}] of pictures) expect(headerOf(content), name).toEqual(header);
    expect(pictures.size).toBe(16);
  });

  test("says what a file lacks of its end although no pixel may be missing", () => {
    const without = (name: string, bytes: number) => headerOf(pictures.get(name)!.content.slice(0, -bytes)).missing;
    expect(without("PNG", 12)).toEqual(pictures.get("PNG")!.content.slice(-12));
    expect(without("JPEG", 2)).toEqual(Uint8Array.of(0xff, 0xd9));
    expect(without("GIF", 1)).toEqual(Uint8Array.of(0x3b));
    expect(refusal(pictures.get("progressive JPEG")!.content.slice(0, -2))?.code).toBe("truncated");
    const narrow = bmp({data: new Uint8Array(3 * 9), width: 3, height: 3});
    expect(headerOf(narrow.slice(0, -3)).missing).toEqual(new Uint8Array(3));
    expect(refusal(narrow.slice(0, -4))?.code).toBe("truncated");
  });

  test("works on a view into a larger buffer, as Node's buffers are", () => {
    const file = readFileSync(CELL);
    const within = new Uint8Array(new Uint8Array([1, 2, 3, ...file]).buffer, 3);
    expect(headerOf(within)).toEqual(headerOf(new Uint8Array(file)));
  });

  test("every format cut at every tenth of its length is refused as truncated, by its header or for want of pixels", async () => {
    for (const [name, {content}] of pictures) {
      for (let tenth = 1; tenth < 10; tenth++) {
        const cut = content.slice(0, Math.floor((content.length * tenth) / 10));
        const found = refusal(cut) ?? (await requireAllPixels(cut, headerOf(cut)).catch((error: unknown) => error));
        expect(found, `${name}, ${tenth}/10`).toMatchObject({code: "truncated"});
      }
    }
  });

  test("a picture's size is known from its header alone, however large", () => {
    const png = pictures.get("PNG")!.content.slice();
    new DataView(png.buffer).setUint32(16, 30_000);
    new DataView(png.buffer).setUint32(20, 0xffffffff);
    expect(headerOf(png)).toMatchObject({width: 30_000, height: 0xffffffff});
  });

  test("a GIF whose first frame exceeds its screen has the frame's size", () => {
    const gif = pictures.get("GIF")!.content.slice();
    new DataView(gif.buffer).setUint16(6, 1, true);
    new DataView(gif.buffer).setUint16(8, 1, true);
    expect(headerOf(gif)).toMatchObject({width: 60, height: 40});
  });

  test("a BMP whose rows run from the top has a positive height", () => {
    const picture = pictures.get("BMP")!.content.slice();
    new DataView(picture.buffer).setInt32(22, -40, true);
    expect(headerOf(picture)).toMatchObject({width: 60, height: 40});
  });

  test("a size of zero is refused", () => {
    const png = pictures.get("PNG")!.content.slice();
    new DataView(png.buffer).setUint32(16, 0);
    expect(refusal(png)?.code).toBe("no-size");
  });

  test("2,000 random mutations and cuts end in a header or a refusal", () => {
    const mutation = fc.record({
      name: fc.nat(15),
      edits: fc.array(fc.tuple(fc.nat(), fc.nat(255)), {minLength: 1, maxLength: 20}),
      head: fc.boolean(),
      cut: fc.option(fc.nat())
    });
    fc.assert(
      fc.property(mutation, ({name, edits, head, cut}) => {
        const original = [...pictures.values()][name]!.content;
        const content = cut === null ? original.slice() : original.slice(0, cut % original.length);
        const reach = head ? Math.min(64, content.length) : content.length;
        for (const [at, value] of edits) if (reach > 0) content[at % reach] = value;
        const found = refusal(content);
        if (found) expect(found.message).toMatch(/^This .+\. .+\.$/);
      }),
      {numRuns: 2000, seed: 20260101}
    );
  });

  test("random bytes after any signature end in a header or a refusal", () => {
    const heads = [...pictures.values()].map(({content}) => Array.from(content.subarray(0, 12)));
    fc.assert(
      fc.property(fc.constantFrom(...heads, []), fc.uint8Array({maxLength: 400}), (head, tail) => {
        refusal(Uint8Array.from([...head, ...tail]));
      }),
      {numRuns: 2000, seed: 20260102}
    );
  });
});
