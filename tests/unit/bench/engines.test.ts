import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {OWN, STUDENT, disagreements, fillEngines, ratios} from "../../bench/engines/report.js";
import type {EngineFigures, Results} from "../../bench/engines/report.js";

const speed = readFileSync("docs/speed.md", "utf8");
const stored: Results = JSON.parse(readFileSync("tests/bench/results.json", "utf8"));

const figures = (label: string, single: number, each: number, missing: string | null = null): EngineFigures => ({
  label,
  single,
  each,
  missing,
  batch: 8,
  cells: 512
});
const results = (engines: Results["engines"]): Results => ({
  dates: {engines: "2000-01-02", software: "2000-01-01"},
  machine: {processor: "a processor", cores: 2, versions: {node: "20"}},
  rounds: 4,
  engines
});
const run = results({
  other: figures("other", 30, 24),
  [OWN]: figures("own", 15, 12),
  absent: figures("absent", 0, 0, "there is none")
});

describe("the stored run", () => {
  test("is what docs/speed.md shows", () => {
    expect(fillEngines(speed, stored)).toBe(speed);
  });

  test("has every contender, and all figures that it names", () => {
    expect(Object.keys(stored.engines)).toEqual(
      expect.arrayContaining([OWN, STUDENT, "onnx-wasm", "own-webgl", "own-cpu"])
    );
    for (const {label, missing, single, each} of Object.values(stored.engines)) {
      if (missing === null) expect(Math.min(single, each), label).toBeGreaterThan(0);
      else expect(missing.length, label).toBeGreaterThan(5);
    }
    expect(stored.site!.batch).toBeGreaterThan(0);
    expect(stored.server!.visitors.map(({visitors}) => visitors)).toEqual([1, 10, 100]);
  });

  test("meets the marks: at most .9 of ONNX Runtime Web's time for one cell, 1.3 times its throughput, three seconds, sooner than a server", () => {
    const own = ratios(stored);
    expect(own["onnx-wasm, one cell"]).toBeLessThanOrEqual(0.9);
    expect(1 / own["onnx-wasm, batch"]!).toBeGreaterThanOrEqual(1.3);
    expect(stored.site!.throttled.first).toBeLessThanOrEqual(3000);
    expect(own["server, first answer"]).toBeLessThan(1);
  });
});

test("a table has the quickest first and those that are missing last, with why", () => {
  const table = fillEngines("<!-- engines: npm run bench -->\n<!-- end of engines -->\n", run).split("\n");
  expect(table.filter((line) => /^\| (own|other|absent) /.test(line))).toEqual([
    "| own | 15.0 ms | 1.00 | 12.0 ms (8 a call) | 1.00 |",
    "| other | 30.0 ms | 2.00 | 24.0 ms (8 a call) | 2.00 |",
    "| absent | not here: there is none | | | |"
  ]);
});

test("whole fields have a table of their own, with OpenCV's beside it where it is there", () => {
  const fields = {
    width: 1600,
    height: 1200,
    cells: 216,
    found: 215,
    outlined: 2000,
    student: 2500,
    resnet34: 5000,
    further: 4000,
    fields: 100,
    memory: {one: 5e8, all: 6e8, cleared: 5e8},
    longest: 20
  };
  const other = {found: 180, outlined: 100, judged: 1000, version: "opencv 4"};
  const table = (given: Results["fields"]) =>
    fillEngines("<!-- engines: npm run bench -->\n<!-- end of engines -->\n", {...run, fields: given!}).split("\n");
  expect(table({...fields, other})).toEqual(
    expect.arrayContaining([
      "| cells found | 215 | 180 | |",
      "| from the choice until all are outlined | 2,000 ms | 100 ms | 0.05 |",
      "| until ResNet-34 has | 5,000 ms | 1,000 ms | 0.20 |"
    ])
  );
  expect(table({...fields, other: "OpenCV is not installed."})).toEqual(
    expect.arrayContaining(["| until ResNet-34 has | 5,000 ms | not here | not here |", "OpenCV is not installed."])
  );
});

test("the days of both parts of the table are named", () => {
  expect(fillEngines("<!-- engines: npm run bench -->\n<!-- end of engines -->\n", run)).toContain(
    "rounds on 2000-01-01 and 2000-01-02; 2 cores of a processor"
  );
});

test("a second run agrees within 15 % of every ratio, and says which does not or is missing", () => {
  const second = (single: number) => results({...run.engines, other: figures("other", single, 24)});
  expect(ratios(run)).toEqual({"other, one cell": 0.5, "other, batch": 0.5});
  expect(disagreements(run, second(34))).toEqual([]);
  expect(disagreements(run, second(40))).toEqual(["other, one cell: 0.500 and 0.375, 25 % apart"]);
  expect(ratios({...run, server: stored.server, site: stored.site})).toMatchObject({
    "server, first answer": stored.site!.cold.first / stored.server!.cold,
    "server, 512 files": stored.site!.batch / stored.server!.batch
  });
  const without = results({[OWN]: run.engines[OWN]!});
  expect(disagreements(run, without)).toEqual([
    "other, one cell: missing in the second run",
    "other, batch: missing in the second run"
  ]);
});
