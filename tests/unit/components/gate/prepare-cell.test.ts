import {readdirSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {openFinderHere, openKernelEngine, readBundle} from "../../../../models/bundle.js";
import {onBrightGround} from "../../../../models/gate/bright-ground.js";
import type {Finder} from "../../../../src/components/finder/open-finder.js";
import type {NotSingle, SingleCell} from "../../../../src/components/finder/single-cell.js";
import {prepareAsIs} from "../../../../src/components/gate/as-is.js";
import {descriptorsOf} from "../../../../src/components/gate/descriptors.js";
import {isOnBlack} from "../../../../src/components/gate/gate.js";
import {finderOf, prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import {toBatch, toCell} from "../../../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {pixelsOf} from "../../../fixtures/pictures.js";
import {disc, loneDisc, painted} from "../smear/drawn.js";

const pale = (side: number, x: number, y: number, radius: number) =>
  painted(side, side, (u, v) => (Math.hypot(u - x, v - y) < radius ? 150 : 230));
const finding = (
  single: SingleCell | NotSingle,
  cells = [disc(60, 60, 60), disc(340, 60, 60), disc(340, 340, 60)]
) => ({
  find: vi.fn(async ({width, height}: RgbPicture) => ({width, height, diameter: 60, cells})),
  findSingle: vi.fn(async () => single)
});

describe("by what the finder says", () => {
  test.each(["red", "doubtful", "other"] as const)(
    "a %s cell is cut out, laid on black and called so",
    async (kind) => {
      const finder = finding(loneDisc(120, 120, 70, kind));
      const seen = await prepareCell(pale(120, 60, 60, 35), {open: async () => finder});
      expect(seen).toMatchObject({cut: true, missing: null, kind});
      expect(isOnBlack(descriptorsOf(seen.cell))).toBe(true);
      expect(seen.descriptors).toEqual(descriptorsOf(seen.cell));
      expect(finder.find).not.toHaveBeenCalled();
    }
  );

  test("a small cell in a large picture is cut out of all the pixels that it has", async () => {
    const checkered = painted(800, 800, (x, y) =>
      Math.hypot(x - 400, y - 400) < 60 ? 130 + 60 * ((Math.floor(x / 3) + Math.floor(y / 3)) % 2) : 230
    );
    const finder = finding(loneDisc(256, 256, 38.4), []);
    const {cell} = await prepareCell(checkered, {open: async () => finder});
    const middle = Array.from({length: 20}, (_, n) => cell[(25 * 50 + 15 + n) * 3]!);
    // Brought to 256 pixels first, light and dark would have become one grey.
    expect(Math.max(...middle) - Math.min(...middle)).toBeGreaterThan(30);
    expect(isOnBlack(descriptorsOf(cell))).toBe(true);
  });

  test.each(["nothing", "several", "cut-off"] as const)("%s: the picture is only resized", async (missing) => {
    const picture = painted(120, 120, () => 230);
    const seen = await prepareCell(picture, {open: async () => finding(missing)});
    expect(seen).toEqual({...prepareAsIs(picture), missing});
  });

  test("a large picture is a field where cells lie beside the one, or without one, unless an answer is wanted anyway", async () => {
    const picture = pale(400, 200, 200, 70);
    for (const single of [loneDisc(256, 256, 90), "nothing"] as const) {
      const finder = finding(single);
      expect(await prepareCell(picture, {open: async () => finder})).toMatchObject({cut: false, missing: "several"});
      expect(await prepareCell(picture, {open: async () => finder, anyway: true})).toMatchObject({
        missing: single === "nothing" ? single : null
      });
      expect(finder.find).toHaveBeenCalledTimes(1);
    }
    const alone = finding(loneDisc(256, 256, 90), []);
    expect(await prepareCell(picture, {open: async () => alone})).toMatchObject({cut: true, kind: "red"});
  });

  test("what cannot be had is said, and nothing is cut out without it", async () => {
    const picture = pale(120, 60, 60, 35);
    const onTrouble = vi.fn();
    const open = () => Promise.reject(new Error("It could not be downloaded."));
    const own = {...prepareAsIs(picture), missing: "no-finder"};
    expect(await prepareCell(picture, {open, onTrouble})).toEqual(own);
    expect(onTrouble).toHaveBeenCalledWith("The finder could not look at this picture: It could not be downloaded.");
    expect(await prepareCell(picture)).toEqual(own);
  });
});

describe("on black", () => {
  const round = (side: number, diameter = side) =>
    painted(side, side, (x, y) => (Math.hypot(x - side / 2, y - side / 2) < diameter / 2 ? 150 : 0));

  test("the finder is asked only whether a large picture is a field, and without it that is not asked", async () => {
    for (const [picture, times] of [
      [round(60), 0],
      [round(300), 1]
    ] as const) {
      const open = vi.fn(async () => finding("nothing", []));
      expect(await prepareCell(picture, {open})).toEqual(prepareAsIs(picture));
      expect(open).toHaveBeenCalledTimes(times);
      expect(await prepareCell(picture, {open: () => Promise.reject(new Error("No."))})).toEqual(prepareAsIs(picture));
    }
  });

  test("in a wide frame the cell is cropped to what lies there, if that is one thing", async () => {
    const seen = await prepareCell(round(120, 60));
    expect(seen).toMatchObject({cut: true, missing: null});
    expect(isOnBlack(seen.descriptors)).toBe(true);
    const two = painted(120, 120, (x, y) =>
      Math.min(Math.hypot(x - 35, y - 60), Math.hypot(x - 85, y - 60)) < 20 ? 150 : 0
    );
    expect(await prepareCell(two)).toMatchObject({cut: false, missing: "several"});
    expect(await prepareCell(painted(60, 60, () => 0))).toMatchObject({cut: false, missing: "nothing"});
  });
});

describe("by the shipped finder, of the full-size samples", () => {
  const folder = "src/data/samples/classify";
  let samples: RgbPicture[];
  let finder: Finder;
  const open = async () => finder;

  beforeAll(async () => {
    finder = await openFinderHere("models/finder");
    const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
    samples = await Promise.all(files.map((file) => pixelsOf(join(folder, file))));
  });
  afterAll(() => finder.dispose());

  test("those on black stay as they are", async () => {
    expect(samples.length).toBe(12);
    for (const sample of samples) expect(await prepareCell(sample, {open})).toEqual(prepareAsIs(sample));
  });

  test("those on bright grounds become what they are on black, and so do those in a black frame", async () => {
    const network = await openKernelEngine(readBundle("models/resnet34"));
    const told = async (cell: Uint8ClampedArray) => (await network.predict(toBatch([cell]))).probabilities[0]!;
    for (const [n, sample] of samples.entries()) {
      const own = toCell(sample);
      for (const ground of [undefined, [0, 0, 0]] as const) {
        const {cell, cut, missing} = await prepareCell(onBrightGround(sample, n, ground).picture, {open});
        expect([cut, missing]).toEqual([true, null]);
        const off = own.reduce((sum, value, at) => sum + Math.abs(value - cell[at]!), 0) / own.length;
        expect(off, `mean difference of a value, sample ${n}`).toBeLessThan(0.5);
        expect(Math.abs((await told(cell)) - (await told(own))), `sample ${n}`).toBeLessThan(0.05);
      }
    }
    network.dispose();
  });
});

test("a finder is started once for its place, and again a while after it could not be had", async () => {
  vi.useFakeTimers();
  const source = {base: "https://site.invalid/models/finder/", sha256: null};
  const first = finderOf(source);
  expect(finderOf(source)).toBe(first);
  await expect(first).rejects.toThrow();
  expect(finderOf(source)).toBe(first);
  vi.advanceTimersByTime(30_000);
  const again = finderOf(source);
  expect(again).not.toBe(first);
  await expect(again).rejects.toThrow();
  vi.useRealTimers();
});
