import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {datasetTable} from "../../bench/explorer-table.js";
import type {ExplorerReport} from "../../bench/explorer-table.js";

const report: ExplorerReport = JSON.parse(readFileSync("tests/bench/explorer.json", "utf8"));

test("the table of docs/speed.md is that of the measurement", () => {
  expect(readFileSync("docs/speed.md", "utf8")).toContain(datasetTable(report));
});

test("the measurement keeps to its marks", () => {
  const [few, many] = Object.values(report.brushMilliseconds);
  expect(few!.median).toBeLessThanOrEqual(16);
  expect(many!.median).toBeLessThanOrEqual(100);
  expect(report.scroll.framesPerSecond).toBeGreaterThan(59);
  expect(report.scroll.longestFrameMilliseconds).toBeLessThanOrEqual(50);
  expect(report.firstScreenBytes).toBeLessThanOrEqual(1.5e6);
  expect(report.thumbnailBytes).toBeLessThanOrEqual(20e6);
});
