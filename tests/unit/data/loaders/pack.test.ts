import {expect, test} from "vitest";
import {fileName, unpackCells} from "../../../../src/components/gallery/cells.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {writeManifest} from "./fixture.js";

test("names are written once, and runs follow the order of the sheets", () => {
  const packed = packCells(readManifest(writeManifest()));
  expect(packed.patients).toEqual(["C1", "C2", "C30"]);
  expect(packed.folds).toEqual([0, 0, 1]);
  expect(packed.photographPatients).toEqual([0, 1, 2, 2]);
  expect(packed.runs).toEqual([0, 2, 1, 2, 2, 1, 3, 1]);
});

test("a name that can't be put together again is refused", () => {
  const [row] = readManifest(writeManifest());
  expect(() => packCells([{...row!, file: "C1_IMG_20150101_101010_cell_09.png"}])).toThrow(
    "does not end in _cell_<number>.png"
  );
});

test("the committed cells stay below 700 kB, and every name and colour survives", () => {
  const rows = readManifest("src/data/cells");
  const packed = packCells(rows);
  expect(JSON.stringify(packed).length).toBeLessThan(700_000);
  const cells = unpackCells(packed);
  const wrong = rows.findIndex(
    (row, i) =>
      row.file !== fileName(cells, i) ||
      Math.abs(row.red - cells.red[i]!) > 1e-4 ||
      Math.abs(row.green - cells.green[i]!) > 1e-4 ||
      Math.abs(row.blue - cells.blue[i]!) > 1e-4 ||
      Math.abs(row.frame - cells.frame[i]!) > 1e-6 ||
      Math.abs(row.spread - cells.spread[i]!) > 1e-4 ||
      (row.width ?? 0) !== cells.width[i]
  );
  expect(wrong).toBe(-1);
});
