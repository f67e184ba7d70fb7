import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {evaluationTable, replaceTable} from "../../bench/evaluation-table.js";
import type {EvaluationBench} from "../../bench/evaluation-table.js";

const speed = readFileSync("docs/speed.md", "utf8");
const bench: EvaluationBench = JSON.parse(readFileSync("tests/bench/evaluation.json", "utf8"));

test("a table without its marks is refused, and a second writing changes nothing", () => {
  expect(() => replaceTable("# None", bench)).toThrow(/docs\/speed\.md must hold/);
  expect(replaceTable(speed, bench)).toBe(speed);
});

test("the table shows milliseconds and kilobytes", () => {
  const table = evaluationTable({
    date: "2000-01-01",
    machine: "a machine",
    cells: 27_558,
    events: 200,
    redrawn: {median: 1, percentile95: 2.25, most: 1234.5},
    framed: {median: 3, percentile95: 4, most: 5},
    pages: [{path: "/pages/x", scriptBytes: 123_456, largestPaint: 1234, visits: 5}]
  });
  expect(table).toContain("| every view redrawn, with style and layout | 1.0 ms | 2.3 ms | 1234.5 ms |");
  expect(table).toContain("| `/pages/x` | 123 kB | 1,234 ms |");
});

test("what was measured holds the marks: 16 and 33 ms a step, 200 kB and a second a page", () => {
  expect(bench.cells).toBe(27_558);
  expect(bench.redrawn.median).toBeLessThanOrEqual(16);
  expect(bench.redrawn.percentile95).toBeLessThanOrEqual(33);
  expect(bench.pages.map(({path}) => path)).toEqual(["/pages/training", "/pages/evaluation"]);
  for (const {scriptBytes, largestPaint} of bench.pages) {
    expect(scriptBytes).toBeLessThanOrEqual(200_000);
    expect(largestPaint).toBeLessThanOrEqual(1000);
  }
});
