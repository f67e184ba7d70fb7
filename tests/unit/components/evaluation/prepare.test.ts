import {expect, test, vi} from "vitest";
import {madeWhenAsked, prepare} from "../../../../src/components/evaluation/prepare.js";
import {makeCells, makeModel} from "./fixture.js";

const cells = makeCells();

test("all folds hold every tested cell with its own score; one fold holds its own", () => {
  const model = makeModel(cells, {folds: [1, 3]});
  const all = prepare(cells, model, {fold: "all", labels: "original"});
  expect([...all.places].every((place) => [1, 3].includes(cells.fold[place]!))).toBe(true);
  expect([...all.scores]).toEqual(model.scores);
  const one = prepare(cells, model, {fold: "3", labels: "original"});
  expect([...one.scores]).toEqual(model.scores.filter((_, i) => cells.fold[all.places[i]!] === 3));
});

test("undisputed leaves cells out, corrected turns their labels", () => {
  const model = makeModel(cells);
  const set = (labels: "original" | "undisputed" | "corrected") => prepare(cells, model, {fold: "all", labels});
  const [original, undisputed, corrected] = [set("original"), set("undisputed"), set("corrected")];
  expect(undisputed.places.length).toBe(
    original.places.length - original.disputed.reduce((sum, flag) => sum + flag, 0)
  );
  expect([...corrected.labels]).toEqual(
    [...original.labels].map((label, i) => (original.disputed[i] ? 1 - label : label))
  );
});

test("temperature and abstain band are those of the cell's own fold", () => {
  const model = makeModel(cells, {folds: [0, 1]});
  model.points[1]!.temperature = 1;
  model.points[1]!.abstain = [0, 1];
  const {places, scores, calibrated, abstained} = prepare(cells, model, {fold: "all", labels: "original"});
  places.forEach((place, i) => {
    if (cells.fold[place] === 1) {
      expect(calibrated[i]).toBeCloseTo(scores[i]!, 12);
      expect(abstained[i]).toBe(1);
    } else {
      expect(Math.abs(calibrated[i]! - 0.5)).toBeGreaterThan(Math.abs(scores[i]! - 0.5));
      expect(abstained[i]).toBe(Number(scores[i]! >= 0.3 && scores[i]! <= 0.7));
    }
  });
});

test("a member is made when it is first asked for, once, and may ask for another", () => {
  const makers = {half: vi.fn(() => 4), whole: vi.fn((): number => 2 * made.half), never: vi.fn(() => 0)};
  const made = madeWhenAsked(makers);
  expect(Object.keys(made)).toEqual(["half", "whole", "never"]);
  expect([made.whole, made.whole, made.half]).toEqual([8, 8, 4]);
  for (const [name, maker] of Object.entries(makers)) expect(maker).toHaveBeenCalledTimes(name === "never" ? 0 : 1);
});

test("cells in the order of their margins to their own fold's threshold, and the margins in that order", () => {
  const model = makeModel(cells, {folds: [0, 1]});
  model.points[1]!.threshold = 0.9;
  const {scores, thresholds, ownOrder, sortedMargins} = prepare(cells, model, {fold: "all", labels: "original"});
  const odds = (share: number) => Math.log(share / (1 - share));
  expect([...ownOrder].sort((a, b) => a - b)).toEqual([...scores.keys()]);
  ownOrder.forEach((row, i) => {
    expect(sortedMargins[i]).toBeCloseTo(odds(scores[row]!) - odds(thresholds[row]!), 9);
    if (i > 0) expect(sortedMargins[i]!).toBeLessThanOrEqual(sortedMargins[i - 1]!);
  });
});
