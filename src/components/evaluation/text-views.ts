import type {EvaluationData, LabelSet} from "../../data/shapes/evaluation.js";
import type {Headline} from "../../data/shapes/report.js";
import {classificationReport, formatClassificationReport} from "../metrics/index.js";
import {element} from "../ui/element.js";
import {bigFigures} from "../ui/figures.js";
import {formatCount, formatFigure, formatPercent} from "../ui/format.js";
import {scrollTable} from "../ui/table.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import {compareModels, macroRows, mcnemarSentences} from "./figure-rows.js";
import {headlineEstimates, headlineIntervals, headlineNames} from "./threshold-figures.js";
import type {HeadlineName} from "./threshold-figures.js";

const headlines: Record<HeadlineName, [name: string, format: (value: number) => string]> = {
  accuracy: ["accuracy: right answers", formatPercent],
  sensitivity: ["sensitivity: parasitized cells found", formatPercent],
  specificity: ["specificity: uninfected cells cleared", formatPercent],
  rocArea: ["area under the ROC curve", (value) => formatFigure(value, 4)],
  matthewsCorrelation: ["Matthews correlation", formatFigure]
};

/** What calls a cell parasitized in the selection: network, folds, thresholds, and where these come from. */
export function introView({shipped, headline}: {shipped: string; headline: Headline}): View<Current> {
  const node = element("p");
  return {
    node,
    update({model, group, selection}) {
      const {title, points, name} = model;
      const own = group.fold === "all" ? points : points.filter(({fold}) => String(fold) === group.fold);
      const thresholds = own.map(({threshold}) => formatFigure(threshold)).join(", ");
      const folds = own.map(({fold}) => fold).join(", ");
      const chosen =
        own.length === 1
          ? `${title}, tested on fold ${folds}, with a threshold of ${thresholds}, which comes`
          : `${title}, tested on folds ${folds}. Each fold was tested by a network of its own, with a threshold of its own (${thresholds}), which comes`;
      const moved = Number.isNaN(selection.threshold)
        ? ""
        : ` You have moved it to ${formatFigure(selection.threshold)}.`;
      const {fold, accuracy} = headline;
      const bridge =
        name === shipped && group.fold === "all" && own.length > 1
          ? ` Home and the model card show fold ${fold}, whose network this site ships: accuracy ${formatPercent(accuracy.estimate)} on original labels.`
          : "";
      node.textContent = `${chosen} from validation patients, not from these.${moved}${bridge}`;
    }
  };
}

/** The headline figures; their intervals follow when the threshold has come to rest. */
export function headlineView(data: EvaluationData): View<Current> {
  const empty = headlineNames.map((name) => ({value: "", name}));
  const node = bigFigures(empty);
  const note = element(
    "p",
    {class: "muted"},
    `In brackets: 95 % intervals from ${formatCount(data.draws)} draws of whole patients.`
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    node: element("div", node, note),
    update(current, fresh) {
      const estimates = headlineEstimates(current);
      const show = (interval: (name: HeadlineName) => string) =>
        headlineNames.forEach((name, i) => {
          const [words, format] = headlines[name];
          const [value, meaning] = node.children[i]!.children;
          value!.textContent = format(estimates[name]);
          meaning!.textContent = `${words} ${interval(name)}`;
        });
      const withIntervals = () => {
        const intervals = headlineIntervals(current, data);
        show((name) => {
          const format = headlines[name][1];
          return `(${format(intervals[name].low)} to ${format(intervals[name].high)})`;
        });
      };
      clearTimeout(timer);
      if (fresh) return withIntervals();
      show(() => "(… to …)");
      timer = setTimeout(withIntervals, 200);
    },
    dispose: () => clearTimeout(timer)
  };
}

const reported: Record<string, string> = {
  accuracy: "accuracy",
  balancedAccuracy: "balanced accuracy",
  sensitivity: "sensitivity",
  specificity: "specificity",
  positivePredictiveValue: "positive predictive value, in this balanced set",
  negativePredictiveValue: "negative predictive value, in this balanced set",
  f1: "F1",
  matthewsCorrelation: "Matthews correlation",
  rocArea: "area under the ROC curve",
  averagePrecision: "average precision (area under precision–recall)",
  sensitivityAtSpecificity95: "sensitivity at specificity .95",
  sensitivityAtSpecificity99: "sensitivity at specificity .99",
  specificityAtSensitivity95: "specificity at sensitivity .95",
  specificityAtSensitivity99: "specificity at sensitivity .99",
  brierScore: "Brier score",
  brierScoreCalibrated: "Brier score after temperature",
  logLoss: "log loss",
  logLossCalibrated: "log loss after temperature",
  calibrationError: "expected calibration error, 15 bins",
  calibrationErrorCalibrated: "expected calibration error after temperature"
};

/** Every figure of report.json with its interval, under the chosen labels. */
export function reportedFigures(): View<Current> {
  const node = element("div");
  const fixed = (value: number) => formatFigure(value, 4);
  return {
    node,
    update({group, selection}, fresh) {
      if (!fresh) return;
      const figures = group.figures[selection.labels];
      const rows = Object.entries(reported).flatMap(([key, figure]) => {
        const found = figures[key];
        return found ? [{figure, estimate: fixed(found.estimate), low: fixed(found.low), high: fixed(found.high)}] : [];
      });
      node.replaceChildren(
        scrollTable(rows, {
          caption: `All figures at the chosen threshold, ${selection.labels} labels, with 95 % intervals`
        })
      );
    }
  };
}

/** The classification report, as scikit-learn prints it. */
export function reportView(): View<Current> {
  const text = element("pre", {"data-testid": "classification-report"});
  return {
    node: element("div", {class: "scroll", role: "region", tabindex: 0, "aria-label": "Classification report"}, text),
    update({matrix}) {
      text.textContent = formatClassificationReport(classificationReport(matrix), {digits: 3});
    }
  };
}

/** Rates with every cell alike and with every patient alike. */
export function macroView(): View<Current> {
  const node = element("div");
  return {
    node,
    update({patients}) {
      const rows = macroRows(patients.map(({matrix}) => matrix));
      node.replaceChildren(scrollTable(rows, {caption: "The mean over cells, and the mean over patients"}));
    }
  };
}

/** Every model in one table, and McNemar's test of each against the first in words. */
export function comparisonView(data: EvaluationData): View<Current> {
  const node = element("div", {class: "comparison"});
  let shown: LabelSet | null = null;
  return {
    node,
    update({selection: {labels}}) {
      if (shown === labels) return;
      shown = labels;
      node.replaceChildren(
        scrollTable(compareModels(data, labels), {
          caption: `Every model at its own chosen threshold, ${labels} labels, with 95 % intervals by resampling patients`
        }),
        element("ul", ...mcnemarSentences(data, labels).map((sentence) => element("li", sentence)))
      );
    }
  };
}
