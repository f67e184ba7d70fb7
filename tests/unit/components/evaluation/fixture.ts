import type {Cells} from "../../../../src/components/gallery/cells.js";
import {random} from "../../../../src/components/metrics/index.js";
import {falseAlarmGrid, labelSets} from "../../../../src/data/shapes/evaluation.js";
import type {Bands, EvaluationData, Group, LabelSet, ModelEvaluation} from "../../../../src/data/shapes/evaluation.js";

/** Cells of `patients` patients over five folds; every fourth patient is healthy, every tenth cell disputed. */
export function makeCells(count = 600, patients = 30): Cells {
  const patient = Uint16Array.from({length: count}, (_, i) => Math.floor((i * patients) / count));
  const floats = () => new Float64Array(count);
  return {
    count,
    patients: Array.from({length: patients}, (_, i) => `C${i + 1}`),
    photographs: Array.from({length: patients}, (_, i) => `C${i + 1}_IMG`),
    photograph: patient,
    patient,
    label: Uint8Array.from(patient, (code, i) => (code % 4 === 3 ? 1 : i % 2)),
    disputed: Uint8Array.from(patient, (_, i) => Number(i % 10 === 0)),
    fold: Uint8Array.from(patient, (code) => code % 5),
    number: Float64Array.from(patient, (_, i) => i),
    width: floats(),
    height: floats(),
    red: floats(),
    green: floats(),
    blue: floats(),
    frame: floats(),
    hue: floats(),
    brightness: floats(),
    spread: floats()
  };
}

/** A model with scores that lean the right way, tested on some folds, with figures and bands that are not looked at. */
export function makeModel(cells: Cells, {name = "resnet34", folds = [0, 1, 2, 3, 4], seed = 1} = {}): ModelEvaluation {
  const uniform = random(seed);
  const places = Array.from(cells.fold.keys()).filter((place) => folds.includes(cells.fold[place]!));
  const scores = places.map((place) => {
    const lean = cells.label[place] === 0 ? 2.5 : -2.5;
    return Number((1 / (1 + Math.exp(-lean - 5 * (uniform() - 0.5)))).toFixed(6));
  });
  const figure = {estimate: 0.9, low: 0.8, high: 0.95};
  const names = ["accuracy", "sensitivity", "specificity", "rocArea", "matthewsCorrelation"];
  const figures = Object.fromEntries(names.map((key) => [key, figure]));
  const band = {low: Array<number>(41).fill(0.4), high: Array<number>(41).fill(0.9)};
  const perSet = <T>(value: T) => Object.fromEntries(labelSets.map((set) => [set, value])) as Record<LabelSet, T>;
  const group = (fold: string, threshold: number | null): Group => ({fold, threshold, figures: perSet(figures)});
  const bands: Bands = {roc: band, precisionRecall: band};
  return {
    name,
    title: name,
    sha256: null,
    protocol: "patient" as const,
    folds,
    places: null,
    scores,
    patients: cells.patients.length,
    cells: perSet(scores.length),
    met: 0,
    subgroups: [],
    laboratories: [],
    robustness: [],
    roc: perSet(falseAlarmGrid.map((rate) => Math.sqrt(rate))),
    discordant: perSet({shared: scores.length, onlyFirst: 30, onlySecond: 10}),
    bands: Object.fromEntries(["all", ...folds.map(String)].map((fold) => [fold, perSet(bands)])),
    points: folds.map((fold) => ({fold, threshold: 0.4 + fold / 100, temperature: 0.8, rule: "", abstain: [0.3, 0.7]})),
    groups: [
      group("all", folds.length > 1 ? null : 0.4 + folds[0]! / 100),
      ...folds.map((fold) => group(String(fold), 0.4 + fold / 100))
    ]
  };
}

/** An evaluation of these models. */
export function makeData(models: ModelEvaluation[]): EvaluationData {
  return {models, bandDraws: 500, draws: 200, seed: 1};
}
