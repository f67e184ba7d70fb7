import {falseAlarmGrid} from "../../data/shapes/evaluation.js";
import type {EvaluationData} from "../../data/shapes/evaluation.js";
import {confusionMatrixPlot, updateConfusionMatrix} from "../charts/confusion-matrix-plot.js";
import {markLines, markPoint} from "../charts/operating-mark.js";
import {healthyPatients, moveHealthyPatients, movePatientDots, patientDots} from "../charts/patient-charts.js";
import {labelLegend} from "../charts/picture.js";
import {reliabilityPlot, scoreHistogram} from "../charts/score-charts.js";
import {markRates, precisionRecallPlot, ratesByThreshold, rocPlot} from "../charts/threshold-charts.js";
import type {OtherCurve} from "../charts/threshold-charts.js";
import {precision, sensitivity, specificity} from "../metrics/index.js";
import {formatFigure, formatPercent} from "../ui/format.js";
import {legend} from "../ui/legend.js";
import {liveFigure} from "../ui/live-figure.js";
import type {LiveFigureOptions} from "../ui/live-figure.js";
import type {View} from "../ui/view.js";
import {markChosen} from "./choices.js";
import type {Current} from "./current.js";
import {bandPoints} from "./curves.js";
import {
  healthyFinding,
  histogramFinding,
  matrixFinding,
  patientsFinding,
  precisionRecallFinding,
  ratesFinding,
  reliabilityFinding,
  rocFinding
} from "./findings.js";
import {reliabilityBins} from "./parts.js";
import {binName, logit} from "./score-bins.js";
import {fileNameOf} from "./selection.js";

/** A figure of the current selection: drawn anew when its cells change, adjusted when only the threshold does. */
export function follow(
  make: (now: () => Current) => LiveFigureOptions,
  adjust?: (chart: SVGSVGElement, current: Current) => void
): View<Current> {
  let current: Current | undefined;
  const options = make(() => current!);
  const {draw} = options;
  options.draw = (size) => {
    const chart = draw(size);
    markChosen(chart, current!.selection);
    return chart;
  };
  const figure = liveFigure({...options, waits: true});
  return {
    node: figure.node,
    dispose: figure.dispose,
    update(next, fresh) {
      const same = current?.threshold === next.threshold && !fresh;
      current = next;
      if (fresh || !adjust) figure.redraw();
      else if (!same) figure.adjust((chart) => adjust(chart, next));
      markChosen(figure.node, next.selection);
    }
  };
}

/** All charts of the page, by name. */
export function evaluationFigures(data: EvaluationData) {
  const both = "Violet: parasitized. Rose: uninfected.";
  const band = `The band holds 95 % of ${data.bandDraws} draws of whole patients.`;

  const matrix = follow(
    (now) => ({
      name: "Confusion matrix",
      finding: () => matrixFinding(now()),
      draw: ({width}) => confusionMatrixPlot(now().matrix, {width}),
      caption: () =>
        "Positive class: parasitized. Rows are the label, columns the network's answer; shares are of the row. A false negative is a missed parasite, a false positive a false alarm. Click a field to see its cells.",
      table: () => {
        const {truePositives, falseNegatives, falsePositives, trueNegatives} = now().matrix;
        return [
          {label: "parasitized", "answer parasitized": truePositives, "answer uninfected": falseNegatives},
          {label: "uninfected", "answer parasitized": falsePositives, "answer uninfected": trueNegatives}
        ];
      },
      download: () => fileNameOf(now(), "confusion-matrix"),
      maxWidth: 520,
      eager: true
    }),
    (chart, {matrix}) => updateConfusionMatrix(chart, matrix)
  );

  const roc = follow(
    (now) => ({
      name: "ROC curves",
      finding: () => rocFinding(now().prepared),
      draw: ({width}) =>
        rocPlot(now().curves.roc, {
          width,
          area: now().curves.area,
          band: bandPoints(now().bands.roc, "roc"),
          operatingPoint: {falsePositiveRate: 1 - now().specificity, truePositiveRate: now().sensitivity},
          title: now().model.title,
          others: otherCurves(data, now())
        }),
      caption: () =>
        `Each point is a threshold: how many parasitized cells it finds against how many uninfected ones it calls wrongly. Area ${formatFigure(now().curves.area, 4)}. The ring is ${now().threshold === null ? "each fold at its own threshold, so it need not lie on the curve, which takes one threshold for all" : "the threshold in use"}; the dotted line is guessing. ${otherWords(data, now())}The axis of false alarms is logarithmic. ${band}`,
      table: () => rocRows(data, now()),
      download: () => fileNameOf(now(), "roc-curve"),
      maxWidth: 440
    }),
    (chart, {sensitivity, specificity}) =>
      markRates(chart, {falsePositiveRate: 1 - specificity, truePositiveRate: sensitivity})
  );

  const precisionRecall = follow(
    (now) => ({
      name: "Precision–recall curve",
      finding: () => precisionRecallFinding(now().curves),
      draw: ({width}) =>
        markPoint(
          precisionRecallPlot(now().curves.precisionRecall, {
            width,
            averagePrecision: now().curves.averagePrecision,
            share: now().curves.share,
            band: bandPoints(now().bands.precisionRecall, "precisionRecall")
          }),
          {x: now().sensitivity, y: precision(now().matrix)}
        ),
      caption: () =>
        `Of the cells called parasitized, how many are; against how many of all parasitized cells that finds. Average precision ${formatFigure(now().curves.averagePrecision, 4)}. It holds for these cells, ${formatPercent(now().curves.share)} of them parasitized, and not for a smear. Axes of a good curve begin at .8. ${band}`,
      table: () => now().curves.precisionRecall,
      download: () => fileNameOf(now(), "precision-recall-curve"),
      maxWidth: 440
    }),
    (chart, {sensitivity, matrix}) => markPoint(chart, {x: sensitivity, y: precision(matrix)})
  );

  const rates = follow(
    (now) => ({
      name: "Both rates by threshold",
      finding: () => ratesFinding(now().curves),
      draw: ({width}) => markLines(ratesByThreshold(now().curves.rates, {width}), now().thresholds),
      caption: () =>
        `At ${thresholdWords(now())}, sensitivity is ${formatFigure(sensitivity(now().matrix))} and specificity ${formatFigure(specificity(now().matrix))}. Values below 0.8 are drawn at the bottom edge.`,
      table: () => now().curves.rates,
      legend: legend([
        {label: "sensitivity", colour: "var(--color-parasitized)", shape: "line"},
        {label: "specificity", colour: "var(--color-uninfected)", shape: "dashed"}
      ]),
      download: () => fileNameOf(now(), "rates-by-threshold")
    }),
    (chart, {thresholds}) => markLines(chart, thresholds)
  );

  const histogram = follow(
    (now) => ({
      name: "Scores",
      finding: () => histogramFinding(now().curves),
      draw: ({width}) => markLines(scoreHistogram(now().curves.histogram, {width}), now().thresholds.map(bounded)),
      caption: () =>
        `How sure the network is. ${both} Both axes are drawn out where there is little: scores in log-odds, counts by their logarithm; ${now().threshold === null ? "the dashed lines are the folds' own thresholds" : "the dashed line is the threshold"}. What is above the axis left of the line is missed, what is below it right of the line is a false alarm. Click a bar to see its cells.`,
      table: () =>
        now().curves.histogram.map(({bin, parasitized, uninfected}) => ({
          score: binName(bin),
          parasitized,
          uninfected
        })),
      legend: labelLegend(),
      download: () => fileNameOf(now(), "score-histogram")
    }),
    (chart, {thresholds}) => markLines(chart, thresholds.map(bounded))
  );

  const reliability = follow(
    (now) => ({
      name: "Calibration",
      finding: () => reliabilityFinding(now().curves),
      draw: ({width}) => reliabilityPlot(now().curves.reliability, {width}),
      caption: () => {
        const {before, after} = now().curves.calibration;
        return `If the network says .8, are 8 of 10 such cells parasitized? On the diagonal, yes. Temperature scaling (T chosen on validation patients) changes the expected calibration error, in ${reliabilityBins} equal bins, from ${formatFigure(before.error, 4)} to ${formatFigure(after.error, 4)}, and the Brier score from ${formatFigure(before.brier, 4)} to ${formatFigure(after.brier, 4)}. Bars at the foot: cells of each bin, on a logarithmic scale. Uprights: 95 % intervals, as if cells were independent. Click a dot to see its cells.`;
      },
      table: () =>
        now().curves.reliability.map(({stage, low, high, count, meanScore, positiveShare}) => ({
          stage: `${stage} temperature`,
          bin: `${low.toFixed(3)} to ${high.toFixed(3)}`,
          cells: count,
          "mean score": formatFigure(meanScore, 4),
          "parasitized share": formatFigure(positiveShare, 4)
        })),
      legend: legend([
        {label: "before temperature", colour: "var(--color-notice)", shape: "dashed"},
        {label: "after temperature", colour: "var(--color-accent)", shape: "line"}
      ]),
      download: () => fileNameOf(now(), "reliability"),
      maxWidth: 440
    }),
    () => {}
  );

  const patients = follow(
    (now) => ({
      name: "Patients",
      finding: () => patientsFinding(now()),
      draw: ({width}) => patientDots(now().patients, {width}),
      caption: () =>
        "One dot a patient, larger for more cells; the best are at the top right. Rates below .6 stand at the edge. Click a dot to see that patient’s wrong cells.",
      table: () =>
        now().patients.map(({patient, cells, positives, sensitivity, specificity}) => ({
          patient,
          cells,
          parasitized: positives,
          sensitivity: formatFigure(sensitivity),
          specificity: formatFigure(specificity)
        })),
      legend: legend([
        {label: "with parasitized cells", colour: "var(--color-parasitized)"},
        {label: "without", colour: "var(--color-uninfected)"}
      ]),
      download: () => fileNameOf(now(), "patients"),
      maxWidth: 560
    }),
    (chart, {patients}) => movePatientDots(chart, patients)
  );

  const healthy = follow(
    (now) => ({
      name: "The healthy",
      finding: () => healthyFinding(now()),
      draw: ({width}) =>
        healthyPatients(now().healthyPatients, {width, mean: now().healthy.mean, upper: now().healthy.upper}),
      caption: () => {
        const {count, mean, deviation, upper, hidden} = now().healthy;
        if (count === 0) return "No patient here is without a parasitized cell.";
        return `${count} patients here have no parasitized cell by the archive's labels, and yet ${formatPercent(mean, 2)} of the cells of one are called parasitized, give or take ${formatPercent(deviation, 2)} from patient to patient; in 95 % of them it is at most ${formatPercent(upper, 2)}. So a patient with ${formatPercent(hidden, 2)} parasitized cells can look like a healthy one. Most infections have fewer. Rates above 15 % stand at the top.`;
      },
      table: () =>
        now().healthyPatients.map(({patient, cells, matrix, falsePositiveRate}) => ({
          patient,
          cells,
          "false alarms": matrix.falsePositives,
          "false-positive rate": formatFigure(falsePositiveRate, 4)
        })),
      download: () => fileNameOf(now(), "healthy-patients"),
      maxWidth: 560
    }),
    (chart, current) => moveHealthyPatients(chart, current.healthyPatients, current.healthy)
  );

  return {matrix, roc, precisionRecall, rates, histogram, reliability, patients, healthy};
}

/** The other models that are compared on all their folds; none while a single fold is shown. */
function otherCurves({models}: EvaluationData, {model, group, selection}: Current): OtherCurve[] {
  if (group.fold !== "all") return [];
  return models
    .filter(({name}) => name !== model.name)
    .map(({title, roc}) => ({
      title,
      points: falseAlarmGrid.map((falsePositiveRate, i) => ({
        falsePositiveRate,
        truePositiveRate: roc[selection.labels][i] ?? NaN
      }))
    }));
}

/** What the broken lines are, best first at 1 % false alarms. */
function otherWords(data: EvaluationData, current: Current): string {
  const others = otherCurves(data, current).map(({title, points}) => ({title, ...points[falseAlarmGrid.length >> 1]!}));
  if (others.length === 0) return "";
  const list = others
    .sort((a, b) => b.truePositiveRate - a.truePositiveRate)
    .map(({title, truePositiveRate}) => `${title} ${formatPercent(truePositiveRate)}`);
  return `Broken: other models on all their folds, which find at 1\u00a0% false alarms: ${list.join(", ")}. `;
}

/** The curve of the chosen model point by point, then the others at the rates at which they are compared. */
function rocRows(data: EvaluationData, current: Current) {
  const others = otherCurves(data, current).flatMap(({title, points}) =>
    points.map((point) => ({model: title, threshold: null, ...point}))
  );
  return [...current.curves.roc.map((point) => ({model: current.model.title, ...point})), ...others];
}

/** The threshold or thresholds in use, in words. */
function thresholdWords({threshold, thresholds}: Current): string {
  if (threshold !== null) return `the threshold ${formatFigure(threshold)}`;
  return `each fold's own threshold (${thresholds.map((value) => formatFigure(value)).join(", ")})`;
}

/** The threshold in log-odds, kept on the axis of the histogram. */
function bounded(threshold: number): number {
  return Math.min(6, Math.max(-6, logit(threshold)));
}
