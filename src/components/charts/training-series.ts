import type {Epoch} from "../../data/shapes/history.js";
import {smooth} from "./smooth.js";
import type {Series} from "./training-curve.js";

/** The part of an epoch that the replaced system's log gives as well. */
export type EpochFigures = Pick<Epoch, "epoch" | "trainLoss" | "trainAccuracy" | "validLoss" | "validAccuracy">;

/** The epochs of the training for one fold. */
export interface FoldEpochs {
  fold: number;
  epochs: readonly EpochFigures[];
}

/**
 * The lines of a training figure: training and validation of each fold, and of the replaced system, dashed.
 *
 * @param kind which figure of an epoch to draw
 * @param options.smoothing weight of the past, 0…1; above 0 the values as they were are added, faint
 */
export function trainingSeries(
  folds: readonly FoldEpochs[],
  replaced: readonly EpochFigures[],
  kind: "Loss" | "Accuracy",
  {smoothing = 0}: {smoothing?: number} = {}
): Series[] {
  const lines = (source: readonly EpochFigures[], part: "train" | "valid", rest: Omit<Series, "points">): Series[] => {
    if (source.length === 0) return [];
    const values = source.map((epoch) => epoch[`${part}${kind}`]);
    const points = (shown: number[]) => source.map(({epoch}, i) => ({epoch, value: shown[i]!}));
    const raw = {...rest, name: `${rest.name}, not smoothed`, faint: true, points: points(values)};
    return [...(smoothing > 0 ? [raw] : []), {...rest, points: points(smooth(values, smoothing))}];
  };
  const training = {colour: "var(--color-notice)", hollow: true};
  const validation = {colour: "var(--color-accent)"};
  const named = (name: string, fold: number) => (folds.length > 1 ? `${name}, fold ${fold}` : name);
  return [
    ...lines(replaced, "train", {name: "training, replaced system", ...training, dashed: true}),
    ...lines(replaced, "valid", {name: "validation, replaced system", ...validation, dashed: true}),
    ...folds.flatMap(({fold, epochs}) => [
      ...lines(epochs, "train", {name: named("training", fold), ...training}),
      ...lines(epochs, "valid", {name: named("validation", fold), ...validation})
    ])
  ];
}

/** The numbers behind a training figure: one row an epoch of each fold and of the replaced system. */
export function trainingRows(folds: readonly FoldEpochs[], replaced: readonly EpochFigures[]) {
  const rows = (system: string, source: readonly EpochFigures[]) =>
    source.map(({epoch, trainLoss, validLoss, trainAccuracy, validAccuracy}) => ({
      system,
      epoch,
      trainLoss,
      validLoss,
      trainAccuracy,
      validAccuracy
    }));
  const name = (fold: number) => (folds.length > 1 ? `this network, fold ${fold}` : "this network");
  return [...folds.flatMap(({fold, epochs}) => rows(name(fold), epochs)), ...rows("replaced system", replaced)];
}
