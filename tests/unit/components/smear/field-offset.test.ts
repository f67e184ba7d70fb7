import {describe, expect, test} from "vitest";
import {atFieldOffset, fieldOffset, healthyScore} from "../../../../src/components/smear/field-offset.js";

const odds = (logit: number) => 1 / (1 + Math.exp(-logit));
/** Scores of healthy cells whose logits lie evenly within one of a centre, and of infected ones at 3. */
const scores = (count: number, centre: number, infected = 0) => [
  ...Array.from({length: count}, (_, n) => odds(centre - 1 + (2 * n) / (count - 1))),
  ...Array.from({length: infected}, () => odds(3))
];
const reference = {threshold: 0.45, healthyScore: healthyScore(scores(1000, -3.5))};

test("35 % of healthy cells score lower than what others are held against", () => {
  const {healthyScore: healthy} = reference;
  expect(Math.log(healthy / (1 - healthy))).toBeCloseTo(-3.8, 2);
  expect(healthyScore([])).toBeNaN();
});

describe("fieldOffset", () => {
  test("is next to nothing where cells score as healthy ones do, and never lifts those that score lower", () => {
    expect(fieldOffset(scores(200, -3.5), 0, reference)).toBeCloseTo(0, 2);
    expect(fieldOffset(scores(200, -5), 0, reference)).toBeCloseTo(0, 9);
  });

  test("moves a field whose cells all score higher down by the difference, nearer to it the more cells there are", () => {
    expect(fieldOffset(scores(5000, -2), 0, reference)).toBeCloseTo(-1.5, 1);
    expect(fieldOffset(scores(50, -2), 0, reference)).toBeCloseTo(-0.75, 1);
    expect(fieldOffset(scores(5, -2), 0, reference)).toBeGreaterThan(-0.15);
  });

  test("hangs on no cell that is surely parasitized, however many there are", () => {
    expect(fieldOffset(scores(180, -2), 0, reference)).toBeCloseTo(-1.17, 1);
    expect(fieldOffset(scores(180, -2, 1000), 0, reference)).toBe(fieldOffset(scores(180, -2), 0, reference));
    expect(fieldOffset(scores(100, -3.5, 100), 0, reference)).toBeCloseTo(0, 2);
    expect(fieldOffset([odds(3), odds(4)], -0.5, reference)).toBe(-0.5);
  });

  test("goes so far only", () => {
    expect(fieldOffset(scores(5000, 0.5), 0, reference)).toBeCloseTo(-2.5, 1);
  });

  test("takes the gate's offset for as much as 50 cells say, and for all where there is nothing to hold them against", () => {
    expect(fieldOffset(scores(50, -3.5), -1, reference)).toBeCloseTo(-0.5, 1);
    expect(fieldOffset(scores(50, -2), -1, {threshold: 0.45})).toBe(-1);
    expect(fieldOffset([], -1, reference)).toBe(-1);
  });
});

test("answers are moved from the gate's offset to the field's own", () => {
  const raw = scores(50, -2);
  const answers = raw.map((score) => ({probability: odds(Math.log(score / (1 - score)) - 1), offset: -1}));
  const moved = atFieldOffset(answers, reference);
  const offset = fieldOffset(raw, -1, reference);
  expect(offset).toBeCloseTo(-1.25, 1);
  expect(moved[0]).toBeCloseTo(odds(-3 + offset), 6);
  expect(atFieldOffset(answers, {threshold: 0.45})[0]).toBeCloseTo(answers[0]!.probability, 9);
  expect(atFieldOffset([], reference)).toEqual([]);
});
