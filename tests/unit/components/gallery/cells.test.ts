import {table} from "arquero";
import * as d3 from "d3";
import fc from "fast-check";
import {expect, test} from "vitest";
import {
  brightness,
  cellFacts,
  describeCell,
  fileName,
  hueSaturation,
  labelName,
  openCells,
  patientName
} from "../../../../src/components/gallery/cells.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {writeManifest} from "../../data/loaders/fixture.js";
import {bufferOf} from "../explorer/support.js";

const rows = readManifest(writeManifest());
const cells = openCells(bufferOf(packCells(rows)));

test("what the loader packs the page unpacks", () => {
  rows.forEach((row, i) => {
    expect(fileName(cells, i)).toBe(row.file);
    expect(labelName(cells, i)).toBe(row.label);
    expect(labelName(cells, i, {other: true})).not.toBe(row.label);
    expect(patientName(cells, i)).toBe(row.patient);
    expect(cells.photographs[cells.photograph[i]!]).toBe(row.photograph);
    expect([cells.disputed[i], cells.fold[i]]).toEqual([Number(row.disputed), row.fold]);
    expect([cells.width[i], cells.height[i]]).toEqual([row.width ?? 0, row.height ?? 0]);
    for (const name of ["red", "green", "blue", "spread", "hue", "brightness", "frame"] as const) {
      expect(cells[name][i]).toBe(row[name]);
    }
  });
});

test("hue, saturation and brightness of all committed cells follow from the mean colour", () => {
  const off = readManifest("src/data/cells").filter((row) => {
    const {hue, saturation} = hueSaturation(row.red, row.green, row.blue);
    const turn = Math.abs(((hue - row.hue + 540) % 360) - 180);
    // Channels are rounded to 0.01, which turns the hue by at most 60° × 0.02 / chroma, and rounding it adds 0.005°.
    const chroma = Math.max(row.red, row.green, row.blue) - Math.min(row.red, row.green, row.blue);
    return (
      turn > 1.2 / chroma + 0.006 ||
      Math.abs(saturation - row.saturation) > 3e-4 ||
      Math.abs(brightness(row.red, row.green, row.blue) - row.brightness) > 1e-4
    );
  });
  expect(off).toEqual([]);
});

test("a file without one of its columns is refused", () => {
  const labels = table({label: ["parasitized"]});
  expect(() => openCells(bufferOf(labels.toArrowIPC()))).toThrow("The file has no column “number”.");
});

test("a cell in one line", () => {
  expect(describeCell(cells, 0)).toBe("uninfected, patient C1");
  expect(describeCell(cells, 4)).toBe("parasitized, disputed, patient C30");
});

test("a cell's facts: both opinions, size, colour", () => {
  const facts = new Map(cellFacts(cells, 1));
  expect(facts.get("File")).toBe("C1_IMG_20150101_101010_cell_11.png");
  expect([facts.get("Label"), facts.get("Second opinion")]).toEqual(["uninfected", "parasitized (disputed)"]);
  expect(facts.get("Original size")).toBe("not known");
  const other = new Map(cellFacts(cells, 0));
  expect(other.get("Second opinion")).toBe("uninfected (agrees)");
  expect(other.get("Original size")).toBe("115 × 100 px");
  expect(other.get("Mean colour")).toBe("red 188, green 149, blue 148");
  expect(other.get("Hue, saturation")).toBe("2°, 0.21");
  expect(other.get("Black frame")).toBe("24.4\u00a0%");
});

test("pure colours and greys", () => {
  expect(hueSaturation(255, 0, 0)).toEqual({hue: 0, saturation: 1});
  expect(hueSaturation(0, 255, 0)).toEqual({hue: 120, saturation: 1});
  expect(hueSaturation(0, 0, 255)).toEqual({hue: 240, saturation: 1});
  expect(hueSaturation(90, 90, 90)).toEqual({hue: 0, saturation: 0});
  expect(hueSaturation(0, 0, 0)).toEqual({hue: 0, saturation: 0});
});

test("the hue is that of d3's HSL, and lies in 0…360", () => {
  const channel = fc.integer({min: 0, max: 255});
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const {hue, saturation} = hueSaturation(red, green, blue);
      const expected = d3.hsl(d3.rgb(red, green, blue)).h;
      expect(hue).toBeCloseTo(Number.isNaN(expected) ? 0 : expected % 360, 6);
      expect(saturation).toBeGreaterThanOrEqual(0);
      expect(saturation).toBeLessThanOrEqual(1);
    })
  );
});

test("white is 1, black 0, and green weighs most", () => {
  expect(brightness(255, 255, 255)).toBeCloseTo(1, 12);
  expect(brightness(0, 0, 0)).toBe(0);
  expect(brightness(0, 255, 0)).toBeCloseTo(0.587, 12);
});
