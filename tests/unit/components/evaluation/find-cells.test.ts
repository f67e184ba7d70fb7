import fc from "fast-check";
import {expect, test} from "vitest";
import {findRows, kinds} from "../../../../src/components/evaluation/find-cells.js";
import type {Kind} from "../../../../src/components/evaluation/find-cells.js";
import {prepare} from "../../../../src/components/evaluation/prepare.js";
import {binOf, logit} from "../../../../src/components/evaluation/score-bins.js";
import {confusionMatrix} from "../../../../src/components/metrics/index.js";
import {makeCells, makeModel} from "./fixture.js";

const cells = makeCells();
const prepared = prepare(cells, makeModel(cells), {fold: "all", labels: "original"});
const none = {bin: null, patient: null, disputed: null, isInPart: null};
const thresholds = fc.double({min: 0.01, max: 0.99, noNaN: true});

test("the kinds of the confusion matrix hold exactly the cells that it counts", () => {
  fc.assert(
    fc.property(thresholds, (threshold) => {
      const matrix = confusionMatrix(prepared.index, threshold);
      const count = (kind: Kind) => findRows(prepared, {...none, kind, threshold}).length;
      expect(count("true-positives")).toBe(matrix.truePositives);
      expect(count("false-negatives")).toBe(matrix.falseNegatives);
      expect(count("false-positives")).toBe(matrix.falsePositives);
      expect(count("true-negatives")).toBe(matrix.trueNegatives);
      expect(count("wrong")).toBe(matrix.falseNegatives + matrix.falsePositives);
      expect(count("all")).toBe(prepared.places.length);
    })
  );
});

test("the most wrong comes first, and of those that are right the least sure", () => {
  fc.assert(
    fc.property(thresholds, fc.constantFrom(...(Object.keys(kinds) as Kind[])), (threshold, kind) => {
      const wrongness = [...findRows(prepared, {...none, kind, threshold})].map((row) => {
        const above = logit(prepared.scores[row]!) - logit(threshold);
        return prepared.labels[row] === 1 ? -above : above;
      });
      wrongness.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(wrongness[i]!));
    })
  );
});

test("without a common threshold, each fold has its own", () => {
  const model = makeModel(cells);
  model.points.forEach((point, i) => (point.threshold = 0.1 + 0.2 * i));
  const own = prepare(cells, model, {fold: "all", labels: "original"});
  const called = (row: number) => own.scores[row]! >= 0.1 + 0.2 * cells.fold[own.places[row]!]!;
  const found = (kind: Kind) => [...findRows(own, {...none, kind, threshold: null})];
  const rows = [...own.scores.keys()];
  const missed = rows.filter((row) => own.labels[row] === 1 && !called(row));
  expect(missed.length).toBeGreaterThan(0);
  expect(found("false-negatives").sort((a, b) => a - b)).toEqual(missed);
  const wrongness = [...findRows(own, {...none, kind: "all", threshold: null})].map((row) => {
    const above = logit(own.scores[row]!) - logit(0.1 + 0.2 * cells.fold[own.places[row]!]!);
    return own.labels[row] === 1 ? -above : above;
  });
  expect(wrongness).toHaveLength(cells.count);
  wrongness.slice(1).forEach((value, i) => expect(value).toBeLessThanOrEqual(wrongness[i]! + 1e-12));
});

test("bar, patient and second reading narrow it down; an unknown patient has no cells", () => {
  const all = {...none, kind: "all" as const, threshold: 0.5};
  const rows = [...findRows(prepared, {...all, patient: "C5", disputed: true})];
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect([cells.patient[prepared.places[row]!], prepared.disputed[row]]).toEqual([4, 1]);
  const bin = binOf(prepared.scores[0]!);
  const barred = [...findRows(prepared, {...all, bin})];
  expect(barred).toHaveLength([...prepared.scores].filter((score) => binOf(score) === bin).length);
  expect(findRows(prepared, {...all, patient: "C999"})).toHaveLength(0);
});

test("a part of the cells narrows it down", () => {
  const all = {...none, kind: "all" as const, threshold: 0.5};
  const rows = [...findRows(prepared, {...all, isInPart: (row) => row % 3 === 0})];
  expect(rows.sort((a, b) => a - b)).toEqual([...prepared.scores.keys()].filter((row) => row % 3 === 0));
});
