import type {TrainingHistory} from "../../data/shapes/history.js";
import {readable} from "../charts/readable.js";
import type {ReadableOptions} from "../charts/readable.js";
import {
  learningRateFinder,
  learningRateSchedule,
  momentumSchedule,
  stepLoss,
  trainingCurve
} from "../charts/training-charts.js";
import {smooth, trainingRows, trainingSeries} from "../charts/training-series.js";
import type {EpochFigures} from "../charts/training-series.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";
import {checkbox, range} from "../ui/inputs.js";
import {legend} from "../ui/legend.js";
import {liveFigure} from "../ui/live-figure.js";
import type {LiveFigure, LiveFigureOptions} from "../ui/live-figure.js";
import {flagProperty, numberProperty, urlState} from "../ui/url-state.js";
import type {Property} from "../ui/url-state.js";
import {problemNotice} from "../ui/view.js";

/** What the address of the training page may say: smoothing, scale, and the folds to show. */
export function trainingTable(all: readonly number[]) {
  const folds: Property<string> = {
    fallback: all.join("-"),
    parse: (text) => (text.split("-").every((fold) => all.includes(Number(fold)) && fold !== "") ? text : undefined),
    format: (value) => value,
    expected: `some of the folds ${all.join(", ")}, joined by hyphens`
  };
  return {smoothing: numberProperty(0, {min: 0, max: 0.99}), log: flagProperty(false), folds};
}

/** The figures of the training page, tied to smoothing, scale and shown folds, which live in the page's address. */
export function trainingNotebook(histories: readonly TrainingHistory[], replaced: readonly EpochFigures[]) {
  const all = histories.map(({fold}) => fold);
  const state = urlState(trainingTable(all));
  const shown = () => histories.filter(({fold}) => state.values.folds.split("-").includes(String(fold)));
  const {boundary} = histories[0]!;

  const smoothing = range("Smoothing", {min: 0, max: 0.99, step: 0.01, format: (value) => formatFigure(value, 2)});
  const log = checkbox("Logarithmic scale of losses");
  const folds = all.length > 1 ? all.map((fold) => ({fold, box: checkbox(`Fold ${fold}`)})) : [];
  const problems = problemNotice();
  smoothing.addEventListener("input", () => state.set({smoothing: smoothing.value}));
  log.addEventListener("input", () => state.set({log: log.value}, {push: true}));
  for (const {box} of folds) {
    box.addEventListener("input", () => {
      const chosen = folds.filter((entry) => entry.box.value).map(({fold}) => fold);
      state.set({folds: (chosen.length ? chosen : all).join("-")}, {push: true});
    });
  }
  const controls = element("div", {class: "controls"}, smoothing, log, ...folds.map(({box}) => box));

  const figures: LiveFigure[] = [];
  const figure = (options: LiveFigureOptions, reading: ReadableOptions) => {
    const made = liveFigure({maxWidth: 760, ...options});
    const place = made.node.querySelector<HTMLElement>(".chart-place")!;
    place.after(readable(place, reading));
    figures.push(made);
    return made.node;
  };

  const curve = (kind: "Loss" | "Accuracy") => {
    const series = () => trainingSeries(shown(), replaced, kind, {smoothing: state.values.smoothing});
    const kept = Math.max(...histories.map(({epochs}) => epochs.length));
    return figure(
      {
        draw: ({width}) =>
          trainingCurve(series(), {
            width,
            boundary,
            kept,
            label: kind.toLowerCase(),
            log: state.values.log && kind === "Loss"
          }),
        caption: () =>
          `${kind} after each epoch. Up to the dotted line only the new last layers were trained (${boundary} ${boundary === 1 ? "epoch" : "epochs"}), after it the whole network; the weights after the last epoch were kept. Dashed: the eight epochs of the replaced system, on a random split of the cells, so its validation is the easier one.`,
        table: () => trainingRows(shown(), replaced),
        eager: true,
        legend: legend(
          trainingSeries(histories.slice(0, 1), replaced, kind).map(({name, colour, dashed}) => ({
            label: name,
            colour,
            shape: dashed ? "dashed" : "line"
          }))
        ),
        download: `training-${kind.toLowerCase()}`
      },
      {
        label: `${kind} by epoch`,
        positions: () =>
          [...new Set(series().flatMap(({points}) => points.map(({epoch}) => epoch)))].sort((a, b) => a - b),
        read: (epoch) =>
          `Epoch ${epoch}: ${series()
            .flatMap(({name, points}) => {
              const point = points.find((candidate) => candidate.epoch === epoch);
              return point ? [`${name} ${formatFigure(point.value, 4)}`] : [];
            })
            .join("; ")}.`
      }
    );
  };

  const losses = () =>
    shown().flatMap(({fold, steps}) => {
      const smoothed = smooth(
        steps.map(({loss}) => loss),
        state.values.smoothing
      );
      return steps.map(({step, epoch, loss}, i) => ({fold, step, epoch, loss, smoothed: smoothed[i]!}));
    });
  /** The last step of each fold up to an epoch: folds of unequal size have steps at unequal places. */
  const near = <T extends {epoch: number; fold?: number}>(rows: readonly T[], epoch: number) => [
    ...new Map(rows.filter((row) => row.epoch <= epoch + 1e-9).map((row) => [row.fold, row])).values()
  ];
  const epochsOf = (rows: readonly {epoch: number}[]) =>
    [...new Set(rows.map(({epoch}) => epoch))].sort((a, b) => a - b);

  const steps = figure(
    {
      draw: ({width}) => stepLoss(losses(), {width, log: state.values.log}),
      caption: () =>
        "The training loss of single steps (mini-batches of harder, augmented pictures). Smoothing draws a bias-corrected exponential moving average; the raw losses stay behind it, faint.",
      table: losses,
      download: "training-loss-by-step"
    },
    {
      label: "Training loss by step",
      positions: () => epochsOf(shown()[0]!.steps),
      read: (epoch) =>
        `After ${formatFigure(epoch, 2)} epochs: ${near(losses(), epoch)
          .map(
            ({fold, loss, smoothed}) => `fold ${fold}, loss ${formatFigure(loss)}, smoothed ${formatFigure(smoothed)}`
          )
          .join("; ")}.`
    }
  );

  // Every fold follows the same schedule.
  const schedule = histories[0]!.steps;
  const readStep = (epoch: number) =>
    near(schedule, epoch)
      .map(
        ({learningRates, momentum}) =>
          `After ${formatFigure(epoch, 2)} epochs: learning rates ${learningRates.map((rate) => rate.toExponential(1)).join(", ")} (first layers to head); momentum ${formatFigure(momentum)}.`
      )
      .join(" ");
  const rows = () =>
    schedule.map(({step, epoch, learningRates, momentum, loss}) => ({
      step,
      epoch,
      ...Object.fromEntries(learningRates.map((rate, group) => [`learningRate${group + 1}`, rate])),
      momentum,
      loss
    }));
  const rates = figure(
    {
      draw: ({width}) => learningRateSchedule(schedule, {width}),
      caption: () =>
        "The learning rate rises and falls once in each phase (one-cycle). The strongest line is the head, the fainter ones are the earlier layers, which already know edges and colours and are changed less. While they are frozen, of these layers only BatchNorm learns, at a tenth of the head's rate.",
      table: rows,
      download: "learning-rate"
    },
    {label: "Learning rates by epoch", positions: () => epochsOf(schedule), read: readStep}
  );
  const momentum = figure(
    {
      draw: ({width}) => momentumSchedule(schedule, {width}),
      caption: () => "Momentum does the opposite: it falls while the learning rate is high, and rises again.",
      table: rows,
      download: "momentum"
    },
    {label: "Momentum by epoch", positions: () => epochsOf(schedule), read: readStep}
  );

  const finders = histories.flatMap(({fold, learningRateFinder: points}) =>
    points
      ? [
          figure(
            {
              draw: ({width}) => learningRateFinder(points, {width}),
              caption: () =>
                `The learning-rate finder of fold ${fold}: before training, the rate is raised step by step and the loss watched. A good rate lies where the loss falls, well before it shoots up; the ring is fastai's “valley”.`,
              table: () => points.map((point) => ({...point})),
              download: `learning-rate-finder-fold-${fold}`
            },
            {
              label: `Loss by learning rate, fold ${fold}`,
              positions: () => points.map(({learningRate}) => learningRate),
              read: (rate) =>
                `Learning rate ${rate.toExponential(1)}: loss ${formatFigure(points.find((point) => point.learningRate === rate)!.loss)}.`
            }
          )
        ]
      : []
  );

  const nodes = {
    controls: element("div", problems.node, controls),
    loss: curve("Loss"),
    accuracy: curve("Accuracy"),
    steps,
    rates,
    momentum,
    finders: element("div", ...finders)
  };
  const update = () => {
    const {values} = state;
    [smoothing.value, log.value] = [values.smoothing, values.log];
    for (const {fold, box} of folds) box.value = values.folds.split("-").includes(String(fold));
    problems.say(state.problems.join(" "));
    for (const {redraw} of figures) redraw();
  };
  state.subscribe(update);
  update();
  return {
    nodes,
    dispose() {
      state.dispose();
      for (const {dispose} of figures) dispose();
    }
  };
}
