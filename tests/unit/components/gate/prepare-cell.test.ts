import {describe, expect, test, vi} from "vitest";
import type {SingleCell} from "../../../../src/components/finder/single-cell.js";
import {finderOf, prepareCell, prepareWithFinder} from "../../../../src/components/gate/prepare-cell.js";
import {disc, painted} from "../smear/drawn.js";

const pale = (side: number, x: number, y: number, radius: number) =>
  painted(side, side, (u, v) => (Math.hypot(u - x, v - y) < radius ? 150 : 230));
const found = (x: number, y: number, diameter: number, more: Partial<SingleCell> = {}): SingleCell => ({
  ...disc(x, y, diameter),
  isDoubtful: false,
  ...more
});
const finding = (single: SingleCell | null) => ({
  find: vi.fn(),
  findSingle: vi.fn(async () => single),
  cut: vi.fn(() => prepareCell(pale(100, 50, 50, 30)).cell)
});

describe("a cell that was cut out without the finder", () => {
  const picture = pale(120, 60, 60, 35);
  const own = prepareCell(picture);

  test.each([
    ["red", found(60, 60, 70)],
    ["doubtful", found(60, 60, 70, {isDoubtful: true})],
    ["other", found(62, 60, 70, {kind: "white"})],
    ["other", found(60, 60, 66, {kind: "platelet"})]
  ] as const)("stays as it was cut, and is said to be %s", async (kind, single) => {
    const finder = finding(single);
    const seen = await prepareWithFinder(picture, {open: async () => finder});
    expect(seen).toMatchObject({cut: true, missing: null, kind});
    expect(seen.cell).toEqual(own.cell);
    expect(finder.cut).not.toHaveBeenCalled();
    expect(finder.find).not.toHaveBeenCalled();
    expect(seen).not.toHaveProperty("mask");
  });

  test("has no kind where the finder means something else, or nothing", async () => {
    for (const single of [null, found(20, 20, 30, {kind: "white"})]) {
      const seen = await prepareWithFinder(picture, {open: async () => finding(single)});
      expect(seen.cell).toEqual(own.cell);
      expect(seen.kind).toBeUndefined();
    }
  });
});

describe("a picture without a cell", () => {
  const picture = painted(120, 120, () => 230);
  const own = prepareCell(picture);

  test("is given the one that the finder outlines", async () => {
    const finder = finding(found(60, 60, 70));
    const seen = await prepareWithFinder(picture, {open: async () => finder});
    expect(own.missing).toBe("nothing");
    expect(seen).toMatchObject({cut: true, missing: null, kind: "red"});
    expect(seen.cell).toEqual(finder.cut.mock.results[0]!.value);
    expect(seen.descriptors).not.toBeNull();
  });

  test("stays refused where that finds none either", async () => {
    expect(await prepareWithFinder(picture, {open: async () => finding(null)})).toEqual(own);
  });
});

test("a large picture is a field where cells lie beside the one, unless an answer is wanted anyway", async () => {
  const picture = pale(400, 200, 200, 70);
  const finder = {
    ...finding(found(200, 200, 140)),
    find: vi.fn(async () => ({
      width: 400,
      height: 400,
      diameter: 60,
      cells: [disc(60, 60, 60), disc(340, 60, 60), disc(340, 340, 60)]
    }))
  };
  expect(await prepareWithFinder(picture, {open: async () => finder})).toMatchObject({cut: false, missing: "several"});
  expect(await prepareWithFinder(picture, {open: async () => finder, anyway: true})).toMatchObject({
    cut: true,
    kind: "red"
  });
  expect(finder.find).toHaveBeenCalledTimes(1);
});

test("the finder is for what does not lie on black, and for what may be a field", async () => {
  const round = (side: number) =>
    painted(side, side, (x, y) => (Math.hypot(x - side / 2, y - side / 2) < side / 2 ? 150 : 0));
  for (const [picture, times] of [
    [round(60), 0],
    [round(300), 1],
    [pale(120, 60, 60, 35), 1]
  ] as const) {
    const open = vi.fn(async () => ({...finding(null), find: async () => ({...picture, diameter: NaN, cells: []})}));
    expect(await prepareWithFinder(picture, {open})).toMatchObject({missing: null});
    expect(open).toHaveBeenCalledTimes(times);
  }
});

test("where the finder cannot be asked, that is said, and what was made without it stands", async () => {
  const picture = pale(120, 60, 60, 35);
  const onTrouble = vi.fn();
  const open = () => Promise.reject(new Error("It could not be downloaded."));
  const {mask, ...own} = prepareCell(picture);
  expect(await prepareWithFinder(picture, {open, onTrouble})).toEqual(own);
  expect(mask).toBeDefined();
  expect(onTrouble).toHaveBeenCalledWith("The finder could not look at this picture: It could not be downloaded.");
  expect(await prepareWithFinder(picture)).toEqual(own);
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
