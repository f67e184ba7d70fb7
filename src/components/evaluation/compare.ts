import type {EvaluationData, Figure, LabelSet} from "../../data/shapes/evaluation.js";
import {mcnemar} from "../metrics/index.js";
import {formatCount, formatFigure} from "../ui/format.js";

/** A figure with its interval in one line: "0.969 (0.961–0.976)". */
export function formatInterval({estimate, low, high}: Figure, decimals = 3): string {
  const [value, from, to] = [estimate, low, high].map((part) => formatFigure(part, decimals));
  return `${value} (${from}–${to})`;
}

/** A P value: "0.0123", or "< 0.0001". */
export function formatP(value: number): string {
  return value < 1e-4 ? "< 0.0001" : formatFigure(value, 4);
}

/** Every model on all its folds, one row each: its figures with patient intervals, and McNemar's test against the first. */
export function compareModels({models}: Pick<EvaluationData, "models">, labels: LabelSet) {
  const [first] = models;
  return models.map((model) => {
    const figures = model.groups[0]!.figures[labels];
    const {shared, ...pairs} = model.discordant[labels];
    const test = model === first || shared === 0 ? null : mcnemar(pairs);
    return {
      model: model.title,
      folds: model.protocol === "random" ? "random" : model.folds.join(" "),
      cells: formatCount(model.cells[labels]),
      accuracy: formatInterval(figures.accuracy!),
      sensitivity: formatInterval(figures.sensitivity!),
      specificity: formatInterval(figures.specificity!),
      "ROC area": formatInterval(figures.rocArea!, 4),
      "cells in common": test ? formatCount(shared) : "",
      [`right where ${first!.title} is not`]: test ? formatCount(pairs.onlySecond) : "",
      "the other way round": test ? formatCount(pairs.onlyFirst) : "",
      "McNemar P": test ? formatP(test.pValue) : ""
    };
  });
}
