import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {likeness, measurePeaks} from "../../../../models/saliency/measure.js";
import {fillTrust} from "../../../../models/trust.js";
import {stainedParasite} from "../../../../src/components/why/stained-parasite.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../../../src/data/loaders/packed-cells.js";
import {readTrust} from "../../../../src/data/loaders/trust.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";

/** A grey-pink cell of 40×40 with a magenta spot of 4×4 whose corner is given. */
function cell(left?: number, top?: number): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray(cellValues);
  for (let y = 5; y < 45; y++) {
    for (let x = 5; x < 45; x++) rgb.set([200, 160, 160], (y * 50 + x) * 3);
  }
  if (left !== undefined && top !== undefined) {
    for (let y = top; y < top + 4; y++) for (let x = left; x < left + 4; x++) rgb.set([150, 40, 130], (y * 50 + x) * 3);
  }
  return rgb;
}

const peak = (x: number, y: number) => Float32Array.from({length: cellPixels}, (_, n) => Number(n === y * 50 + x));

describe("stainedParasite", () => {
  test("finds the magenta spot, and none on a plain cell or where there is no cell", () => {
    const {parasite} = stainedParasite(cell(12, 20))!;
    expect([...parasite.data.keys()].filter((n) => parasite.data[n])).toEqual(
      [20, 21, 22, 23].flatMap((y) => [12, 13, 14, 15].map((x) => y * 50 + x))
    );
    expect(stainedParasite(cell())!.parasite.data.includes(1)).toBe(false);
    expect(stainedParasite(new Uint8ClampedArray(cellValues))).toBe(null);
  });

  test("sees one on most undisputed parasitized cells and on few uninfected ones", async () => {
    const manifest = readManifest();
    const share = async (label: string) => {
      const places = manifest.flatMap((row, n) => (row.fold === 1 && row.label === label && !row.disputed ? [n] : []));
      const some = places.filter((_, n) => n % 25 === 0);
      const bytes = await readPackedCells(some);
      const found = some.filter((_, n) =>
        stainedParasite(bytes.subarray(n * cellValues, (n + 1) * cellValues))?.parasite.data.includes(1)
      );
      return found.length / some.length;
    };
    expect(await share("parasitized")).toBeGreaterThan(0.95);
    expect(await share("uninfected")).toBeLessThan(0.1);
  });
});

describe("measurePeaks", () => {
  const references = [cell(12, 20), cell(30, 30), cell()].map((rgb) => stainedParasite(rgb));
  const rows = [
    {patient: "C1", disputed: false},
    {patient: "C2", disputed: false},
    {patient: "C2", disputed: true}
  ];

  test("counts peaks on the stain and beside it, of cells that have one", () => {
    const found = measurePeaks([peak(13, 21), peak(35, 31), peak(1, 1)], references, rows, 1);
    expect(found).toMatchObject({cells: 3, withParasite: 2, patients: 2, disputed: {cells: 1, withoutParasite: 1}});
    expect([found.onStain, found.withinOne, found.withinTwo].map(({estimate}) => estimate)).toEqual([0.5, 0.5, 1]);
    expect(found.onStain).toMatchObject({low: 0, high: 1});
    expect(found.centre).toEqual({onStain: 0, withinOne: 0, withinTwo: 0});
    expect(found.random.onStain).toBeCloseTo(16 / 38 ** 2, 3);
  });

  test("likeness is one of a map with itself", () => {
    const map = Float32Array.from({length: cellPixels}, (_, n) => n);
    expect(likeness([map], [map], references)).toBe(1);
    expect(likeness([map], [map.map((value) => -value)], references)).toBe(-1);
  });
});

test("the README tells what the files tell, and the map meets what was asked of it", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(fillTrust(readme)).toBe(readme);
  const {saliency} = readTrust()!;
  expect(saliency.cells).toBeGreaterThanOrEqual(500);
  expect((saliency.onStain.estimate * saliency.withParasite) / saliency.cells).toBeGreaterThanOrEqual(0.75);
  expect(saliency.time.ratio).toBeLessThanOrEqual(2);
  expect(saliency.centre.onStain).toBeLessThan(saliency.onStain.estimate / 2);
  expect(Math.abs(saliency.shuffled.cascade.stem!.rankCorrelation)).toBeLessThan(0.2);
});
