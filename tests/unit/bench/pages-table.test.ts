import {existsSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import config from "../../../observablehq.config.js";
import {pagesTable} from "../../bench/pages-table.js";
import type {PageReport} from "../../bench/pages-table.js";

const file = "tests/bench/pages.json";
const speed = readFileSync("docs/speed.md", "utf8");

test("one line a page, cold and warm", () => {
  const page = {path: "/", largestPaint: 1234, blocking: 5, shift: 0.01, transferred: 120_000};
  const pages = [
    {...page, state: "cold" as const},
    {...page, state: "warm" as const, transferred: 900}
  ];
  const report = {
    date: "2000-01-01",
    processor: "a processor",
    cores: 2,
    chromium: "156.0",
    rounds: 3,
    network: 21_700_000,
    shell: 1_600_000,
    pages
  };
  expect(pagesTable(report)).toContain("| `/` | 1,234 / 1,234 | 5 / 5 | 0.010 / 0.010 | 120.0 kB / 900 B |");
});

test.runIf(existsSync(file))(
  "the table of docs/speed.md is that of the measurement, of every page, and the measurement saw something",
  () => {
    const report: PageReport = JSON.parse(readFileSync(file, "utf8"));
    expect(speed).toContain(pagesTable(report));
    expect(new Set(report.pages.map(({path}) => path))).toEqual(new Set(["/", ...config.pages.map(({path}) => path)]));
    for (const {path, largestPaint, shift} of report.pages) {
      expect(largestPaint, path).toBeGreaterThan(50);
      expect(shift, path).toBeLessThanOrEqual(0.05);
    }
  }
);
