import {labelSets} from "../../data/shapes/evaluation.js";
import type {EvaluationData, LabelSet} from "../../data/shapes/evaluation.js";
import {negativePredictiveValueAtPrevalence, precisionAtPrevalence, quantileSorted} from "../metrics/index.js";
import {element} from "../ui/element.js";
import {formatFigure, formatPercent} from "../ui/format.js";
import {range, select} from "../ui/inputs.js";
import type {Input} from "../ui/inputs.js";
import {problemNotice} from "../ui/view.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import type {SelectionState} from "./selection.js";
import {thresholdPresets} from "./threshold-figures.js";

const labelNames: Record<LabelSet, string> = {
  original: "original",
  undisputed: "undisputed only",
  corrected: "corrected (second reading)"
};

/** Calls `change` while a slider moves; only the first movement of a drag asks for a step of its own for Back. */
function onSlide(slider: Input<number>, change: (value: number, push: boolean) => void): void {
  let moving = false;
  slider.addEventListener("input", () => {
    change(slider.value, !moving);
    moving = true;
  });
  slider.addEventListener("change", () => (moving = false));
}

/** Choices with a line of words above them. */
export interface SelectionControls extends View<Current> {
  /** Shows a sentence until the next update. */
  say(sentence: string): void;
}

/** Model (where there is more than one), fold (likewise) and labels, and what of the address made no sense. */
export function selectionControls(data: EvaluationData, state: SelectionState): SelectionControls {
  const model = select("Model", new Map(data.models.map(({name, title}) => [name, title])));
  const folds = [...new Set(data.models.flatMap(({groups}) => groups.map(({fold}) => fold)))];
  const fold = select("Fold", new Map(folds.map((name) => [name, name])));
  const labels = select("Labels", new Map(labelSets.map((set) => [set, labelNames[set]])));
  const problems = problemNotice();
  // With one fold, it and all folds are the same.
  const shown = [...(data.models.length > 1 ? [model] : []), ...(folds.length > 2 ? [fold] : []), labels];
  const choose = () =>
    state.set({model: model.value, fold: fold.value, labels: labels.value, cell: NaN, compared: NaN}, {push: true});
  for (const input of shown) input.addEventListener("input", choose);
  return {
    say: problems.say,
    node: element("div", problems.node, element("div", {class: "controls"}, ...shown)),
    update({selection, problem}) {
      [model.value, fold.value, labels.value] = [selection.model, selection.fold, selection.labels];
      problems.say([...state.problems, ...(problem ? [problem] : [])].join(" "));
    }
  };
}

/** The threshold's slider, which stays in sight while its views are read. */
export function thresholdSlider(state: SelectionState): View<Current> {
  let own = false;
  const format = (value: number) => (own ? "each fold’s own" : formatFigure(value));
  const slider = range("Threshold", {min: 0, max: 1, step: 0.001, format});
  onSlide(slider, (threshold, push) => state.set({threshold}, {push}));
  const rates = element("span", {class: "muted number"});
  return {
    node: element("div", {class: "threshold"}, slider, rates),
    update({threshold, thresholds, sensitivity, specificity}) {
      own = threshold === null;
      slider.value = quantileSorted(Float64Array.from(thresholds).sort(), 0.5);
      const used = own ? `${thresholds.map((value) => formatFigure(value)).join(", ")}: ` : "";
      rates.textContent = `${used}sensitivity ${formatFigure(sensitivity)}, specificity ${formatFigure(specificity)}`;
    }
  };
}

/** Buttons for thresholds worth having, and the price of a missed parasite. */
export function presetButtons(state: SelectionState): View<Current> {
  const cost = range("A missed parasite costs as much as", {
    min: 1,
    max: 100,
    step: 1,
    format: (value) => `${value} false ${value === 1 ? "alarm" : "alarms"}`
  });
  onSlide(cost, (value, push) => state.set({cost: value}, {push}));
  const buttons = element("div", {class: "controls", role: "group", "aria-label": "Thresholds worth having"});
  let key = "";
  return {
    node: element("div", buttons, element("div", {class: "controls"}, cost)),
    update({prepared, group, selection, threshold}, fresh) {
      if (cost.value !== selection.cost) cost.value = selection.cost;
      if (fresh || key !== String(selection.cost)) {
        key = String(selection.cost);
        const presets = thresholdPresets(prepared.index, {chosen: group.threshold, cost: selection.cost});
        buttons.replaceChildren(
          ...presets.map(({name, threshold: value}) => {
            const text = `${name}: ${value === null ? "each fold’s own" : formatFigure(value)}`;
            const own = name === "chosen" || value === null ? NaN : value;
            const onclick = () => state.set({threshold: own}, {push: true});
            return element("button", {type: "button", "data-threshold": String(value), onclick}, text);
          })
        );
      }
      for (const button of buttons.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.dataset.threshold === String(threshold)));
      }
    }
  };
}

/** The share of parasitized cells in a smear, and what an answer is worth there. */
export function prevalenceControl(state: SelectionState): View<Current> {
  const slider = range("Share of parasitized cells", {min: 0.1, max: 50, step: 0.1, format: (value) => `${value} %`});
  onSlide(slider, (prevalence, push) => state.set({prevalence}, {push}));
  const text = element("p", {"data-testid": "predictive-values"});
  return {
    node: element("div", element("div", {class: "controls"}, slider), text),
    update({selection, sensitivity, specificity}) {
      if (slider.value !== selection.prevalence) slider.value = selection.prevalence;
      const rates = {sensitivity, specificity, prevalence: selection.prevalence / 100};
      const [positive, negative] = [precisionAtPrevalence(rates), negativePredictiveValueAtPrevalence(rates)];
      text.textContent =
        `Of the answers “parasitized”, ${formatPercent(positive)} are right (positive predictive value); ` +
        `of the answers “uninfected”, ${formatPercent(negative, 2)} (negative predictive value).`;
    }
  };
}
