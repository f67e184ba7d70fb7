import {readFileSync} from "node:fs";
import fc from "fast-check";
import sharp from "sharp";
import {beforeAll, describe, expect, test, vi} from "vitest";
import {decodeHeic} from "../../../../src/components/formats/heic.js";
import {decodeJpeg2000} from "../../../../src/components/formats/jpeg-2000.js";
import type {LibraryPicture} from "../../../../src/components/formats/library-picture.js";
import {Refusal} from "../../../../src/components/image/refusal.js";

// The same cell as cell.png (an NIH cell, made smaller), written by libheif (its colours at half the size) and, without loss, by OpenJPEG; cell-12-bits has a sixteenth of each value in 16 bits.
const fixture = (name: string) => new Uint8Array(readFileSync(`tests/fixtures/formats/${name}`));
let cell: {data: Buffer; info: {width: number; height: number}};
beforeAll(async () => {
  // libheif says on the console what it finds wrong.
  vi.spyOn(console, "log").mockReturnValue();
  cell = await sharp(fixture("cell.png")).removeAlpha().raw().toBuffer({resolveWithObject: true});
});

const formats: [name: string, decode: (bytes: Uint8Array) => Promise<LibraryPicture>, depth: number, most: number][] = [
  ["cell.heic", decodeHeic, 8, 32],
  ["cell.jp2", decodeJpeg2000, 8, 0],
  ["cell.j2k", decodeJpeg2000, 8, 0],
  ["cell-12-bits.jp2", decodeJpeg2000, 12, 1]
];

describe.each(formats)("%s", (name, decode, depth, most) => {
  test("gives the cell's pixels", async () => {
    const picture = await decode(fixture(name));
    const {width, height} = cell.info;
    expect(picture).toMatchObject({width, height, channels: 3, pages: 1, depth});
    expect(picture.data.length).toBe(cell.data.length);
    let difference = 0;
    for (const [n, value] of cell.data.entries()) difference = Math.max(difference, Math.abs(value - picture.data[n]!));
    expect(difference).toBeLessThanOrEqual(most);
  });

  test("cut at every tenth it ends in a picture or a refusal", async () => {
    const file = fixture(name);
    for (let tenth = 0; tenth < 10; tenth++) await decodeOrRefuse(decode, file.slice(0, (file.length * tenth) / 10));
  });

  test("60 random mutations end in a picture or a refusal", async () => {
    const file = fixture(name);
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), {minLength: 1, maxLength: 12});
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (list, head) => {
        const content = file.slice();
        for (const [at, value] of list) content[at % (head ? 400 : content.length)] = value;
        await decodeOrRefuse(decode, content);
      }),
      {numRuns: 60, seed: 20261128}
    );
  });
});

async function decodeOrRefuse(
  decode: (bytes: Uint8Array) => Promise<LibraryPicture>,
  bytes: Uint8Array
): Promise<void> {
  const found = await decode(bytes).catch((error: unknown) => error);
  if (found instanceof Refusal) expect(found.message).toMatch(/^This .+\. .+\.$/);
  else expect(found).toMatchObject({channels: 3});
}
