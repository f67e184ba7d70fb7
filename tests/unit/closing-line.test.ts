import {describe, expect, test} from "vitest";
import {closing} from "../closing-line.js";
import type {Ended} from "../closing-line.js";

interface Told {
  state: "passed" | "failed" | "skipped";
  messages?: string[];
}

/** A file of tests that has ended: its tests by name. */
function file(name: string, project: string, tests: Record<string, Told>, own: Partial<Told> = {}): Ended {
  const {state = "passed", messages = []} = own;
  const errors = (list: string[] = []) => list.map((message) => ({message}));
  const all = Object.entries(tests).map(([fullName, {state, messages}]) => ({
    fullName,
    result: () => ({state, errors: errors(messages)})
  }));
  return {
    relativeModuleId: `tests/${name}.test.ts`,
    project: {name: project},
    children: {allTests: () => all, allSuites: () => [{errors: () => errors(messages)}]},
    errors: () => [],
    state: () => state,
    diagnostic: () => ({duration: 1500})
  } as unknown as Ended;
}

describe("the end of a run", () => {
  test("counts what passed by project, and says how much in its last line", () => {
    const {lines, failed} = closing(
      [
        file("a", "unit", {one: {state: "passed"}, two: {state: "passed"}}),
        file("b", "unit", {three: {state: "passed"}}),
        file("c", "browser", {four: {state: "passed"}})
      ],
      []
    );
    expect(failed).toBe(0);
    expect(lines).toEqual([
      "passed  unit: 3 passed, 0 failed, 3.0 s of tests",
      "passed  browser: 1 passed, 0 failed, 1.5 s of tests",
      "4 passed, 0 failed"
    ]);
  });

  test("names what failed, with the beginning of its message: tests, files that do not load, what surrounds tests", () => {
    const {lines, failed} = closing(
      [
        file("a", "unit", {opens: {state: "failed", messages: ["3 is not 2\n    at one.ts:1"]}}, {state: "failed"}),
        file("b", "unit", {}, {state: "failed", messages: ["no such module"]}),
        file("c", "built", {one: {state: "skipped"}}, {state: "failed", messages: ["no browser"]})
      ],
      [{message: "a promise that nobody awaited"}]
    );
    expect(failed).toBe(4);
    expect(lines).toEqual([
      "FAILED  unit: 0 passed, 2 failed, 3.0 s of tests",
      "FAILED  built: 0 passed, 1 failed, 1.5 s of tests",
      "skipped  tests/c.test.ts, one",
      "FAILED  outside of all tests: a promise that nobody awaited",
      "FAILED  tests/a.test.ts, opens: 3 is not 2",
      "FAILED  tests/b.test.ts: no such module",
      "FAILED  tests/c.test.ts: no browser",
      "0 passed, 4 failed"
    ]);
  });

  test("names what was skipped, and where nothing may be skipped counts it as failed", () => {
    const skipping = [file("a", "built", {one: {state: "passed"}, two: {state: "skipped"}})];
    expect(closing(skipping, []).lines.slice(1)).toEqual(["skipped  tests/a.test.ts, two", "1 passed, 0 failed"]);
    expect(closing(skipping, [], {strict: true}).lines.slice(1)).toEqual([
      "FAILED  tests/a.test.ts, two: skipped, though nothing may be skipped here",
      "1 passed, 1 failed"
    ]);
  });

  test("a run without a test is none that passed", () => {
    expect(closing([], []).failed).toBe(1);
  });
});
