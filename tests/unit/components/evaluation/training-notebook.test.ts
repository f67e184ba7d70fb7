import {expect, test} from "vitest";
import {trainingTable} from "../../../../src/components/evaluation/training-notebook.js";
import {readQuery, writeQuery} from "../../../../src/components/ui/url-state.js";

const table = trainingTable([0, 1, 2], [2, 3, 4]);

test("smoothing, scale and folds survive the address", () => {
  const values = {smoothing: 0.6, log: true, folds: "0-2", highlight: "2", colours: true, epoch: 4};
  expect(readQuery(table, writeQuery(table, values))).toEqual({values, problems: []});
  expect(readQuery(table, "").values).toEqual({
    smoothing: 0,
    log: false,
    folds: "0-1-2",
    highlight: "none",
    colours: false,
    epoch: 2
  });
});

test("a fold that was not trained, a smoothing of 1, or an epoch that is not there falls back and is named", () => {
  const {values, problems} = readQuery(table, "?folds=0-4&smoothing=1&epoch=5");
  expect(values).toEqual({smoothing: 0, log: false, folds: "0-1-2", highlight: "none", colours: false, epoch: 2});
  expect(problems.join(" ")).toContain("some of the folds 0, 1, 2");
  expect(problems.join(" ")).toContain("a whole number from 2 to 4");
});
