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
  const tested = new Set(model.folds);
  const scored = model.places ?? Array.from(cells.fold.keys()).filter((place) => tested.has(cells.fold[place]!));
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
    [places[count], scores[count], disputed[count]] = [place, model.scores[row]!, cells.disputed[place]!];
    const parasitized = cells.label[place] === 0;
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
  const scaled = new Map(model.points.map((point) => [point, applyTemperature(scores, point.temperature)]));
  const index = scoreIndex(scores, labels);
  const infected = new Set(cells.patient.filter((_, place) => cells.label[place] === 0));
  const thresholds = Float64Array.from(points, ({threshold}) => threshold);
  const margins = Float64Array.from(scores, (score, i) => logit(score) - logit(thresholds[i]!));
  const ownOrder = Uint32Array.from(index.order).sort((a, b) => margins[b]! - margins[a]!);
  return {
    places,
    scores,
    labels,
    disputed,
    index,
    thresholds,
    ownOrder,
    healthy: new Set(cells.patients.filter((_, code) => !infected.has(code))),
    calibrated: Float64Array.from(points, (point, i) => scaled.get(point)![i]!),
    abstained: Uint8Array.from(points, ({abstain: [low, high]}, i) => Number(scores[i]! >= low && scores[i]! <= high)),
    patients: patientIndex(Array.from(places, (place) => cells.patients[cells.patient[place]!]!)),
    sortedLogits: Float64Array.from(index.order, (i) => logit(scores[i]!)),
    sortedMargins: Float64Array.from(ownOrder, (i) => margins[i]!)
  };
}
