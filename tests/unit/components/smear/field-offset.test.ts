import {describe, expect, test} from "vitest";
import {atFieldOffset, fieldOffset, healthyScore} from "../../../../src/components/smear/field-offset.js";

const odds = (logit: number) => 1 / (1 + Math.exp(-logit));
/** Scores of healthy cells whose logits lie evenly within one of a centre, and of infected ones at 3. */
const scores = (count: number, centre: number, infected = 0) => [
  ...Array.from({length: count}, (_, n) => odds(centre - 1 + (2 * n) / (count - 1))),
  ...Array.from({length: infected}, () => odds(3))
];
const healthy = healthyScore(scores(1000, -3.5));

test("35 % of healthy cells score lower than what others are held against", () => {
  expect(Math.log(healthy / (1 - healthy))).toBeCloseTo(-3.8, 2);
  expect(healthyScore([])).toBeNaN();
});

describe("fieldOffset", () => {
  test("is next to nothing where cells score as healthy ones do, and never lifts those that score lower", () => {
    expect(fieldOffset(scores(200, -3.5), {healthy, gate: 0})).toBeCloseTo(0, 2);
    expect(fieldOffset(scores(200, -5), {healthy, gate: 0})).toBeCloseTo(0, 9);
  });

  test("moves a field whose cells all score higher down by the difference, nearer to it the more cells there are", () => {
    expect(fieldOffset(scores(5000, -2), {healthy, gate: 0})).toBeCloseTo(-1.5, 1);
    expect(fieldOffset(scores(50, -2), {healthy, gate: 0})).toBeCloseTo(-0.75, 1);
    expect(fieldOffset(scores(5, -2), {healthy, gate: 0})).toBeGreaterThan(-0.15);
  });

  test("hangs little on infected cells, up to half of them", () => {
    expect(fieldOffset(scores(180, -3.5, 20), {healthy, gate: 0})).toBeGreaterThan(-0.1);
    expect(fieldOffset(scores(100, -3.5, 100), {healthy, gate: 0})).toBeGreaterThan(-0.6);
  });

  test("goes so far only that most cells of a field that is infected all over are still called so", () => {
    const all = scores(2, -3.5, 5000);
    expect(fieldOffset(all, {healthy, gate: 0})).toBeCloseTo(-2.5, 1);
    expect(atFieldOffset([...all.map((probability) => ({probability, offset: 0}))], healthy).at(-1)).toBeGreaterThan(
      0.6
    );
  });

  test("takes the gate's offset for as much as 50 cells say, and for all where there is nothing to hold them against", () => {
    expect(fieldOffset(scores(50, -3.5), {healthy, gate: -1})).toBeCloseTo(-0.5, 1);
    expect(fieldOffset(scores(50, -2), {healthy: undefined, gate: -1})).toBe(-1);
    expect(fieldOffset([], {healthy, gate: -1})).toBe(-1);
  });
});

test("answers are moved from the gate's offset to the field's own", () => {
  const raw = scores(50, -2);
  const answers = raw.map((score) => ({probability: odds(Math.log(score / (1 - score)) - 1), offset: -1}));
  const moved = atFieldOffset(answers, healthy);
  const offset = fieldOffset(raw, {healthy, gate: -1});
  expect(offset).toBeCloseTo(-1.25, 1);
  expect(moved[0]).toBeCloseTo(odds(-3 + offset), 6);
  expect(atFieldOffset(answers, undefined)[0]).toBeCloseTo(answers[0]!.probability, 9);
  expect(atFieldOffset([], healthy)).toEqual([]);
});
