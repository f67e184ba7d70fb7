import type {Cells} from "../gallery/cells.js";
import {discordantPairs, mcnemar} from "../metrics/index.js";
import {formatCount, formatFigure} from "../ui/format.js";
import type {EvaluationData, Figure, LabelSet, ModelEvaluation} from "./data.js";
import {isCalled, prepare} from "./prepare.js";
import type {Prepared} from "./prepare.js";

/** A figure with its interval in one line: "0.969 (0.961–0.976)". */
export function formatInterval({estimate, low, high}: Figure, decimals = 3): string {
  const [value, from, to] = [estimate, low, high].map((part) => formatFigure(part, decimals));
  return `${value} (${from}–${to})`;
}

/** Every model on all its folds, one row each: its figures with patient intervals, and McNemar's test against the first. */
export function compareModels(data: EvaluationData, cells: Cells, labels: LabelSet) {
  const first = data.models[0]!;
  const reference = rightAnswers(first, prepare(cells, first, {fold: "all", labels}));
  return data.models.map((model) => {
    const figures = model.groups[0]!.figures[labels];
    const right = rightAnswers(model, prepare(cells, model, {fold: "all", labels}));
    const shared = [...reference.keys()].filter((place) => right.has(place));
    const answers = (from: Map<number, number>) => Uint8Array.from(shared, (place) => from.get(place)!);
    const pairs = discordantPairs(answers(reference), answers(right));
    const test = model === first ? null : mcnemar(pairs);
    return {
      model: model.title,
      folds: model.folds.join(" "),
      cells: formatCount(right.size),
      accuracy: formatInterval(figures.accuracy!),
      sensitivity: formatInterval(figures.sensitivity!),
      specificity: formatInterval(figures.specificity!),
      "ROC area": formatInterval(figures.rocArea!, 4),
      [`right where ${first.title} is not`]: test ? formatCount(pairs.onlySecond) : "",
      "the other way round": test ? formatCount(pairs.onlyFirst) : "",
      "McNemar P": test ? (test.pValue < 1e-4 ? "< 0.0001" : formatFigure(test.pValue, 4)) : ""
    };
  });
}

/** 1 where the answer is right, by place in the manifest. */
function rightAnswers(model: ModelEvaluation, prepared: Prepared): Map<number, number> {
  const {threshold} = model.groups[0]!;
  const right = (row: number) => isCalled(prepared, threshold, row) === (prepared.labels[row] === 1);
  return new Map(Array.from(prepared.places, (place, row) => [place, Number(right(row))]));
}
