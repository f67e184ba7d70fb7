import {readdirSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openFinderHere} from "../../../../models/bundle.js";
import {onBrightGround} from "../../../../models/gate/bright-ground.js";
import {fillPolygon} from "../../../../src/components/finder/cut-found.js";
import {CHANNELS, NETWORK_KINDS, STRIDE} from "../../../../src/components/finder/decode.js";
import type {RunNetwork} from "../../../../src/components/finder/find-cells.js";
import type {Finder} from "../../../../src/components/finder/open-finder.js";
import {findSingle} from "../../../../src/components/finder/single-cell.js";
import type {NotSingle, SingleCell} from "../../../../src/components/finder/single-cell.js";
import {DIRECTIONS} from "../../../../src/components/finder/star.js";
import {silhouette} from "../../../../src/components/image/mask.js";
import type {Mask} from "../../../../src/components/image/mask.js";
import {resizeBilinearFixedPoint} from "../../../../src/components/image/resize.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {mapsOfDiscs} from "../../../fixtures/disc-maps.js";
import {pixelsOf} from "../../../fixtures/pictures.js";
import {painted} from "../smear/drawn.js";

describe("by the shipped finder", () => {
  const folder = "src/data/samples/classify";
  let samples: RgbPicture[];
  let finder: Finder;

  beforeAll(async () => {
    finder = await openFinderHere("models/finder");
    const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
    samples = await Promise.all(files.map((file) => pixelsOf(join(folder, file))));
  });
  afterAll(() => finder.dispose());

  test("the full-size samples are found again on bright grounds, as red cells", async () => {
    const likeness: number[] = [];
    for (const [n, sample] of samples.entries()) {
      const {picture, mask} = onBrightGround(sample, n);
      likeness.push(overlap(maskOf(await finder.findSingle(picture), mask), mask));
    }
    expect(likeness.length).toBe(12);
    // One is torn, and no star can follow it.
    expect(Math.min(...likeness)).toBeGreaterThan(0.7);
    expect(likeness.filter((value) => value > 0.85).length).toBeGreaterThanOrEqual(11);
  });

  test("and alone, however small in their picture, on grounds that are no brighter", async () => {
    const grounds = [
      [225, 215, 220],
      [160, 160, 160],
      [128, 150, 171],
      [70, 60, 80]
    ] as const;
    const likeness: number[] = [];
    for (const [n, sample] of samples.entries()) {
      for (const [m, wider] of [1.1, 2, 4].entries()) {
        const {picture, mask} = onEvenGround(sample, wider, grounds[(n + m) % grounds.length]!);
        likeness.push(overlap(maskOf(await finder.findSingle(picture), mask), mask));
      }
    }
    expect(likeness.length).toBe(36);
    console.log(`Overlap with the true cell: ${likeness.map((value) => value.toFixed(2)).join(" ")}`);
    expect(likeness.filter((value) => value > 0.8).length).toBeGreaterThanOrEqual(33);
  });

  test("none is found in a field, in noise, in half a cell, in two of a size and in hardly a picture", async () => {
    const cells = samples.map((sample) => resizeBilinearFixedPoint(sample, 60, 60));
    expect(await finder.findSingle(fieldOf(cells))).toBe("several");
    const [sample] = samples as [RgbPicture];
    const noise = {...sample, data: sample.data.map((_, n) => (n * 7919) % 256)};
    expect(await finder.findSingle(noise)).toBe("nothing");
    const {picture} = onBrightGround(sample, 1);
    const {width, height} = picture;
    const part = (parts: readonly [from: number, to: number][]): RgbPicture => {
      const rows = Array.from({length: height}, (_, y) =>
        parts.map(([from, to]) => picture.data.slice((y * width + from) * 3, (y * width + to) * 3))
      ).flat();
      const across = parts.reduce((sum, [from, to]) => sum + to - from, 0);
      const data = new Uint8ClampedArray(across * height * 3);
      let at = 0;
      for (const row of rows) {
        data.set(row, at);
        at += row.length;
      }
      return {data, width: across, height, channels: 3};
    };
    expect(await finder.findSingle(part([[0, width >> 1]]))).toBe("cut-off");
    expect(
      await finder.findSingle(
        part([
          [0, width],
          [0, width]
        ])
      )
    ).toBe("several");
    expect(await finder.findSingle({data: new Uint8Array(3), width: 1, height: 1, channels: 3})).toBe("nothing");
  });
});

describe("what a network says that sees one thing in the middle of whatever it is shown", () => {
  const picture = painted(80, 80, (x, y) => (Math.hypot(x - 40, y - 40) < 26 ? 150 : 230));
  /** @param radius in the network's pixels, as a share of its picture's side */
  const seeing =
    (logits: Partial<Record<(typeof NETWORK_KINDS)[number], number>>, radius = 26 / 80): RunNetwork =>
    async ({width, height}) => {
      const disc = {x: width / 2 + 0.5, y: height / 2 + 0.5, radius: radius * width, nearness: 0.99};
      const {data} = mapsOfDiscs([disc], {width: width / STRIDE, height: height / STRIDE});
      for (let from = 0; from < data.length; from += CHANNELS)
        data.set(
          NETWORK_KINDS.map((kind) => logits[kind] ?? -9),
          from + 1 + DIRECTIONS
        );
      return data;
    };

  test.each([
    ["a red cell", {red: 5, white: 0}, "red"],
    ["a red cell that may be a white one", {red: 1, white: 2}, "doubtful"],
    ["what would be a platelet in a field", {red: 0, platelet: 2}, "doubtful"],
    ["a white cell", {red: 0, white: 4}, "other"],
    ["a platelet", {red: 0, platelet: 4}, "other"]
  ] as const)("%s is told by its logits", async (_, logits, kind) => {
    expect(await findSingle(picture, seeing(logits))).toMatchObject({kind});
  });

  test("a larger picture costs the network no more", async () => {
    const pixels = await Promise.all(
      [96, 512, 1024].map(async (side) => {
        let sum = 0;
        const run: RunNetwork = (shown) => {
          sum += shown.width * shown.height;
          return seeing({red: 5})(shown);
        };
        expect(await findSingle(resizeBilinearFixedPoint(picture, side, side), run)).toMatchObject({kind: "red"});
        return sum;
      })
    );
    expect(new Set(pixels).size).toBe(1);
  });

  test("it is none where it does not stand out of the ground, or reaches beyond the picture", async () => {
    const blank = painted(80, 80, () => 230);
    expect(await findSingle(blank, seeing({red: 5}))).toBe("nothing");
    expect(await findSingle(picture, seeing({red: 5}, 0.8))).toMatch(/nothing|cut-off/);
  });
});

/** Twenty cells of 60×60 on one ground, next to each other. */
function fieldOf(cells: readonly RgbPicture[]): RgbPicture {
  const [width, height] = [400, 320];
  const data = new Uint8ClampedArray(width * height * 3).map((_, n) => [232, 226, 228][n % 3]!);
  for (let n = 0; n < 20; n++) {
    const cell = cells[n % cells.length]!;
    const [left, top] = [(n % 5) * 78 + 8, Math.floor(n / 5) * 78 + 8];
    silhouette(cell.data, 60, 60)!.data.forEach((value, pixel) => {
      const to = (Math.floor(pixel / 60) + top) * width + (pixel % 60) + left;
      if (value) data.set(cell.data.subarray(pixel * 3, pixel * 3 + 3), to * 3);
    });
  }
  return {data, width, height, channels: 3};
}

/** A cell on a ground of one colour with a camera's noise, in a picture so many times as wide and high as the cell. */
function onEvenGround(cell: RgbPicture, wider: number, ground: readonly [number, number, number]) {
  const [width, height] = [Math.round(cell.width * wider), Math.round(cell.height * wider)];
  const [left, top] = [Math.round((width - cell.width) / 2), Math.round((height - cell.height) / 2)];
  const data = new Uint8ClampedArray(width * height * 3).map((_, n) => ground[n % 3]! + ((n * 7919) % 5) - 2);
  const mask = {data: new Uint8Array(width * height), width, height};
  silhouette(cell.data, cell.width, cell.height)!.data.forEach((value, pixel) => {
    if (!value) return;
    const to = (Math.floor(pixel / cell.width) + top) * width + (pixel % cell.width) + left;
    data.set(cell.data.subarray(pixel * 3, pixel * 3 + 3), to * 3);
    mask.data[to] = 1;
  });
  return {picture: {data, width, height, channels: 3} as RgbPicture, mask};
}

/** The pixels of what was found, which must be a red cell. */
function maskOf(found: SingleCell | NotSingle, {width, height}: Mask): Mask {
  if (typeof found === "string") return {data: new Uint8Array(width * height), width, height};
  expect(found.kind).not.toBe("other");
  return fillPolygon(found.outline, width, height);
}

/** The pixels that two masks share, over all that either has. */
function overlap(found: Mask, mask: Mask): number {
  let [both, either] = [0, 0];
  mask.data.forEach((inside, pixel) => {
    both += inside & found.data[pixel]!;
    either += inside | found.data[pixel]!;
  });
  return both / either;
}
