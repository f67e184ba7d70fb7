import type {FoldPoint, ModelScores, ModelSummary} from "../../data/shapes/evaluation.js";
import type {Row} from "../ui/csv.js";
import type {Cells} from "./cells.js";

/** What one network says of cells. */
export interface ScoredNetwork {
  name: string;
  /** Of the file that describes the network and lists its weights; null where it is not published. */
  sha256: string | null;
  /** P(parasitized) by place in the manifest; NaN where it was not scored. */
  scores: Float64Array;
  /** What the fold of the cell at a place calls it by. */
  pointOf(place: number): FoldPoint;
}

/** Lays the scores of a model out by place in the manifest. */
export function networkOf(
  cells: Pick<Cells, "count" | "fold">,
  {name, sha256, folds, points}: Pick<ModelSummary, "name" | "sha256" | "folds" | "points">,
  {places, scores: list}: Pick<ModelScores, "places" | "scores">
): ScoredNetwork {
  const scores = new Float64Array(cells.count).fill(NaN);
  const scored = places ?? [...cells.fold.keys()].filter((place) => folds.includes(cells.fold[place]!));
  scored.forEach((place, row) => (scores[place] = list[row]!));
  const byFold = new Map(points.map((point) => [point.fold, point]));
  const pointOf = (place: number) => (points.length > 1 ? byFold.get(cells.fold[place]!)! : points[0]!);
  return {name, sha256, scores, pointOf};
}

/**
 * What networks say of a cell: each one's score, threshold, answer and hash.
 *
 * @param threshold the one that the first network calls the cell at; null for that of the cell's fold, at which the
 *   other networks call it in any case
 */
export function networkColumns(networks: readonly ScoredNetwork[], place: number, threshold: number | null): Row {
  const says = networks.flatMap(({name, sha256, scores, pointOf}, i) => {
    const score = scores[place]!;
    const isKnown = !Number.isNaN(score);
    const least = isKnown ? ((i === 0 ? threshold : null) ?? pointOf(place).threshold) : null;
    return [
      [`${name}: score`, isKnown ? score : null],
      [`${name}: threshold`, least],
      [`${name}: answer`, least === null ? null : score >= least ? "parasitized" : "uninfected"],
      [`${name}: sha256 of metadata.json`, sha256]
    ];
  });
  return Object.fromEntries(says) as Row;
}
