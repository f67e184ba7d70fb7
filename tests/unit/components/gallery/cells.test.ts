import {table} from "arquero";
import {expect, test} from "vitest";
import {fileName, labelName, patientName, openCells} from "../../../../src/components/gallery/cells.js";
import {brightness, hueSaturation} from "../../../../src/components/gallery/colour.js";
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
