import type {FoldPoint, LabelSet, ModelEvaluation} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {applyTemperature, patientIndex, scoreIndex} from "../metrics/index.js";
import type {PatientIndex, ScoreIndex} from "../metrics/index.js";
import {logit} from "./score-bins.js";

/** The cells of a selection with everything that does not depend on the threshold; all arrays run in step. */
export interface Prepared {
  /** Places of the cells in the manifest. */
  places: Uint32Array;
  /** P(parasitized), 0…1. */
  scores: Float64Array;
  /** The scores after the temperature of their fold. */
  calibrated: Float64Array;
  /** 1 = parasitized, under the chosen labels. */
  labels: Uint8Array;
  /** 1 where the second reading names the other class. */
  disputed: Uint8Array;
  /** 1 where the score lies in the abstain band of its fold. */
  abstained: Uint8Array;
  patients: PatientIndex;
  /** Patients without a parasitized cell by the archive's labels, whichever are chosen. */
  healthy: ReadonlySet<string>;
  index: ScoreIndex;
  /** The threshold of each cell's own fold. */
  thresholds: Float64Array;
  /** Log-odds of the scores in the order of `index.order`, falling. */
  sortedLogits: Float64Array;
  /** Rows by the log-odds of their score above those of their own fold's threshold, falling; and these margins. */
  ownOrder: Uint32Array;
  sortedMargins: Float64Array;
}

/** Whether a cell is called parasitized: at the threshold, or at that of its own fold where it is null. */
export function isCalled(
  {scores, thresholds}: Pick<Prepared, "scores" | "thresholds">,
  threshold: number | null,
  row: number
): boolean {
  return scores[row]! >= (threshold ?? thresholds[row]!);
}

/** Some of the cells that a model scored, in the order of the manifest; all arrays run in step. */
export interface Gathered extends Pick<Prepared, "places" | "scores" | "labels" | "disputed"> {
  /** What the fold of each cell calls it by. */
  points: FoldPoint[];
}

/** Which cells to gather: `fold` is a fold's number, or `all`. */
export interface Wanted {
  fold: string;
  labels: LabelSet;
}

/** Gathers the cells of a model that a fold and a set of labels keep. */
export function gather(
  cells: Pick<Cells, "label" | "disputed" | "fold">,
  model: Pick<ModelEvaluation, "folds" | "places" | "scores" | "points">,
  {fold, labels: set}: Wanted
): Gathered {
  const scored = model.places ?? testedPlaces(cells.fold, model.folds);
  const isWanted = (place: number) =>
    (fold === "all" || cells.fold[place] === Number(fold)) && !(set === "undisputed" && cells.disputed[place]);
  let count = 0;
  const places = new Uint32Array(scored.length);
  const scores = new Float64Array(scored.length);
  const disputed = new Uint8Array(scored.length);
  const labels = new Uint8Array(scored.length);
  for (let row = 0; row < scored.length; row++) {
    const place = scored[row]!;
    if (!isWanted(place)) continue;
    const parasitized = cells.label[place] === 0;
    places[count] = place;
    scores[count] = model.scores[row]!;
    disputed[count] = cells.disputed[place]!;
    labels[count++] = Number(set === "corrected" && cells.disputed[place] ? !parasitized : parasitized);
  }
  const {points} = model;
  const byFold = new Map(points.map((point) => [point.fold, point]));
  const pointOf = (place: number) => (points.length > 1 ? byFold.get(cells.fold[place]!)! : points[0]!);
  const kept = places.subarray(0, count);
  return {
    places: kept,
    scores: scores.subarray(0, count),
    labels: labels.subarray(0, count),
    disputed: disputed.subarray(0, count),
    points: Array.from(kept, pointOf)
  };
}

/** The places of the cells of some folds. */
function testedPlaces(fold: Uint8Array, folds: readonly number[]): Uint32Array {
  const places = new Uint32Array(fold.length);
  let count = 0;
  for (let place = 0; place < fold.length; place++) if (folds.includes(fold[place]!)) places[count++] = place;
  return places.subarray(0, count);
}

/** An object whose members are made when they are first asked for, each once: what is out of sight need not be made yet. */
export function madeWhenAsked<Members extends object>(makers: {[Name in keyof Members]: () => Members[Name]}): Members {
  const made = {} as Members;
  for (const name of Object.keys(makers) as (keyof Members)[]) {
    Object.defineProperty(made, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = makers[name]();
        Object.defineProperty(made, name, {enumerable: true, value});
        return value;
      }
    });
  }
  return made;
}

/**
 * Gathers and sorts the cells of a selection, once for all thresholds.
 *
 * @throws RangeError when no cell is left
 */
export function prepare(
  cells: Pick<Cells, "count" | "label" | "disputed" | "patient" | "patients" | "fold">,
  model: Pick<ModelEvaluation, "folds" | "places" | "scores" | "points">,
  wanted: Wanted
): Prepared {
  const {places, scores, labels, disputed, points} = gather(cells, model, wanted);
  const index = scoreIndex(scores, labels);
  const infected = new Set(cells.patient.filter((_, place) => cells.label[place] === 0));
  const thresholds = new Float64Array(points.length);
  const abstained = new Uint8Array(points.length);
  points.forEach(({threshold, abstain: [low, high]}, row) => {
    thresholds[row] = threshold;
    abstained[row] = Number(scores[row]! >= low && scores[row]! <= high);
  });
  const marginOf = (row: number) => logit(scores[row]!) - logit(thresholds[row]!);
  const later = madeWhenAsked({
    calibrated: () => calibratedBy(scores, points),
    sortedLogits: () => Float64Array.from(index.order, (row) => logit(scores[row]!)),
    ownOrder() {
      const margins = Float64Array.from(scores, (_, row) => marginOf(row));
      return Uint32Array.from(index.order).sort((a, b) => margins[b]! - margins[a]!);
    },
    sortedMargins: (): Float64Array => Float64Array.from(later.ownOrder, marginOf)
  });
  return Object.assign(later, {
    places,
    scores,
    labels,
    disputed,
    index,
    thresholds,
    abstained,
    healthy: new Set(cells.patients.filter((_, code) => !infected.has(code))),
    patients: patientIndex(Array.from(places, (place) => cells.patients[cells.patient[place]!]!))
  });
}

/** The scores after the temperature of their point. */
function calibratedBy(scores: Float64Array, points: readonly FoldPoint[]): Float64Array {
  const calibrated = new Float64Array(scores.length);
  for (const point of new Set(points)) {
    const rows = Array.from(points.keys()).filter((row) => points[row] === point);
    const own = Float64Array.from(rows, (row) => scores[row]!);
    applyTemperature(own, point.temperature).forEach((score, i) => (calibrated[rows[i]!] = score));
  }
  return calibrated;
}
