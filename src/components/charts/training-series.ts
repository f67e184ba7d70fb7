import type {Epoch, FinderPoint} from "../../data/shapes/history.js";
import type {FoldStyle, Series} from "./training-charts.js";

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
 * @param options.style how each fold is drawn; where it names no colour, training and validation have one each
 */
export function trainingSeries(
  folds: readonly FoldEpochs[],
  replaced: readonly EpochFigures[],
  kind: "Loss" | "Accuracy",
  {smoothing = 0, style = () => ({dim: false})}: {smoothing?: number; style?: FoldStyle} = {}
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
    ...folds.flatMap(({fold, epochs}) => {
      const {colour, dim} = style(fold);
      const own = {...(colour && {colour}), ...(dim && {dim})};
      return [
        ...lines(epochs, "train", {name: named("training", fold), ...training, ...own}),
        ...lines(epochs, "valid", {name: named("validation", fold), ...validation, ...own})
      ];
    })
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

/**
 * Exponential moving average without the bias towards 0 at the start, as in TensorBoard: the n-th value is
 * Σ wⁿ⁻ⁱ xᵢ / Σ wⁿ⁻ⁱ. `weight` 0 keeps the values as they are.
 *
 * @throws RangeError unless 0 ≤ weight < 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`weight is ${weight}; it must be at least 0 and below 1`);
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    sum = weight * sum + value;
    total = weight * total + 1;
    return sum / total;
  });
}

/**
 * The least cross-entropy (in nats) that labels smoothed by `smoothing` (0…1) allow between two classes: the entropy of
 * the smoothed label (1 − ε/2, ε/2), as in Szegedy et al. 2016, eq. 3.
 */
export function smoothingFloor(smoothing: number): number {
  return [1 - smoothing / 2, smoothing / 2].reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
}

/**
 * The learning rate that fastai's `valley` suggests: the middle of the second third of the longest falling run of
 * losses, where a run may leave points out. Null for fewer than two points.
 */
export function valley(points: readonly FinderPoint[]): FinderPoint | null {
  if (points.length < 2) return null;
  const lengths = points.map(() => 1);
  let end = 0;
  points.forEach(({loss}, i) => {
    for (let j = 0; j < i; j++) if (loss < points[j]!.loss) lengths[i] = Math.max(lengths[i]!, lengths[j]! + 1);
    if (lengths[i]! > lengths[end]!) end = i;
  });
  const start = end - lengths[end]!;
  const third = (end - start) / 3;
  return points[Math.max(0, start + Math.floor(third) + Math.floor(third / 2))] ?? null;
}
