import {max, mean} from "d3";
import type {TrainingHistory} from "../../data/shapes/history.js";
import {smooth, valley} from "../charts/training-series.js";
import {formatFigure, formatPercent} from "../ui/format.js";

// The titles of the training page's figures: what each shows, in a sentence made of the numbers that it draws.

type Histories = readonly Pick<TrainingHistory, "boundary" | "epochs" | "steps">[];

function folds(count: number, all: number): string {
  if (all === 1) return count ? "the only fold" : "0 of 1";
  return count === all ? `all ${all} folds` : `${count} of ${all} folds`;
}
const meanOf = (histories: Histories, name: "validLoss" | "validAccuracy", epoch: number) =>
  mean(histories, ({epochs}) => epochs.at(epoch)![name])!;

/** Where the validation loss is lowest. */
export function lossFinding(histories: Histories): string {
  const best = histories.filter(({epochs}) => {
    const least = Math.min(...epochs.map(({validLoss}) => validLoss));
    return epochs.at(-1)!.validLoss === least;
  }).length;
  const [first, last] = [0, -1].map((epoch) => formatFigure(meanOf(histories, "validLoss", epoch)));
  return `Validation loss falls from ${first} to ${last}, and is lowest after the last epoch in ${folds(best, histories.length)}`;
}

/** What the head alone learns, and what training all layers adds. */
export function accuracyFinding(histories: Histories): string {
  const {boundary} = histories[0]!;
  const last = meanOf(histories, "validAccuracy", -1);
  if (boundary === 0) return `${formatPercent(last)} of the validation cells are right in the end`;
  const head = meanOf(histories, "validAccuracy", boundary - 1);
  return `A new head on old eyes gets ${formatPercent(head)} right; training all layers brings ${formatPercent(last)}`;
}

/** How much of what is learned is learned in the first epoch. */
export function stepsFinding(histories: Histories): string {
  const shares = histories.map(({steps}) => {
    const losses = smooth(
      steps.map(({loss}) => loss),
      0.9
    );
    const after =
      losses[
        Math.max(
          0,
          steps.findLastIndex(({epoch}) => epoch <= 1)
        )
      ]!;
    const [first, last] = [losses[0]!, losses.at(-1)!];
    return (first - after) / (first - last);
  });
  return `${formatPercent(mean(shares)!, 0)} of the fall of the training loss comes in the first epoch`;
}

/** How much faster the head learns than the first layers. */
export function learningRatesFinding({steps, boundary}: Histories[number]): string {
  const together = steps.filter(({epoch}) => epoch > boundary);
  const highest = (group: number) => max(together, ({learningRates}) => learningRates.at(group)!) ?? NaN;
  const times = highest(-1) / highest(0);
  return times > 1
    ? `The head learns up to ${formatFigure(times, 0)} times as fast as the first layers`
    : "All layers learn equally fast";
}

/** How low momentum falls, and when. */
export function momentumFinding({steps}: Histories[number]): string {
  const lowest = Math.min(...steps.map(({momentum}) => momentum));
  return `Momentum falls to ${formatFigure(lowest, 2)} where the learning rate is highest`;
}

/** How the chosen rate lies to what the finders suggest. */
export function findersFinding(
  histories: readonly Pick<TrainingHistory, "learningRateFinder">[],
  rate: number
): string {
  const valleys = histories.flatMap(({learningRateFinder: points}) => (points && valley(points)) ?? []);
  if (valleys.length === 0) return "The learning-rate finder was not run";
  const above = valleys.filter(({learningRate}) => rate > learningRate).length;
  const factor = rate / mean(valleys, ({learningRate}) => learningRate)!;
  const times = `${formatFigure(factor > 1 ? factor : 1 / factor, 1)} times`;
  return `The chosen rate of ${rate} is ${times} ${factor > 1 ? "as high as" : "below"} what the finders suggest, and above the valley in ${folds(above, valleys.length)}`;
}

/** Where the finder of one fold puts its valley, and how the chosen rate lies to it. */
export function finderFinding(
  points: NonNullable<TrainingHistory["learningRateFinder"]>,
  rate: number | undefined
): string {
  const found = valley(points)?.learningRate;
  if (found === undefined) return "The loss has no valley";
  const at = `Valley at ${found.toExponential(1)}`;
  if (rate === undefined) return at;
  return rate > found
    ? `${at}: the chosen rate is ${formatFigure(rate / found, 1)} times as high`
    : `${at}: the chosen rate is ${formatFigure(found / rate, 1)} times below it`;
}
