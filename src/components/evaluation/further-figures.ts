import type {EvaluationData} from "../../data/shapes/evaluation.js";
import {intervalDots, rateStyles, robustnessPlot} from "../charts/interval-charts.js";
import type {IntervalDot} from "../charts/interval-charts.js";
import type {Row} from "../ui/csv.js";
import {element} from "../ui/element.js";
import {formatCount, formatFigure} from "../ui/format.js";
import {legend} from "../ui/legend.js";
import {liveFigure} from "../ui/live-figure.js";
import type {LiveFigureOptions} from "../ui/live-figure.js";
import type {View} from "../ui/view.js";
import {markChosen} from "./choices.js";
import type {Current} from "./current.js";
import {
  foldDots,
  laboratoryDots,
  laboratoryRows,
  metWords,
  robustnessPanels,
  splitDots,
  subgroupDots
} from "./figure-rows.js";
import type {Replaced} from "./figure-rows.js";
import {
  foldsFinding,
  laboratoriesFinding,
  robustnessFinding,
  silentMissesText,
  splitFinding,
  subgroupsFinding
} from "./findings.js";
import {fileNameOf} from "./selection.js";

/** A figure that depends on model and labels alone; a sentence stands in its place where there is nothing to draw. */
function whereKnown(
  known: (current: Current) => boolean,
  sentence: string,
  make: (now: () => Current) => LiveFigureOptions
): View<Current> {
  let current: Current | undefined;
  const options = make(() => current!);
  const {draw} = options;
  const figure = liveFigure({
    ...options,
    waits: true,
    caption: () => (known(current!) ? options.caption() : ""),
    table: () => (known(current!) ? options.table() : []),
    finding: () => (known(current!) ? options.finding!() : ""),
    ["draw"]: (size) => {
      const chart = draw(size);
      markChosen(chart, current!.selection);
      return chart;
    }
  });
  const words = element("p", {class: "muted"}, sentence);
  return {
    node: element("div", words, figure.node),
    dispose: figure.dispose,
    update(next, fresh) {
      current = next;
      if (fresh) {
        words.hidden = known(next);
        figure.node.hidden = !known(next);
        if (known(next)) figure.redraw();
      }
      markChosen(figure.node, next.selection);
    }
  };
}

const rowsOf = (dots: readonly IntervalDot[]): Row[] =>
  dots.map(({row, figure, estimate, low, high}) => ({
    row,
    figure,
    estimate: formatFigure(estimate, 4),
    low: formatFigure(low, 4),
    high: formatFigure(high, 4)
  }));

/** Figures that follow the chosen model and labels, not the threshold: folds, random split, subgroups, changed pictures. */
export function furtherFigures(
  data: EvaluationData,
  {replaced, changed}: {replaced: Replaced; changed: Readonly<Record<string, string>>}
) {
  const folds = (now: Current) => foldDots(now.model, now.selection.labels);
  const split = (now: Current) => splitDots(data, replaced, now.selection.labels);
  const panels = (now: Current) => robustnessPanels(now.model.robustness, changed);
  return {
    folds: whereKnown(
      (now) => folds(now).length > 0,
      "This model was tested on one part of the cells only, so there is nothing to compare.",
      (now) => ({
        name: "Fold by fold",
        finding: () => foldsFinding(now().model, now().selection.labels),
        draw: ({width}) => intervalDots(folds(now()), {width, label: "Figures of each fold"}),
        caption: () =>
          `Each fold at its own chosen threshold, ${now().selection.labels} labels, with 95 % intervals by resampling patients. The hollow dot is the mean of the folds, its bar their standard deviation. Every fold was trained once, from one seed: how much another seed would change is not known.`,
        table: () => rowsOf(folds(now())),
        download: () => fileNameOf(now(), "folds"),
        maxWidth: 1440
      })
    ),
    split: whereKnown(
      (now) => split(now).length > 0,
      "The network of this site has not been trained on a random split yet, so there is nothing to set beside it.",
      (now) => ({
        name: "Patient split and random split",
        finding: () => splitFinding(split(now())),
        draw: ({width}) => intervalDots(split(now()), {width, label: "Patients apart, and a random split"}),
        caption: () =>
          `The same recipe twice, ${now().selection.labels} labels, with 95 % intervals by resampling patients. ${metWords(data)} Hollow: the replaced system, whose interval is Wilson's, as if cells were independent, for nothing else is known of it.`,
        table: () => rowsOf(split(now())),
        download: () => fileNameOf(now(), "random-split"),
        maxWidth: 1440
      })
    ),
    subgroups: whereKnown(
      ({model}) => model.subgroups.length > 0,
      "Figures of parts of the cells were not computed for this model.",
      (now) => ({
        name: "Subgroups",
        finding: () => subgroupsFinding(now().model),
        draw: ({width}) => intervalDots(subgroupDots(now().model), {width, label: "Figures of parts of the cells"}),
        caption: () =>
          "Parts of the tested cells by all that the set knows of them; original labels, each cell at its own fold's threshold, with 95 % intervals by resampling patients. Where a part has fewer than five patients there is no interval. One patient (C47) was photographed through two microscopes. Age and sex are unknown.",
        table: () =>
          now().model.subgroups.map(({factor, group, cells, patients, figures}) => ({
            factor,
            group,
            cells: formatCount(cells),
            patients,
            ...Object.fromEntries(
              Object.entries(figures).map(([name, {estimate}]) => [name, formatFigure(estimate, 4)])
            )
          })),
        download: () => fileNameOf(now(), "subgroups"),
        maxWidth: 1440
      })
    ),
    laboratories: whereKnown(
      ({model}) => model.laboratories.length > 0,
      "This model was not tested on cells of other laboratories.",
      (now) => ({
        name: "Other laboratories",
        finding: () => laboratoriesFinding(now().model),
        draw: ({width}) => intervalDots(laboratoryDots(now().model), {width, label: "Figures of other laboratories"}),
        caption: () =>
          `${silentMissesText(now().model)} Cells of other laboratories, cut out, brought to the training cells’ stain where theirs is foreign, and called as the classifier calls them. Sensitivity and specificity are of those that got an answer. The lines are 95 % intervals by resampling slides or fields, missing where there are too few of them, or too few errors, to say. No weight was fitted on any of them; limits and the threshold for foreign stains were. Of a laboratory that took part in that only slides and fields count that did not, but all of BBBC041’s: its own figures flatter. Never met: limits and threshold were fitted without the laboratory, as they were without yours, and all its cells count.`,
        table: () => laboratoryRows(now().model.laboratories),
        legend: legend([
          {label: "the shipped classifier", colour: "var(--color-accent)", shape: "dot"},
          {label: "had it never met the laboratory", colour: "var(--color-accent)", shape: "ring"}
        ]),
        download: () => fileNameOf(now(), "laboratories"),
        unfolded: true,
        maxWidth: 1440
      })
    ),
    robustness: whereKnown(
      ({model}) => model.robustness.length > 0,
      "This model was not tested on changed pictures.",
      (now) => ({
        name: "Robustness to image changes",
        finding: () => robustnessFinding(now().model),
        draw: ({width}) => robustnessPlot(panels(now()), {width}),
        caption: () =>
          `The shipped network on ${formatCount(now().model.robustness[0]!.cells)} cells of held-out patients whose pictures were changed in one way at a time; original labels, the shipped threshold. Each panel goes from the picture as it is (“none”) to the most changed, with one cell at each level. Rates go from .9 to 1; ▲ with a value marks one that is lower.`,
        table: () => now().model.robustness.map((figures) => ({...figures})),
        legend: legend(Object.values(rateStyles)),
        download: () => fileNameOf(now(), "robustness"),
        maxWidth: 1440
      })
    )
  };
}
