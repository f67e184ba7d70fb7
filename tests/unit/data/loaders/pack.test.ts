import {expect, test} from "vitest";
import {fileName, openCells} from "../../../../src/components/gallery/cells.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {figureScales} from "../../../../src/data/shapes/columns.js";
import type {FigureName} from "../../../../src/data/shapes/columns.js";
import {bufferOf} from "../../components/explorer/support.js";
import {writeManifest} from "./fixture.js";

test("a name that can't be put together again is refused", () => {
  const [row] = readManifest(writeManifest());
  expect(() => packCells([{...row!, file: "C1_IMG_20150101_101010_cell_09.png"}])).toThrow(
    "does not end in _cell_<number>.png"
  );
});

test("the committed cells stay below 750 kB, the same bytes each time, and every name and figure survives exactly", () => {
  const rows = readManifest("src/data/cells");
  const packed = packCells(rows);
  expect(packed.length).toBeLessThan(750_000);
  expect(Buffer.from(packed).equals(packCells(rows))).toBe(true);
  const cells = openCells(bufferOf(packed));
  const names = Object.keys(figureScales).filter((name) => name !== "number") as Exclude<FigureName, "number">[];
  const wrong = rows.findIndex(
    (row, i) => row.file !== fileName(cells, i) || names.some((name) => (row[name] ?? 0) !== cells[name][i])
  );
  expect(wrong).toBe(-1);
});
