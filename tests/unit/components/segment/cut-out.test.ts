import {readdirSync} from "node:fs";
import {join} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {prepareAsIs} from "../../../../src/components/gate/as-is.js";
import {descriptorsOf} from "../../../../src/components/gate/descriptors.js";
import {isOnBlack} from "../../../../src/components/gate/gate.js";
import {prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import {toCell} from "../../../../src/components/image/cell-input.js";
import {dilate, erode, fillHoles, maskOf, parts, silhouette} from "../../../../src/components/image/mask.js";
import {resizeBilinearFixedPoint} from "../../../../src/components/image/resize.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {random} from "../../../../src/components/metrics/index.js";
import {cutOut} from "../../../../src/components/segment/cut-out.js";
import type {CutOut} from "../../../../src/components/segment/cut-out.js";
import {onBrightGround} from "../../../fixtures/bright-ground.js";
import {pixelsOf} from "../../../fixtures/pictures.js";

const folder = "src/data/samples/classify";
let samples: RgbPicture[];

beforeAll(async () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
  samples = await Promise.all(files.map((file) => pixelsOf(join(folder, file))));
});

function cellIn(picture: RgbPicture): CutOut {
  const found = cutOut(picture);
  if (typeof found === "string") throw new Error(`No cell: ${found}`);
  return found;
}

describe("cutOut", () => {
  test("finds the full-size samples again on bright grounds", () => {
    const likeness = samples.map((sample, n) => {
      const {picture, mask} = onBrightGround(sample, n);
      const found = cellIn(picture);
      let [both, either] = [0, 0];
      mask.data.forEach((inside, pixel) => {
        both += inside & found.mask.data[pixel]!;
        either += inside | found.mask.data[pixel]!;
      });
      return both / either;
    });
    expect(likeness.length).toBe(12);
    console.log(`Overlap with the true cell: ${likeness.map((value) => value.toFixed(3)).join(" ")}`);
    expect(Math.min(...likeness)).toBeGreaterThan(0.9);
  });

  test("crops to the cell, on black, as the training cells lie", () => {
    const {picture} = onBrightGround(samples[0]!, 3);
    expect(isOnBlack(descriptorsOf(toCell(picture)))).toBe(false);
    const {cell, cut, descriptors} = prepareCell(picture);
    expect(cut).toBe(true);
    expect(isOnBlack(descriptorsOf(cell))).toBe(true);
    expect(descriptors).toEqual(descriptorsOf(cell));
    const own = toCell(picture);
    expect(prepareAsIs(picture)).toEqual({
      cell: own,
      cut: false,
      missing: null,
      descriptors: descriptorsOf(own)
    });
  });

  test("leaves cells on black as they are", () => {
    for (const sample of samples) {
      const cell = toCell(sample);
      expect(prepareCell(sample)).toEqual({cell, cut: false, missing: null, descriptors: descriptorsOf(cell)});
    }
  });

  test("crops a cell in a wide black frame", () => {
    const {picture} = onBrightGround(samples[1]!, 5, [0, 0, 0]);
    const {cell, cut} = prepareCell(picture);
    expect(cut).toBe(true);
    const own = toCell(samples[1]!);
    const difference = own.reduce((sum, value, n) => sum + Math.abs(value - cell[n]!), 0) / own.length;
    expect(difference).toBeLessThan(8);
  });

  test("finds a cell that lies alone, however small in its picture, and on a ground that is no brighter than it", () => {
    const grounds = [
      [225, 215, 220],
      [160, 160, 160],
      [128, 150, 171],
      [70, 60, 80]
    ] as const;
    const likeness = samples.flatMap((sample, n) =>
      [1.1, 2, 4].map((wider, m) => {
        const {picture, mask} = onEvenGround(sample, wider, grounds[(n + m) % grounds.length]!);
        const found = cutOut(picture);
        if (typeof found === "string") return 0;
        let [both, either] = [0, 0];
        const scale = picture.width / found.mask.width;
        found.mask.data.forEach((value, pixel) => {
          const [x, y] = [pixel % found.mask.width, Math.floor(pixel / found.mask.width)];
          const truth = mask.data[Math.floor((y + 0.5) * scale) * picture.width + Math.floor((x + 0.5) * scale)]!;
          both += value & truth;
          either += value | truth;
        });
        return both / either;
      })
    );
    expect(likeness.length).toBe(36);
    console.log(`Overlap with the true cell: ${likeness.map((value) => value.toFixed(2)).join(" ")}`);
    expect(likeness.filter((value) => value > 0.9).length).toBeGreaterThanOrEqual(33);
  });

  test("of a whole field none is found", () => {
    const cells = samples.map((sample) => resizeBilinearFixedPoint(sample, 60, 60));
    for (let seed = 0; seed < 6; seed++) expect(cutOut(fieldOf(cells, seed))).toBe("several");
  });

  test("finds none where the ground is uneven, there are two, or it is cut off by the frame", () => {
    const noise = {...samples[0]!, data: samples[0]!.data.map((_, n) => (n * 7919) % 256)};
    expect(cutOut(noise)).toBe("nothing");
    const {picture} = onBrightGround(samples[0]!, 1);
    const [width, half] = [picture.width, Math.floor(picture.width / 2)];
    const twice = new Uint8ClampedArray(picture.data.length * 2);
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * width * 3, (y + 1) * width * 3);
      twice.set(row, 2 * y * width * 3);
      twice.set(row, (2 * y + 1) * width * 3);
    }
    expect(cutOut({data: twice, width: 2 * width, height: picture.height, channels: 3})).toMatch(/nothing|several/);
    const left = new Uint8ClampedArray(half * picture.height * 3);
    for (let y = 0; y < picture.height; y++) {
      left.set(picture.data.subarray(y * width * 3, (y * width + half) * 3), y * half * 3);
    }
    expect(cutOut({data: left, width: half, height: picture.height, channels: 3})).toBe("cut-off");
    expect(cutOut({data: new Uint8Array(3), width: 1, height: 1, channels: 3})).toBe("nothing");
  });
});

/** A cell on a ground of one colour with a camera's noise, in a picture so many times as wide and high as the cell. */
function onEvenGround(cell: RgbPicture, wider: number, ground: readonly [number, number, number]) {
  const [width, height] = [Math.round(cell.width * wider), Math.round(cell.height * wider)];
  const [left, top] = [Math.round((width - cell.width) / 2), Math.round((height - cell.height) / 2)];
  const inside = silhouette(cell.data, cell.width, cell.height)!;
  const data = new Uint8ClampedArray(width * height * 3).map((_, n) => ground[n % 3]! + ((n * 7919) % 5) - 2);
  const mask = {data: new Uint8Array(width * height), width, height};
  inside.data.forEach((value, pixel) => {
    if (!value) return;
    const to = (Math.floor(pixel / cell.width) + top) * width + (pixel % cell.width) + left;
    data.set(cell.data.subarray(pixel * 3, pixel * 3 + 3), to * 3);
    mask.data[to] = 1;
  });
  return {picture: {data, width, height, channels: 3} as RgbPicture, mask};
}

/** Some twenty cells of 60×60 on one ground, next to each other. */
function fieldOf(cells: readonly RgbPicture[], seed: number): RgbPicture {
  const uniform = random(seed);
  const [width, height] = [400, 320];
  const data = new Uint8ClampedArray(width * height * 3).map((_, n) => [232, 226, 228][n % 3]!);
  for (let n = 0; n < 20; n++) {
    const cell = cells[n % cells.length]!;
    const [left, top] = [
      (n % 5) * 78 + Math.floor(uniform() * 16),
      Math.floor(n / 5) * 78 + Math.floor(uniform() * 16)
    ];
    silhouette(cell.data, 60, 60)!.data.forEach((value, pixel) => {
      const to = (Math.floor(pixel / 60) + top) * width + (pixel % 60) + left;
      if (value) data.set(cell.data.subarray(pixel * 3, pixel * 3 + 3), to * 3);
    });
  }
  return {data, width, height, channels: 3};
}

test("a photograph of 512² costs little more than the steps on its mask", () => {
  const side = 512;
  const data = new Uint8ClampedArray(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const isCell = Math.hypot((pixel % side) - 256, Math.floor(pixel / side) - 256) < 180;
    (isCell ? [180, 120, 150] : [230, 225, 228]).forEach(
      (value, n) => (data[pixel * 3 + n] = value + ((pixel + n) % 9))
    );
  }
  const picture = {data, width: side, height: side, channels: 3} as const;
  const {mask} = cellIn(picture);
  const onMask = () => {
    for (let n = 0; n < 2; n++) fillHoles(maskOf(parts(dilate(erode(mask)), false)[0]!, mask));
  };
  // The least of several rounds of both, in turn: what else the machine does falls on one as on the other.
  const least = {cut: Infinity, mask: Infinity};
  const time = (work: () => unknown) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  for (let round = 0; round < 8; round++) {
    least.mask = Math.min(least.mask, time(onMask));
    least.cut = Math.min(
      least.cut,
      time(() => cutOut(picture))
    );
  }
  console.log(`Cutting out takes ${(least.cut / least.mask).toFixed(1)} times what the steps on its mask take`);
  expect(least.cut).toBeLessThan(2.5 * least.mask);
});
