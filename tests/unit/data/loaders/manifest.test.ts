import {expect, test} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {makeDirectory, manifestHeader, manifestLines, withField, writeManifest} from "./fixture.js";

test("rows are read with their types", () => {
  const rows = readManifest(writeManifest());
  expect(rows).toHaveLength(6);
  expect(rows[1]).toMatchObject({
    label: "uninfected",
    disputed: true,
    patient: "C1",
    fold: 0,
    slot: 1,
    width: null,
    green: 140.5
  });
});

test.each([
  ["label", 2, "infected", "label must be parasitized or uninfected, but is “infected”"],
  ["disputed", 0, "2", "disputed must be a whole number from 0 to 1, but is “2”"],
  ["patient", 3, "P1", "patient must be a C-number such as C100, but is “P1”"],
  ["patient", 3, "C3", "does not begin with its patient “C3”"],
  ["photograph", 0, "C1_IMG", "does not begin with its photograph “C1_IMG”"],
  ["fold", 1, "4", "patient C1 is in fold 4 and in fold 0"],
  ["fold", 1, "", "fold must be a whole number from 0 to 4, but is “”"],
  ["slot", 3, "4", "cell 3 belongs in sheet 0, slot 3, but is given sheet 0, slot 4"],
  ["frame", 4, "1.5", "frame must be a number from 0 to 1, but is “1.5”"],
  ["red", 4, "NaN", "red must be a number from 0 to 255, but is “NaN”"],
  ["width", 4, "-3", "width must be a whole number from 1 to 10000, but is “-3”"]
])("a bad %s is named with its row", (column, row, value, sentence) => {
  const read = () => readManifest(writeManifest(withField(row, column, value)));
  expect(read).toThrow(`manifest.csv, row ${row + 2}: `);
  expect(read).toThrow(sentence);
});

test("a name listed twice, other columns, no rows and no file are named", () => {
  const again = manifestLines[0]!.replace(",0,0,0,115", ",0,0,1,115");
  expect(() => readManifest(writeManifest([manifestLines[0]!, again]))).toThrow(
    "row 3: file “C1_IMG_20150101_101010_cell_9.png” is listed twice"
  );
  expect(() => readManifest(writeManifest(manifestLines, manifestHeader.replace("spread", "sharpness")))).toThrow(
    "row 1: the columns must be"
  );
  expect(() => readManifest(writeManifest([]))).toThrow("there are no rows");
  expect(() => readManifest(makeDirectory())).toThrow("manifest.csv: the file does not exist");
});

test("the committed manifest is whole", () => {
  const rows = readManifest("src/data/cells");
  expect(rows).toHaveLength(27_558);
  expect(new Set(rows.map(({patient}) => patient)).size).toBe(200);
});
