import {expect, test} from "vitest";
import type {Box} from "../../../../models/fields/fields.js";
import {figuresOfFinding, measureField, overlapOf, pair, sumOf} from "../../../../models/fields/measure.js";
import type {FoundCell} from "../../../../src/components/finder/find-cells.js";

const box = (left: number, top: number, side: number, label: Box["label"] = "healthy"): Box => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
  label
});
const cell = (left: number, top: number, side: number, kind: FoundCell["kind"] = "red"): FoundCell => ({
  kind,
  x: left + side / 2,
  y: top + side / 2,
  width: side,
  height: side,
  certainty: 1,
  outline: new Float32Array()
});
const size = {width: 200, height: 100};

test("overlap is intersection over union", () => {
  expect(overlapOf(box(0, 0, 10), box(5, 0, 10))).toBeCloseTo(1 / 3, 10);
  expect(overlapOf(box(0, 0, 10), box(10, 0, 10))).toBe(0);
  expect(overlapOf(box(3, 4, 10), box(3, 4, 10))).toBe(1);
});

test("pairs are made once, the largest overlap first", () => {
  const [first, second, third] = pair(
    [cell(11, 10, 10), cell(13, 10, 10)],
    [box(10, 10, 10), box(13, 10, 10), box(50, 50, 9)]
  );
  expect(first?.place).toBe(0);
  expect(second).toEqual({place: 1, overlap: 1});
  expect(third).toBeNull();
});

test("counts whole red cells: what was found, missed and made up", () => {
  const boxes = [box(10, 10, 20), box(50, 50, 20), box(90, 10, 20, "infected")];
  const found = [cell(10, 10, 20), cell(53, 53, 20), cell(150, 50, 20)];
  const finding = measureField(found, boxes, size);
  expect(finding).toEqual({fields: 1, cells: 3, found50: 2, found75: 1, told: 3, countErrors: [0]});
  expect(figuresOfFinding(finding)).toMatchObject({precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, f1Strict: 1 / 3});
});

test("what the edge cuts off and what is no red cell is neither asked for nor wrong", () => {
  const boxes = [box(0, 10, 20), box(50, 50, 30, "wbc"), box(90, 10, 20)];
  const found = [cell(2, 10, 20), cell(50, 50, 30), cell(90, 10, 20)];
  expect(measureField(found, boxes, size)).toMatchObject({cells: 1, found50: 1, told: 1});
});

test("a cell that is taken for another kind is missed", () => {
  expect(measureField([cell(90, 10, 20, "white")], [box(90, 10, 20)], size)).toMatchObject({found50: 0, told: 0});
});

test("fields add up, and the count's error is the middle one's", () => {
  const fields = [1, 2, 4].map((more) =>
    measureField(
      Array.from({length: more}, (_, n) => cell(10 + 30 * n, 10, 20)),
      [box(10, 10, 20)],
      size
    )
  );
  const sum = sumOf(fields);
  expect(sum).toMatchObject({fields: 3, cells: 3, found50: 3, told: 7, countErrors: [0, 1, 3]});
  expect(figuresOfFinding(sum).medianCountError).toBe(1);
});
