import {extent, max} from "d3";
import type {TrainingFlips} from "../../data/shapes/flips.js";
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
import {findingList} from "../ui/figures.js";
import {formatFigure} from "../ui/format.js";
import {checkbox, range, select} from "../ui/inputs.js";
import {legend} from "../ui/legend.js";
import type {LegendEntry} from "../ui/legend.js";
import {liveFigure} from "../ui/live-figure.js";
import type {LiveFigure, LiveFigureOptions} from "../ui/live-figure.js";
import {choiceProperty, flagProperty, numberProperty, urlState} from "../ui/url-state.js";
import type {Property} from "../ui/url-state.js";
import {problemNotice} from "../ui/view.js";
import {flipGallery} from "./flip-gallery.js";
import {
  accuracyFinding,
  finderFinding,
  findersFinding,
  lossFinding,
  momentumFinding,
  learningRatesFinding,
  stepsFinding
} from "./training-findings.js";

/** What the address of the training page may say: smoothing, scale, the folds to show, and the epoch whose flipped cells are shown. */
export function trainingTable(all: readonly number[], turning: readonly number[] = []) {
  const [first = 2, last = first] = extent(turning);
  const folds: Property<string> = {
    fallback: all.join("-"),
    parse: (text) => (text.split("-").every((fold) => all.includes(Number(fold)) && fold !== "") ? text : undefined),
    format: (value) => value,
    expected: `some of the folds ${all.join(", ")}, joined by hyphens`
  };
  return {
    smoothing: numberProperty(0, {min: 0, max: 0.99}),
    log: flagProperty(false),
    folds,
    highlight: choiceProperty("none", ["none", ...all.map(String)]),
    colours: flagProperty(false),
    epoch: numberProperty(first, {min: first, max: last, whole: true})
  };
}

/** Options of {@link trainingNotebook}. */
export interface TrainingNotebookOptions {
  /** What each epoch flipped; null where no run kept that. */
  flips: TrainingFlips | null;
  /** Address of the pictures of flipped cells. */
  sheet: string;
}

/** The figures of the training page, tied to smoothing, scale and shown folds, which live in the page's address. */
export function trainingNotebook(
  histories: readonly TrainingHistory[],
  replaced: readonly EpochFigures[],
  {flips, sheet}: TrainingNotebookOptions
) {
  const all = histories.map(({fold}) => fold);
  const turning = flips?.epochs.map(({epoch}) => epoch) ?? [];
  const state = urlState(trainingTable(all, turning));
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
  const colours = checkbox("A colour for each fold");
  const names = new Map([["none", "no fold"], ...all.map((fold) => [String(fold), `fold ${fold}`] as const)]);
  const highlight = select("Highlight", names);
  colours.addEventListener("input", () => state.set({colours: colours.value}, {push: true}));
  highlight.addEventListener("input", () => state.set({highlight: highlight.value}, {push: true}));
  const ofFolds = all.length > 1 ? [...folds.map(({box}) => box), highlight, colours] : [];
  const controls = element("div", {class: "controls"}, smoothing, log, ...ofFolds);
  const style = (fold: number) => ({
    colour: state.values.colours ? `var(--color-fold-${fold})` : undefined,
    dim: state.values.highlight !== "none" && state.values.highlight !== String(fold)
  });

  const figures: LiveFigure[] = [];
  const figure = (options: LiveFigureOptions, reading: ReadableOptions) => {
    const made = liveFigure({maxWidth: 760, ...options});
    const place = made.node.querySelector<HTMLElement>(".chart-place")!;
    place.after(readable(place, reading));
    figures.push(made);
    return made.node;
  };

  const keys: (() => void)[] = [];
  /** What the lines' colours mean: part and system, or the fold. */
  const entries = (kind: "Loss" | "Accuracy"): LegendEntry[] => {
    const lines = trainingSeries(histories.slice(0, 1), replaced, kind).map(({name, colour, dashed}): LegendEntry => ({
      label: name,
      colour,
      shape: dashed ? "dashed" : "line"
    }));
    if (!state.values.colours) return lines;
    const own = shown().map(({fold}): LegendEntry => ({
      label: `fold ${fold}`,
      colour: `var(--color-fold-${fold})`,
      shape: "line"
    }));
    return [...lines.filter(({shape}) => shape === "dashed"), ...own];
  };
  const curve = (kind: "Loss" | "Accuracy") => {
    const series = () => trainingSeries(shown(), replaced, kind, {smoothing: state.values.smoothing, style});
    const key = element("div");
    keys.push(() => key.replaceChildren(legend(entries(kind))));
    const kept = Math.max(...histories.map(({epochs}) => epochs.length));
    return figure(
      {
        name: `${kind} by epoch`,
        finding: () => (kind === "Loss" ? lossFinding : accuracyFinding)(histories),
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
        legend: key,
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
      name: "Training loss at every step",
      finding: () => stepsFinding(histories),
      draw: ({width}) => stepLoss(losses(), {width, log: state.values.log, style}),
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
      name: "Learning rate",
      finding: () => learningRatesFinding(histories[0]!),
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
      name: "Momentum",
      finding: () => momentumFinding(histories[0]!),
      draw: ({width}) => momentumSchedule(schedule, {width}),
      caption: () => "Momentum does the opposite: it falls while the learning rate is high, and rises again.",
      table: rows,
      download: "momentum"
    },
    {label: "Momentum by epoch", positions: () => epochsOf(schedule), read: readStep}
  );

  const rate = Number(histories[0]!.recipe.rate);
  const chosen = rate > 0 ? rate : undefined;
  const highest = max(histories, ({learningRateFinder: points}) => points?.[0]?.loss) ?? 1;
  const finders = histories.flatMap(({fold, learningRateFinder: points}) =>
    points
      ? [
          figure(
            {
              name: `Learning-rate finder, fold ${fold}`,
              finding: () => finderFinding(points, chosen),
              draw: ({width}) => learningRateFinder(points, {width, height: 200, chosen, losses: [0, highest]}),
              caption: () => "Loss as the rate is raised, step by step. Ring: the valley; dotted: the chosen rate.",
              maxWidth: 320,
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

  const gallery = flips?.epochs.length
    ? flipGallery(flips, {sheet, choose: (epoch) => state.set({epoch}, {push: true})})
    : null;
  const nodes = {
    flips: gallery?.node ?? "No run kept what it said of each cell.",
    controls: element("div", problems.node, controls),
    loss: curve("Loss"),
    accuracy: curve("Accuracy"),
    steps,
    rates,
    momentum,
    finders: element("div", {class: "small-multiples"}, ...finders),
    findings: findingList([
      {text: lossFinding(histories), href: "#loss-and-accuracy"},
      {text: accuracyFinding(histories), href: "#loss-and-accuracy"},
      {text: findersFinding(histories, rate), href: "#learning-rate-finder"}
    ])
  };
  const update = () => {
    const {values} = state;
    [smoothing.value, log.value, colours.value] = [values.smoothing, values.log, values.colours];
    highlight.value = values.highlight;
    for (const key of keys) key();
    for (const {fold, box} of folds) box.value = values.folds.split("-").includes(String(fold));
    problems.say(state.problems.join(" "));
    for (const {redraw} of figures) redraw();
    gallery?.show(values.epoch);
  };
  state.subscribe(update);
  update();
  return {
    nodes,
    dispose() {
      state.dispose();
      for (const {dispose} of figures) dispose();
      gallery?.dispose();
    }
  };
}
