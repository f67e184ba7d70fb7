import {expect, test} from "vitest";
import {bandPoints, curvesOf, thin} from "../../../../src/components/evaluation/curves.js";
import {prepare} from "../../../../src/components/evaluation/prepare.js";
import {makeCells, makeModel} from "./fixture.js";

const cells = makeCells();
const prepared = prepare(cells, makeModel(cells), {fold: "all", labels: "original"});

test("curves run over their whole range and every cell is in a bin", () => {
  const curves = curvesOf(prepared);
  expect(curves.roc[0]).toMatchObject({falsePositiveRate: 0, truePositiveRate: 0});
  expect(curves.roc.at(-1)).toMatchObject({falsePositiveRate: 1, truePositiveRate: 1});
  expect(curves.precisionRecall.at(-1)!.recall).toBe(1);
  expect(curves.rates[0]).toEqual({threshold: 0, sensitivity: 1, specificity: 0});
  for (const stage of ["before", "after"]) {
    const count = curves.reliability.reduce((sum, bin) => sum + (bin.stage === stage ? bin.count : 0), 0);
    expect(count).toBe(prepared.places.length);
  }
});

test("a band leaves out places without an interval", () => {
  const low = Array<number | null>(41).fill(0.5);
  low[0] = null;
  const points = bandPoints({low, high: Array<number>(41).fill(0.6)}, "roc");
  expect(points).toHaveLength(40);
  expect(points.at(-1)).toEqual({x: 1, low: 0.5, high: 0.6});
});

test("thinning keeps both ends and never moves farther than it says", () => {
  const line = Array.from({length: 1000}, (_, i) => ({x: i / 999, y: (i / 999) ** 2}));
  const kept = thin(line, ({x, y}) => [x, y], 0.01);
  expect(kept[0]).toBe(line[0]);
  expect(kept.at(-1)).toBe(line.at(-1));
  expect(kept.length).toBeLessThan(150);
  for (const point of line) {
    expect(kept.some(({x, y}) => Math.abs(x - point.x) <= 0.0111 && Math.abs(y - point.y) <= 0.0111)).toBe(true);
  }
});
