import {table} from "arquero";
import {expect, test} from "vitest";
import {
  cellFacts,
  describeCell,
  fileName,
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
