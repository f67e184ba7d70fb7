import type {Series} from "./training-curve.js";
import type {Epoch} from "./training-history.js";

/** The part of an epoch that the replaced system's log gives as well. */
export type EpochFigures = Pick<Epoch, "epoch" | "trainLoss" | "trainAccuracy" | "validLoss" | "validAccuracy">;

/**
 * The lines of a training figure: training and validation of this network, and of the replaced system, dashed.
 *
 * @param kind which figure of an epoch to draw
 */
export function trainingSeries(
  epochs: readonly EpochFigures[],
  replaced: readonly EpochFigures[],
  kind: "Loss" | "Accuracy"
): Series[] {
  const line = (source: readonly EpochFigures[], part: "train" | "valid", rest: Omit<Series, "points">): Series => ({
    ...rest,
    points: source.map((epoch) => ({epoch: epoch.epoch, value: epoch[`${part}${kind}`]}))
  });
  const training = {colour: "var(--color-notice)", hollow: true};
  const validation = {colour: "var(--color-accent)"};
  return [
    line(replaced, "train", {name: "training, replaced system", ...training, dashed: true}),
    line(replaced, "valid", {name: "validation, replaced system", ...validation, dashed: true}),
    line(epochs, "train", {name: "training", ...training}),
    line(epochs, "valid", {name: "validation", ...validation})
  ];
}

/** The numbers behind a training figure: one row an epoch of each system. */
export function trainingRows(epochs: readonly EpochFigures[], replaced: readonly EpochFigures[]) {
  const rows = (system: string, source: readonly EpochFigures[]) =>
    source.map(({epoch, trainLoss, validLoss, trainAccuracy, validAccuracy}) => ({
      ...{system, epoch, trainLoss, validLoss, trainAccuracy, validAccuracy}
    }));
  return [...rows("this network", epochs), ...rows("replaced system", replaced)];
}
