import {expect, test} from "vitest";
import {pairErrors, pairKinds, pairSentences} from "../../../../src/components/evaluation/pair-errors.js";
import type {PairErrors} from "../../../../src/components/evaluation/pair-errors.js";
import {logit} from "../../../../src/components/evaluation/score-bins.js";
import {discordantPairs, mcnemar, patientBootstrap, patientIndex} from "../../../../src/components/metrics/index.js";
import {labelSets} from "../../../../src/data/shapes/evaluation.js";
import type {ModelEvaluation} from "../../../../src/data/shapes/evaluation.js";
import {makeCells, makeModel} from "./fixture.js";

const cells = makeCells();
const draws = {draws: 200, seed: 1};
const [first, second] = [
  withPoints(makeModel(cells), 0.2),
  withPoints(makeModel(cells, {name: "student", seed: 2}), 0.5)
];

/** The model with a threshold of its own for each fold, from `start` on. */
function withPoints(model: ModelEvaluation, start: number): ModelEvaluation {
  return {...model, points: model.points.map((point) => ({...point, threshold: start + 0.1 * point.fold}))};
}

/** 1 where a model is right, by the plainest reading of the rules; every cell of the fixture is scored. */
function right({scores, points}: ModelEvaluation, place: number, corrected: boolean): number {
  const parasitized = (cells.label[place] === 0) !== (corrected && cells.disputed[place] === 1);
  const {threshold} = points.find(({fold}) => fold === cells.fold[place])!;
  return Number(scores[place]! >= threshold === parasitized);
}

const sizes = ({wrong}: PairErrors) => pairKinds.map((kind) => wrong[kind].length);

test.each(labelSets.flatMap((labels) => ["all", "4"].map((fold) => [labels, fold] as const)))(
  "the groups are as large as McNemar's counts: %s labels, fold %s",
  (labels, fold) => {
    const errors = pairErrors(cells, [first, second], {fold, labels, ...draws});
    const places = [...cells.fold.keys()].filter(
      (place) =>
        (fold === "all" || cells.fold[place] === Number(fold)) && !(labels === "undisputed" && cells.disputed[place])
    );
    const flags = [first, second].map((model) =>
      Uint8Array.from(places, (place) => right(model, place, labels === "corrected"))
    );
    const counts = discordantPairs(flags[0]!, flags[1]!);
    expect(counts.onlyFirst * counts.onlySecond * counts.neither).toBeGreaterThan(0);
    expect(errors.counts).toEqual(counts);
    expect(sizes(errors)).toEqual([counts.onlySecond, counts.onlyFirst, counts.neither]);
    const wrongOnly = places.filter((_, i) => !flags[0]![i] && flags[1]![i]);
    expect([...errors.wrong.first].sort((a, b) => a - b)).toEqual(wrongOnly);
  }
);

test("the most confident error comes first, and both answers of a cell are at hand", () => {
  const errors = pairErrors(cells, [first, second], {fold: "all", labels: "original", ...draws});
  const distance = (place: number, who: 0 | 1) => {
    const {score, threshold} = errors.answers(place)![who];
    return Math.abs(logit(score) - logit(threshold));
  };
  const falling = (places: Uint32Array, measure: (place: number) => number) => {
    const distances = Array.from(places, measure);
    expect(distances.length).toBeGreaterThan(1);
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
  };
  falling(errors.wrong.first, (place) => distance(place, 0));
  falling(errors.wrong.second, (place) => distance(place, 1));
  falling(errors.wrong.both, (place) => distance(place, 0) + distance(place, 1));
  const place = errors.wrong.second[0]!;
  const label = cells.label[place] === 0 ? "parasitized" : "uninfected";
  const [one, two] = errors.answers(place)!;
  expect(one).toMatchObject({score: first.scores[place], called: label, right: true});
  expect(two).toMatchObject({score: second.scores[place], right: false});
  expect(two.called).not.toBe(label);
});

test("the interval of the difference is the patient bootstrap's", () => {
  const {difference} = pairErrors(cells, [first, second], {fold: "all", labels: "original", ...draws});
  const lead = Array.from(cells.fold, (_, place) => right(first, place, false) - right(second, place, false));
  const patients = patientIndex(Array.from(cells.patient, (code) => cells.patients[code]!));
  const statistic = (weights: Float64Array | undefined) => {
    const weight = (i: number) => weights?.[i] ?? 1;
    return lead.reduce((sum, value, i) => sum + value * weight(i), 0) / lead.reduce((sum, _, i) => sum + weight(i), 0);
  };
  const expected = patientBootstrap({patients, ...draws, statistic});
  for (const key of ["estimate", "low", "high"] as const) expect(difference![key]).toBeCloseTo(expected[key], 12);
});

test("models that share only some cells are compared on those; without any, the sentence says so", () => {
  const part = makeModel(cells, {name: "colour", folds: [0], seed: 3});
  const some = pairErrors(cells, [first, part], {fold: "all", labels: "original", ...draws});
  const {both, onlyFirst, onlySecond, neither} = some.counts;
  expect(both + onlyFirst + onlySecond + neither).toBe(part.scores.length);
  expect(some.answers(cells.fold.indexOf(1))).toBeNull();
  const none = pairErrors(cells, [first, part], {fold: "2", labels: "original", ...draws});
  expect(sizes(none)).toEqual([0, 0, 0]);
  expect(pairSentences(none, ["A", "B"])).toBe("There is no cell here that both A and B scored.");
});

test("the sentences give the counts and McNemar's test of exactly this pair", () => {
  const errors = pairErrors(cells, [first, second], {fold: "all", labels: "original", ...draws});
  const {onlyFirst, onlySecond, neither} = errors.counts;
  const text = pairSentences(errors, ["A", "B"]);
  expect(text).toContain(`A alone is wrong on ${onlySecond}, B alone on ${onlyFirst}, both on ${neither}`);
  expect(text).toContain(`χ² ${mcnemar(errors.counts).chiSquare.toFixed(2)} with one degree of freedom`);
  const even = {both: 10, onlyFirst: 3, onlySecond: 1, neither: 0};
  const difference = {estimate: -0.0123, low: -0.02, high: 0.001, undefinedDraws: 0};
  // Exact: twice the tail of Binomial(4, 1/2) up to 1 is 2 (1 + 4) / 16.
  expect(pairSentences({...errors, counts: even, difference}, ["A", "B"])).toContain("P = 0.6250 (exact)");
  expect(pairSentences({...errors, counts: even, difference}, ["A", "B"])).toContain(
    "−1.23 percentage points (95 % interval −2.00 to +0.10)"
  );
});
