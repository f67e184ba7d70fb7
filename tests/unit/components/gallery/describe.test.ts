import {expect, test} from "vitest";
import {openCells} from "../../../../src/components/gallery/cells.js";
import {cellFacts, describeCell} from "../../../../src/components/gallery/describe.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {writeManifest} from "../../data/loaders/fixture.js";
import {bufferOf} from "../explorer/support.js";

const cells = openCells(bufferOf(packCells(readManifest(writeManifest()))));

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
