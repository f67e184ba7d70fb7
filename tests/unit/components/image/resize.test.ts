import {readFileSync} from "node:fs";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {resizeBilinearFixedPoint} from "../../../../src/components/image/resize.js";

interface Case {
  source: [number, number];
  target: [number, number];
  data: string;
}

const fixture = new URL("../../../fixtures/resize/opencv.json", import.meta.url);
const {cases} = JSON.parse(readFileSync(fixture, "utf8")) as {cases: Case[]};

/** The pictures of tests/fixtures/resize/make.py. */
function lehmerPicture(seed: number, width: number, height: number) {
  let state = seed;
  const data = Uint8Array.from({length: width * height * 3}, () => {
    state = (state * 16807) % 2147483647;
    return (state >> 8) & 255;
  });
  return {data, width, height, channels: 3 as const};
}

describe("resizeBilinearFixedPoint", () => {
  it.each(cases.map((entry, n) => [`${entry.source.join("×")} → ${entry.target.join("×")}`, entry, n] as const))(
    "gives OpenCV's bytes for %s",
    (_, {source, target, data}, n) => {
      const resized = resizeBilinearFixedPoint(lehmerPicture(n + 1, ...source), ...target);
      expect([resized.width, resized.height]).toEqual(target);
      expect(Buffer.from(resized.data).equals(Buffer.from(data, "base64"))).toBe(true);
    }
  );

  it("copies at equal size, sharing no memory, even from a Buffer", () => {
    const data = Buffer.from([1, 2, 3]);
    const copy = resizeBilinearFixedPoint({data, width: 1, height: 1, channels: 3}, 1, 1);
    data[0] = 9;
    expect([...copy.data]).toEqual([1, 2, 3]);
  });

  it("stays within the range of the source, up to fixed-point loss, and keeps black and white", () => {
    const side = fc.integer({min: 1, max: 30});
    fc.assert(
      fc.property(side, side, side, side, fc.integer({min: 1, max: 1e6}), (w, h, width, height, seed) => {
        const picture = lehmerPicture(seed, w, h);
        const {data} = resizeBilinearFixedPoint(picture, width, height);
        expect(data.length).toBe(width * height * 3);
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...picture.data));
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...picture.data) - 1);
        for (const value of [0, 255]) {
          const flat = {...picture, data: new Uint8ClampedArray(picture.data.length).fill(value)};
          expect(new Set(resizeBilinearFixedPoint(flat, width, height).data)).toEqual(new Set([value]));
        }
      })
    );
  });

  it("refuses impossible sizes and data of the wrong length in a sentence", () => {
    const picture = lehmerPicture(1, 4, 3);
    expect(() => resizeBilinearFixedPoint(picture, 0, 50)).toThrow(
      new RangeError("The target size must be two whole numbers above zero, but is 0×50.")
    );
    expect(() => resizeBilinearFixedPoint(picture, 50, 1.5)).toThrow(RangeError);
    expect(() => resizeBilinearFixedPoint({...picture, width: 0}, 50, 50)).toThrow(/^The source size/);
    expect(() => resizeBilinearFixedPoint({...picture, width: 5}, 50, 50)).toThrow(
      new RangeError("A 5×3 RGB picture has 45 values, but its data hold 36.")
    );
  });
});
