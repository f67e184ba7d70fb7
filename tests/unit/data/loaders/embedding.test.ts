import {writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {readFeatures, readMap} from "../../../../src/components/explorer/columns.js";
import {packFeatures, packMap, readEmbedding} from "../../../../src/data/loaders/embedding.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {featureCount} from "../../../../src/data/shapes/columns.js";
import {bufferOf} from "../../components/explorer/support.js";
import {makeDirectory, replaceAt, writeManifest} from "./fixture.js";

const rows = readManifest(writeManifest());
const header = [
  "file",
  "fold",
  "x",
  "y",
  ...Array.from({length: featureCount}, (_, i) => `f${String(i).padStart(2, "0")}`)
];
const lines = rows.map(({file, fold}, i) =>
  [file, fold, -1 + i * 0.25, 0.1234, ...Array<number>(featureCount).fill(i - 3)].join()
);

function write(list: readonly string[], first = header.join()): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "embedding.csv"), [first, ...list, ""].join("\n"));
  return directory;
}
const read = (list: readonly string[], first?: string) => readEmbedding(rows, write(list, first));
const withValue = (row: number, column: string, value: string) =>
  replaceAt(lines, row, replaceAt(lines[row]!.split(","), header.indexOf(column), value).join());

test("places and features come to the page as they stand in the file", () => {
  const embedding = read(lines)!;
  expect(embedding.folds).toEqual([0, 1]);
  const map = readMap(bufferOf(packMap(embedding)))!;
  expect([...map.x]).toEqual([-1, -0.75, -0.5, -0.25, 0, 0.25]);
  expect(map.y[3]).toBe(0.1234);
  const features = readFeatures(bufferOf(packFeatures(embedding)))!;
  expect(features.values).toHaveLength(featureCount);
  expect([...features.values[15]!]).toEqual([-3, -2, -1, 0, 1, 2]);
  expect([...features.known]).toEqual([1, 1, 1, 1, 1, 1]);
});

test("folds may be missing: their cells are not on the map", () => {
  const embedding = read(lines.slice(4))!;
  expect(embedding.folds).toEqual([1]);
  expect([...readMap(bufferOf(packMap(embedding)))!.x]).toEqual([NaN, NaN, NaN, NaN, 0, 0.25]);
  expect([...readFeatures(bufferOf(packFeatures(embedding)))!.known]).toEqual([0, 0, 0, 0, 1, 1]);
});

test("no file, no map", () => {
  expect(readEmbedding(rows, makeDirectory())).toBeNull();
  expect(readMap(bufferOf(packMap(null)))).toBeNull();
  expect(readFeatures(bufferOf(packFeatures(null)))).toBeNull();
});

test("what is malformed is named with its row", () => {
  const fails = (list: readonly string[], sentence: string) => expect(() => read(list)).toThrow(sentence);
  fails(withValue(1, "file", "cat.png"), "embedding.csv, row 3: the manifest has no cell “cat.png”");
  fails(withValue(2, "x", "1.5"), "row 4: x must be a number from -1 to 1, but is “1.5”");
  fails(withValue(2, "f07", "0.5"), "row 4: f07 must be a whole number from -127 to 127, but is “0.5”");
  fails(withValue(5, "fold", "2"), `row 7: fold of “${rows[5]!.file}” is 1 in the manifest, but “2” here`);
  fails([lines[1]!, lines[0]!, ...lines.slice(2)], "row 3: cell");
  fails([lines[0]!, lines[0]!, ...lines.slice(1)], "row 3: cell");
  fails(lines.slice(1), `fold 0 is incomplete: there is no row for “${rows[0]!.file}”`);
  expect(() => read(lines, header.slice(0, -1).join())).toThrow("embedding.csv, row 1: the columns must be");
});
