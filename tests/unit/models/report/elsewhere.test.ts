import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {expect, it} from "vitest";
import {fillElsewhere, readElsewhere} from "../../../../models/report/elsewhere.js";
import {readTries} from "../../../../models/report/tries.js";
import type {Elsewhere, Try} from "../../../../models/report/tries.js";

const figures = {sensitivity: 0.9, specificity: 0.92, sensitivityAt1Percent: 0.8};
const measured: Elsewhere = {
  threshold: 0.5,
  laboratories: {
    "validation patients": {cells: 2204, heldOut: true, auc: 0.994, ...figures},
    bbbc041: {cells: 3136, heldOut: false, auc: 0.9851, ...figures},
    plymouth: {cells: 90, heldOut: true, auc: 0.97, ...figures},
    barcelona: {cells: 9, heldOut: true, auc: null, sensitivity: null, specificity: 0.99, sensitivityAt1Percent: null}
  }
};
const reached = {validLoss: 0.2, validAccuracy: 0.95, validAuc: 0.99};
const tried: Try = {
  title: "student-travelling",
  fold: 0,
  recipe: {
    validationCells: 2204,
    epochs: 2,
    frozenEpochs: 0,
    size: 50,
    initialisation: "random initialisation",
    optics: {},
    standardStain: [0.3, 0.5, 0.5],
    laboratories: {plymouth: {licence: "MIT", cells: 5}, bccd: {licence: "MIT", cells: 2}}
  },
  oneView: reached,
  eightViews: reached,
  elsewhere: measured
};
const marked = "a\n<!-- elsewhere: npm run report -->\nstale\n<!-- end of elsewhere -->\nb";

it("stands in models/README.md as its files have it", () => {
  const text = readFileSync("models/README.md", "utf8");
  expect(fillElsewhere(text, readElsewhere(["resnet34", "student"]), readTries())).toBe(text);
});

it("is one line for shipped weights and one a try that was measured, with a star where Plymouth was trained on", () => {
  const unmeasured: Try = {...tried, elsewhere: undefined};
  const filled = fillElsewhere(marked, new Map([["student", {...measured, oneStain: measured.laboratories}]]), [
    unmeasured,
    {
      ...tried,
      recipe: {
        ...tried.recipe,
        initialisation: "the weights of another, held out of fold 0",
        share: 0.25,
        standardStainOf: "other laboratories"
      }
    },
    tried
  ]);
  expect(filled).not.toContain("stale");
  expect(filled.split("\n").slice(4, -2)).toEqual([
    "| student as shipped | – | home | none | 0.994 | 0.985 | 0.900 | 0.920 | 0.800 | 0.970* | 0.800* |",
    "| student as shipped | – | home; cells brought to one stain | none | 0.994 | 0.985 | 0.900 | 0.920 | 0.800 | 0.970* | 0.800* |",
    "| student-travelling | the weights of another, held out of fold 0 | travelling, one stain for other laboratories, 0.25 of the way from the start | plymouth, bccd | 0.994 | 0.985 | 0.900 | 0.920 | 0.800 | 0.970* | 0.800* |",
    "| student-travelling | from scratch | travelling, one stain | plymouth, bccd | 0.994 | 0.985 | 0.900 | 0.920 | 0.800 | 0.970* | 0.800* |"
  ]);
  expect(() => fillElsewhere("no markers", new Map(), [])).toThrow("models/README.md must hold");
});

it("leaves out a figure that cells of one label don't have, and a model that was not measured", () => {
  const directory = mkdtempSync(path.join(tmpdir(), "elsewhere-"));
  mkdirSync(path.join(directory, "student"));
  const {barcelona} = measured.laboratories;
  const file = path.join(directory, "student", "elsewhere.json");
  writeFileSync(file, JSON.stringify({threshold: 0.4, laboratories: {bbbc041: barcelona}}));
  const read = readElsewhere(["resnet34", "student"], directory);
  expect([...read.keys()]).toEqual(["student"]);
  expect(fillElsewhere(marked, read, [])).toContain("| – | – | – | 0.990 | – | – | – |");
});
