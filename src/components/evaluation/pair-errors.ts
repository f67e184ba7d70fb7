import type {ModelEvaluation} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {discordantPairs, drawPatients, mcnemar, patientIndex, percentileInterval} from "../metrics/index.js";
import type {DiscordantPairs, Interval} from "../metrics/index.js";
import {formatCount, formatFigure} from "../ui/format.js";
import {formatP} from "./figure-rows.js";
import {gather} from "./prepare.js";
import type {Wanted} from "./prepare.js";
import {logit} from "./score-bins.js";

/** Who is wrong on a cell. */
export const pairKinds = ["first", "second", "both"] as const;
export type PairKind = (typeof pairKinds)[number];

/** What a model says of one cell. */
export interface PairAnswer {
  /** P(parasitized), 0…1. */
  score: number;
  /** The threshold of the cell's fold. */
  threshold: number;
  called: "parasitized" | "uninfected";
  right: boolean;
}

/** Two models on the cells that both scored, each cell called at the chosen threshold of its fold. */
export interface PairErrors {
  counts: DiscordantPairs;
  /**
   * Places in the manifest of the wrong cells, most confident first: by the distance in log-odds between score and
   * threshold of who is wrong, the mean of the two where both are.
   */
  wrong: Record<PairKind, Uint32Array>;
  /** Accuracy of the first less that of the second, with its 95 % interval by resampling patients; null without cells. */
  difference: Interval | null;
  /** What both say of the cell at a place; null where it is not among those that both scored. */
  answers(place: number): [first: PairAnswer, second: PairAnswer] | null;
}

/** Sets the wrong answers of two models side by side. */
export function pairErrors(
  cells: Pick<Cells, "count" | "label" | "disputed" | "patient" | "patients" | "fold">,
  [first, second]: readonly [ModelEvaluation, ModelEvaluation],
  {draws, seed, ...wanted}: Wanted & {draws: number; seed: number}
): PairErrors {
  const [one, two] = [answersOf(cells, first, wanted), answersOf(cells, second, wanted)];
  const places = one.places.filter((place) => two.has(place));
  const flags = ({isRight}: Answers) => Uint8Array.from(places, (place) => Number(isRight(place)));
  const right = [flags(one), flags(two)] as const;
  const pick = (test: (first: number, second: number) => boolean, distance: (place: number) => number) => {
    const found = places.filter((_, i) => test(right[0][i]!, right[1][i]!));
    const distances = new Map(Array.from(found, (place) => [place, distance(place)]));
    return found.sort((a, b) => distances.get(b)! - distances.get(a)!);
  };
  return {
    counts: discordantPairs(...right),
    wrong: {
      first: pick((a, b) => !a && b === 1, one.distance),
      second: pick((a, b) => a === 1 && !b, two.distance),
      both: pick(
        (a, b) => !a && !b,
        (place) => (one.distance(place) + two.distance(place)) / 2
      )
    },
    difference: places.length > 0 ? differenceOf(cells, places, right, {draws, seed}) : null,
    answers: (place) => (one.has(place) && two.has(place) ? [one.answer(place), two.answer(place)] : null)
  };
}

type Answers = ReturnType<typeof answersOf>;

function answersOf(cells: Parameters<typeof pairErrors>[0], model: ModelEvaluation, wanted: Wanted) {
  const {places, scores, labels, points} = gather(cells, model, wanted);
  const rows = new Int32Array(cells.count).fill(-1);
  places.forEach((place, row) => (rows[place] = row));
  const isCalled = (row: number) => scores[row]! >= points[row]!.threshold;
  const isRight = (place: number) => isCalled(rows[place]!) === (labels[rows[place]!] === 1);
  return {
    places,
    isRight,
    has: (place: number) => rows[place]! >= 0,
    distance: (place: number) => Math.abs(logit(scores[rows[place]!]!) - logit(points[rows[place]!]!.threshold)),
    answer(place: number): PairAnswer {
      const row = rows[place]!;
      const called = isCalled(row) ? "parasitized" : "uninfected";
      return {score: scores[row]!, threshold: points[row]!.threshold, called, right: isRight(place)};
    }
  };
}

function differenceOf(
  cells: Pick<Cells, "patient" | "patients">,
  places: Uint32Array,
  [first, second]: readonly [Uint8Array, Uint8Array],
  {draws, seed}: {draws: number; seed: number}
): Interval {
  const {names, codes} = patientIndex(Array.from(places, (place) => cells.patients[cells.patient[place]!]!));
  const lead = new Float64Array(names.length);
  const sizes = new Float64Array(names.length);
  codes.forEach((code, i) => {
    lead[code]! += first[i]! - second[i]!;
    sizes[code]!++;
  });
  const total = (values: Float64Array, weights: Float64Array) =>
    values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  const figure = (weights: Float64Array) => total(lead, weights) / total(sizes, weights);
  const drawn = Array.from(drawPatients({count: names.length, draws, seed}), figure);
  return percentileInterval(figure(new Float64Array(names.length).fill(1)), Float64Array.from(drawn), 0.95);
}

/** How the two compare, in sentences: the counts, McNemar's test, and the difference of their accuracies. */
export function pairSentences({counts, difference}: PairErrors, [first, second]: readonly [string, string]): string {
  if (!difference) return `There is no cell here that both ${first} and ${second} scored.`;
  const {both, onlyFirst, onlySecond, neither} = counts;
  const discordant = onlyFirst + onlySecond;
  const {pValue, chiSquare} = mcnemar(counts);
  const how = discordant < 25 ? "exact" : `χ² ${formatFigure(chiSquare, 2)} with one degree of freedom`;
  const [estimate, low, high] = [difference.estimate, difference.low, difference.high].map(formatPoints);
  return [
    `Of the ${formatCount(both + discordant + neither)} cells that both scored, ${first} alone is wrong on ${formatCount(onlySecond)}, ${second} alone on ${formatCount(onlyFirst)}, both on ${formatCount(neither)}, neither on ${formatCount(both)}.`,
    `McNemar's test of the ${formatCount(discordant)} on which one alone is right: P ${pValue < 1e-4 ? "" : "= "}${formatP(pValue)} (${how}).`,
    `Cells of one patient resemble each other, which this test leaves out; with whole patients drawn, the accuracy of ${first} less that of ${second} is ${estimate} percentage points (95 % interval ${low} to ${high}).`
  ].join(" ");
}

/** A difference of shares in percentage points, with its sign. */
function formatPoints(share: number): string {
  const text = formatFigure(Math.abs(100 * share), 2);
  return `${Number(text) === 0 ? "" : share < 0 ? "−" : "+"}${text}`;
}
