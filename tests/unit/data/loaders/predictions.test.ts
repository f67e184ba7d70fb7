import {mkdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import {describe, expect, test} from "vitest";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {readPredictions} from "../../../../src/data/loaders/predictions.js";
import {makeDirectory, replaceAt, writeManifest} from "./fixture.js";

const manifest = readManifest(writeManifest());
const header = "file,label,patient,fold,p_parasitized";
const lines = manifest
  .slice(0, 4)
  .map(({file, label, patient, fold}, i) => `${file},${label},${patient},${fold},0.${i + 1}234567`);

function write(rows: readonly string[], head = header): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "predictions.csv"), [head, ...rows, ""].join("\n"));
  return directory;
}

test("scores come in manifest order, whatever the order of the file", () => {
  const evaluation = readPredictions(manifest, write([...lines].reverse()));
  expect(evaluation).toEqual({
    protocol: "patient",
    folds: [0],
    patients: ["C1", "C2"],
    cell: [0, 1, 2, 3],
    score: [0.1234567, 0.2234567, 0.3234567, 0.4234567],
    label: [0, 0, 1, 0],
    disputed: [0, 1, 0, 0],
    patient: [0, 0, 1, 1],
    fold: [0, 0, 0, 0]
  });
});

test.each([
  [
    "NaN scores",
    replaceAt(lines, 1, lines[1]!.replace("0.2234567", "NaN")),
    "row 3: p_parasitized must be a number from 0 to 1, but is “NaN”"
  ],
  ["scores above 1", replaceAt(lines, 0, lines[0]!.replace("0.1234567", "1.2")), "row 2: p_parasitized must be"],
  [
    "unknown cells",
    replaceAt(lines, 2, lines[2]!.replace("cell_1", "cell_99")),
    "row 4: the manifest has no cell “C2P1_IMG_20150102_101010_cell_99.png”"
  ],
  ["repeated cells", [...lines, lines[0]!], "row 6: cell “C1_IMG_20150101_101010_cell_9.png” is listed twice"],
  [
    "other labels",
    replaceAt(lines, 3, lines[3]!.replace("uninfected", "parasitized")),
    "row 5: label of “C2P1_IMG_20150102_101010_cell_2.png” is uninfected in the manifest, but “parasitized” here"
  ],
  ["other folds", replaceAt(lines, 3, lines[3]!.replace(",0,0.", ",1,0.")), "row 5: fold of"],
  ["incomplete folds", lines.slice(1), "fold 0 is incomplete: there is no row for “C1_IMG_20150101_101010_cell_9.png”"]
])("%s are named with file and row", (_, rows, sentence) => {
  const read = () => readPredictions(manifest, write(rows));
  expect(read).toThrow("predictions.csv");
  expect(read).toThrow(sentence);
});

test("unknown columns and a missing file are named", () => {
  expect(() => readPredictions(manifest, write(lines, header.replace("p_parasitized", "score")))).toThrow(
    "row 1: the columns must be file,label,patient,fold,p_parasitized"
  );
  expect(() => readPredictions(manifest, makeDirectory())).toThrow("predictions.csv: the file does not exist");
});

describe("a random split", () => {
  const drawn = [0, 2, manifest.length - 1];
  const random = drawn.map((place, i) => {
    const {file, label, patient} = manifest[place]!;
    return `${file},${label},${patient},0,0.${i + 1}`;
  });
  const epoch = {
    epoch: 1,
    phase: "unfrozen",
    seconds: 1,
    trainLoss: 0.2,
    trainAccuracy: 0.9,
    validLoss: 0.2,
    validAccuracy: 0.9,
    validAuc: 0.9
  };
  const history = (recipe: object, fold = 0) => ({fold, recipe, boundary: 0, epochs: [epoch], steps: []});

  function writeRandom(rows: readonly string[], ...histories: object[]): string {
    const directory = write(rows);
    mkdirSync(path.join(directory, "history"));
    histories.forEach((value, i) =>
      writeFileSync(path.join(directory, "history", `fold-${i}.json`), JSON.stringify(value))
    );
    return directory;
  }

  test("has cells of any patient and fold, as many as its history says", () => {
    expect(new Set(drawn.map((place) => manifest[place]!.fold)).size).toBeGreaterThan(1);
    const directory = writeRandom(random, history({protocol: "random", testCells: 3}));
    expect(readPredictions(manifest, directory)).toMatchObject({
      protocol: "random",
      folds: [0],
      cell: drawn,
      score: [0.1, 0.2, 0.3],
      fold: [0, 0, 0]
    });
  });

  test.each([
    ["another number of rows", {protocol: "random", testCells: 4}, "speaks of 4 test cells, but there are 3 rows"],
    ["no number of cells", {protocol: "random"}, "recipe.testCells must be a number from 1, but is undefined"],
    ["an unknown protocol", {protocol: "lottery"}, "recipe.protocol must be one of patient, random"],
    ["a split by patient", {protocol: "patient"}, "fold of “"]
  ])("%s is named", (_, recipe, sentence) => {
    expect(() => readPredictions(manifest, writeRandom(random, history(recipe)))).toThrow(sentence);
  });

  test("needs no validation figures where no cells were set aside for them", () => {
    const {validLoss, validAccuracy, validAuc, ...unvalidated} = epoch;
    expect([validLoss, validAccuracy, validAuc]).not.toContain(undefined);
    const recipe = {protocol: "random", testCells: 3};
    const without = (more: object) => ({...history({...recipe, ...more}), epochs: [unvalidated]});
    expect(readPredictions(manifest, writeRandom(random, without({validationCells: 0}))).score).toHaveLength(3);
    expect(() => readPredictions(manifest, writeRandom(random, without({validationCells: 16})))).toThrow(/validLoss/);
  });

  test("several histories, and rows of another fold, are named", () => {
    const recipe = {protocol: "random", testCells: 3};
    const two = writeRandom(random, history(recipe), history(recipe, 1));
    expect(() => readPredictions(manifest, two)).toThrow("a random split has one history");
    const other = writeRandom(random, history(recipe, 1));
    expect(() => readPredictions(manifest, other)).toThrow(/row 2: fold of “.*” is 1 in the history, but “0” here/);
  });
});
