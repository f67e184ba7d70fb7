import {existsSync, readFileSync} from "node:fs";
import {sum} from "d3";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openFinderHere} from "../../../../models/bundle.js";
import {cellsOf} from "../../../../models/draw-cells.js";
import {FOREIGN, foreignPictures} from "../../../../models/gate/foreign-pictures.js";
import type {Finder} from "../../../../src/components/finder/open-finder.js";
import {descriptorsOf} from "../../../../src/components/gate/descriptors.js";
import {parseGate} from "../../../../src/components/gate/gate-file.js";
import {featureDistance, judgeFeatures, lookAt} from "../../../../src/components/gate/gate.js";
import type {Gate, SeenPicture} from "../../../../src/components/gate/gate.js";
import {prepareCell} from "../../../../src/components/gate/prepare-cell.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";
import {dyesOf} from "../../../../src/components/image/stain.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {cellValues, placeOnSheet} from "../../../../src/data/shapes/cells.js";

// The shipped gate without the network: features are null, so that what is refused here is refused by size, ground,
// outline, colour and texture alone.

const file = "models/resnet34/gate.json";
const COUNT = 20;
/** Stained as red cells are, and as single: only their look tells them, and no gate here knows it. */
const UNTOLD = ["leukocyte", "platelet"];
let gate: Gate;
let cells: RgbPicture[];
let finder: Finder;

async function pictures(part: "train" | "test", count: number): Promise<RgbPicture[]> {
  // Of every twelfth sheet: decoding all of them takes longer than judging the cells.
  const places = cellsOf(readManifest(), 0, part, 2020).filter((place) => placeOnSheet(place).sheet % 12 === 5);
  expect(places.length).toBeGreaterThanOrEqual(count);
  const some = Array.from({length: count}, (_, n) => places[Math.floor((n * places.length) / count)]!);
  const bytes = await readPackedCells(some);
  return some.map((_, n) => ({
    data: new Uint8ClampedArray(bytes.subarray(n * cellValues, (n + 1) * cellValues)),
    width: 50,
    height: 50,
    channels: 3
  }));
}

const seen = (cell: Uint8ClampedArray): SeenPicture => ({
  cell,
  cut: true,
  descriptors: descriptorsOf(cell),
  missing: null,
  width: 120,
  height: 120
});

async function judge(picture: RgbPicture) {
  const prepared = await prepareCell(picture, {open: async () => finder});
  return lookAt({...prepared, width: picture.width, height: picture.height}, gate).objection;
}

describe.runIf(existsSync(file))("the shipped gate", () => {
  beforeAll(async () => {
    gate = parseGate(readFileSync(file, "utf8"));
    cells = await pictures("train", 40);
    finder = await openFinderHere("models/finder");
  });
  afterAll(() => finder.dispose());

  test("lets held-out cells pass", async () => {
    const refused = (await Promise.all((await pictures("test", 300)).map(judge))).filter(
      (objection) => objection !== null
    );
    expect(refused.length).toBeLessThanOrEqual(3);
  });

  test.each(Object.keys(FOREIGN).filter((kind) => !UNTOLD.includes(kind)))(
    "refuses %s, with a sentence that says what to do",
    async (kind) => {
      const objections = await Promise.all(foreignPictures(kind, COUNT, cells, 77).map(judge));
      const refused = objections.filter((objection) => objection !== null);
      // Few pictures of another seed, without the network: the share that is asked for is that of the measured file below.
      expect(refused.length / COUNT).toBeGreaterThanOrEqual(0.6);
      for (const {message} of refused) expect(message).toMatch(/\. (Cut|Use|Check|Take|Choose) .*\.$/);
    }
  );

  test("measured figures are those of this gate, and meet what was asked", () => {
    const measured = JSON.parse(readFileSync("models/resnet34/gate-measured.json", "utf8")) as {
      heldOut: {pictures: number; refused: number};
      foreign: Record<string, {pictures: number; refused: number; cautioned: number}>;
    };
    expect(measured.heldOut.pictures).toBe(readManifest().filter(({fold}) => fold === 0).length);
    expect(measured.heldOut.refused / measured.heldOut.pictures).toBeLessThanOrEqual(0.01);
    expect(Object.keys(measured.foreign)).toEqual(Object.keys(FOREIGN));
    const kinds = Object.entries(measured.foreign).filter(([kind]) => !UNTOLD.includes(kind));
    for (const [kind, {pictures: all, refused, cautioned}] of kinds) {
      expect((refused + cautioned) / all, kind).toBeGreaterThanOrEqual(0.95);
      expect(refused / all, kind).toBeGreaterThanOrEqual(0.75);
    }
    expect(sum(kinds, ([, {refused}]) => refused) / sum(kinds, ([, {pictures: all}]) => all)).toBeGreaterThan(0.95);
  });

  test("a cell of another stain is brought to the training cells', and says so; grey and negative ones get no class", () => {
    const own = cells
      .map(({data}) => new Uint8ClampedArray(data))
      .find((cell) => lookAt(seen(cell), gate).objection === null)!;
    const changed = (change: (rgb: readonly number[]) => readonly number[]) => {
      const cell = own.slice();
      for (let at = 0; at < cell.length; at += 3) {
        const rgb = [...own.subarray(at, at + 3)];
        if (Math.max(...rgb) > 40) cell.set(change(rgb), at);
      }
      return lookAt(seen(cell), gate);
    };
    // Green and blue take less light: the blue-grey of another laboratory.
    const blue = changed(([r, g, b]) => [r!, 256 * (g! / 256) ** 0.5, 256 * (b! / 256) ** 0.32]);
    expect(blue).toMatchObject({isForeign: true, objection: null, cautions: [{check: "stain"}]});
    const difference = blue.seen.reduce((sum, value, n) => sum + Math.abs(value - own[n]!), 0) / cellValues;
    expect(difference).toBeLessThan(12);
    // A field's stain is its typical cell's: a cell that its parasite darkens keeps what sets it apart from the others.
    const bluish = own.map((value, at) => (at % 3 ? 256 * (value / 256) ** (at % 3 === 1 ? 0.5 : 0.32) : value));
    const late = bluish.map((value) => (value > 40 ? value * 0.8 : value));
    const [alone, among] = [null, dyesOf(bluish)].map((typical) => lookAt({...seen(late), typical}, gate));
    const brightness = (rgb: Uint8ClampedArray) => sum(rgb) / rgb.length;
    expect(among).toMatchObject({isForeign: true});
    expect(brightness(alone!.seen) - brightness(among!.seen)).toBeGreaterThan(0.1 * brightness(own));
    expect(brightness(lookAt({...seen(bluish), typical: dyesOf(bluish)}, gate).seen)).toBe(
      brightness(lookAt(seen(bluish), gate).seen)
    );
    // Of a cell as usual nothing is changed; between usual and foreign a part of the way is gone, without a caution.
    const rare = changed(([r, g, b]) => [r!, 256 * (g! / 256) ** 0.75, 256 * (b! / 256) ** 0.65]);
    expect(rare).toMatchObject({isForeign: false, cautions: []});
    // A cell that was given on black keeps its stain unless it is like no cell of the set.
    const onBlack = lookAt({...seen(own), cut: false}, gate);
    expect(onBlack).toMatchObject({isForeign: false, objection: null});
    expect(onBlack.seen).toEqual(own);
    expect(changed(([r, g, b]) => Array(3).fill((r! + g! + b!) / 3)).objection?.message).toContain("no colour");
    expect(changed((rgb) => rgb.map((value) => 255 - value)).objection?.check).toMatch(/colour|ground|outline/);
  });

  test("each check has its turn", () => {
    const [{data}] = cells as [RgbPicture];
    const features = gate.features.means[0]!;
    const all = ({features: own = features, ...given}: Partial<SeenPicture> & {features?: readonly number[]}) =>
      judgeFeatures(lookAt({...seen(given.cell ?? new Uint8ClampedArray(data)), ...given}, gate), own, gate);
    const look = (given: Parameters<typeof all>[0]) => all(given).objection?.check ?? null;
    expect(look({})).toBe(null);
    expect(look({width: 12})).toBe("size");
    expect(look({cell: new Uint8ClampedArray(cellValues)})).toBe("ground");
    expect(look({cell: new Uint8ClampedArray(cellValues).fill(200)})).toBe("ground");
    expect(look({cell: Uint8ClampedArray.from(data, (value, n) => (n % 150 < 75 ? value : 0))})).toBe("outline");
    expect(look({cell: Uint8ClampedArray.from(data, (value, n) => (n % 3 === 1 && value ? 255 : value))})).toBe(
      "colour"
    );
    expect(look({missing: "nothing"})).toBe("ground");
    expect(look({missing: "several"})).toBe("parts");
    const flat = descriptorsOf(data)!;
    const smooth = Uint8ClampedArray.from(data, (value, n) =>
      value > 40 ? [flat.red, flat.green, flat.blue][n % 3]! : 0
    );
    expect(look({cell: smooth})).toBe("texture");
    expect(look({features: features.map((value) => value + 50)})).toBe("features");
    expect(featureDistance(features, gate.features)).toBe(0);
    expect(all({}).cautions).toEqual([]);
    expect(all({width: 35}).cautions.map(({check}) => check)).toEqual(["size"]);
  });

  test("a file that is no gate is refused with what is wrong", () => {
    expect(() => parseGate(JSON.stringify({...gate, smallest: {caution: 40, refuse: 0}}))).toThrow("smallest.refuse");
    expect(() => parseGate(JSON.stringify({...gate, ranges: {...gate.ranges, grain: [1]}}))).toThrow("ranges.grain");
    expect(() => parseGate(JSON.stringify({...gate, stain: {...gate.stain, target: [1]}}))).toThrow("stain.target");
    expect(() => parseGate(JSON.stringify({...gate, joint: {...gate.joint, inverse: []}}))).toThrow("joint");
    expect(() => parseGate(JSON.stringify({...gate, features: {...gate.features, means: []}}))).toThrow("features");
    expect(() => parseGate(JSON.stringify({...gate, joint: {...gate.joint, refuse: null}}))).toThrow("refuse");
  });
});
