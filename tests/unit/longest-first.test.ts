import {readdirSync} from "node:fs";
import {basename} from "node:path";
import {expect, test} from "vitest";
import type {TestSpecification, Vitest} from "vitest/node";
import LongestFirst, {longest} from "../longest-first.js";

const vitest = {cache: {getFileTestResults: () => undefined, getFileStats: () => ({size: 1})}, config: {root: "/"}};
const file = (name: string, groupOrder: number) =>
  ({
    moduleId: `/tests/${name}.test.ts`,
    project: {name: "browser", config: {sequence: {groupOrder}, isolate: true}}
  }) as unknown as TestSpecification;

test("within a group the long ones begin, the longest first; no group begins before its turn", async () => {
  const files = [file("backends.slow", 1), file("pages", 0), file("site", 1), file("lint", 0), file("pages", 1)];
  const sorted = await new LongestFirst(vitest as unknown as Vitest).sort(files);
  expect(sorted).toEqual([3, 1, 0, 2, 4].map((n) => files[n]));
});

test("every name is that of a file", () => {
  const files = readdirSync("tests", {recursive: true, encoding: "utf8"}).map((name) => basename(name, ".test.ts"));
  expect(longest.filter((name) => !files.includes(name))).toEqual([]);
});
