import {describe, expect, test} from "vitest";
import {dyesOf, toOneStain, typicalDyes} from "../../../../src/components/image/stain.js";

const density = (value: number) => -Math.log((value + 1) / 256);

describe("dyesOf", () => {
  test("is the median density of each channel, black left out", () => {
    const rgb = [0, 0, 0, 200, 100, 150, 180, 90, 140, 220, 110, 160];
    expect(dyesOf(rgb)).toEqual([density(200), density(100), density(150)].map((value) => expect.closeTo(value, 6)));
  });

  test("of an even count lies between the two middle ones; of black there is none", () => {
    const [red] = dyesOf([200, 100, 150, 100, 100, 150])!;
    expect(red).toBeCloseTo((density(200) + density(100)) / 2, 6);
    expect(dyesOf([0, 10, 23])).toBe(null);
  });
});

test("the typical dyes of many cells are the medians of each channel; of none there are none", () => {
  const all = [
    [0.1, 0.9, 0.3],
    [0.2, 0.5, 0.2],
    [0.9, 0.6, 0.1]
  ] as const;
  expect(typicalDyes(all)).toEqual([0.2, 0.6, 0.2]);
  expect(typicalDyes([])).toBe(null);
});

describe("toOneStain", () => {
  const rgb = [0, 5, 0, 200, 100, 150, 180, 90, 140, 220, 110, 160];

  test("brings the dyes to the target and leaves black", () => {
    const out = toOneStain(rgb, dyesOf(rgb)!, [0.3, 0.5, 0.45]);
    expect([...out.subarray(0, 3)]).toEqual([0, 5, 0]);
    const dyes = dyesOf(out)!;
    [0.3, 0.5, 0.45].forEach((value, channel) => expect(dyes[channel]).toBeCloseTo(value, 2));
  });

  test("leaves a cell that has the target's dyes, within a rounding", () => {
    const out = toOneStain(rgb, dyesOf(rgb)!, dyesOf(rgb)!);
    out.forEach((value, n) => expect(Math.abs(value - rgb[n]!)).toBeLessThanOrEqual(1));
  });

  test("does not blow up a cell without density", () => {
    const bare = [254, 254, 254, 255, 255, 255];
    expect(Math.min(...toOneStain(bare, dyesOf(bare)!, [0.3, 0.5, 0.45]))).toBeGreaterThan(200);
  });
});
