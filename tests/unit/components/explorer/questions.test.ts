import {escape, op} from "arquero";
import {describe, expect, test} from "vitest";
import {readScoreColumns} from "../../../../src/components/explorer/columns.js";
import {crossfilter} from "../../../../src/components/explorer/crossfilter.js";
import {cellDimensions, dimensionNames, filterOf} from "../../../../src/components/explorer/filters.js";
import {questionAddress, questionsOf} from "../../../../src/components/explorer/questions.js";
import {datasetTable} from "../../../../src/components/explorer/selection.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {packScores} from "../../../../src/data/loaders/scores.js";
import {all, answers, facts, read, where} from "./answers.js";
import type {Known} from "./answers.js";
import {bufferOf, cells, rows} from "./support.js";

const scores = readScoreColumns(bufferOf(packScores(read)));
const table = datasetTable(cells);
const questions = questionsOf(cells, scores, facts);
const {dimensions} = cellDimensions(cells, scores, facts.thresholds);

/** Files that a page shows at an address. */
function shown(query: string): string[] {
  const {values, problems} = readQuery(table, query);
  expect(problems).toEqual([]);
  const found = crossfilter(cells.count, dimensions);
  for (const name of dimensionNames) found.filter(name, filterOf(name, values, cells, null));
  return rows.filter((_, i) => found.passes(i)).map(({file}) => file);
}

describe("every question leads to a set that is not empty and that arquero finds too", () => {
  test("all are asked", () => expect(questions.map(({title}) => title)).toEqual(Object.keys(answers)));

  test.each(questions)("$title", (question) => {
    const files = shown(questionAddress(table, question).replace("./dataset", ""));
    expect(files.length).toBeGreaterThan(0);
    expect(files).toEqual(where(answers[question.title]!));
  });
});

test("a brushed hue is counted as arquero counts the manifest", () => {
  const signed = all.filter(
    escape((row: Known) => {
      const hue = row.hue > 180 ? row.hue - 360 : row.hue;
      return hue >= -60.5 && hue < 3.37;
    })
  );
  expect(shown("?hue=-60.5..3.37")).toHaveLength(signed.numRows());
  expect(shown("?brightness=0.6302..&label=uninfected")).toHaveLength(
    where((row) => row.brightness >= 0.6302 && row.label === "uninfected").length
  );
});

test("the counts of a view are those of arquero's groups", () => {
  const counted = all.groupby("label", "disputed").rollup({cells: op.count()}).objects() as {
    label: string;
    disputed: boolean;
    cells: number;
  }[];
  const found = crossfilter(cells.count, dimensions).counts("kind");
  for (const {label, disputed, cells: count} of counted) {
    expect(found[Number(label === "uninfected") + 2 * Number(disputed)]).toBe(count);
  }
});

test("scores survive exactly, and folds that are missing have none", () => {
  expect([...scores.network]).toEqual([...read.network]);
  const folds = facts.thresholds.map(({fold}) => fold);
  const missing = rows.findIndex(({fold}) => !folds.includes(fold));
  if (missing >= 0) expect(scores.network[missing]).toBeNaN();
});
