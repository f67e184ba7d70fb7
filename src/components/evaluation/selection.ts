import {labelSets} from "../../data/shapes/evaluation.js";
import type {EvaluationData, Group, ModelSummary} from "../../data/shapes/evaluation.js";
import {choiceProperty, numberProperty} from "../ui/url-state.js";
import type {UrlState, Values} from "../ui/url-state.js";
import {kinds} from "./find-cells.js";
import type {Kind} from "./find-cells.js";
import {foldPart, reliabilityBins, reliabilityPart} from "./parts.js";
import {binCount} from "./score-bins.js";

/** The parts of the page, by the name that stands in the link. */
export const tabNames = ["summary", "threshold", "patients", "laboratories", "robustness", "models", "errors"] as const;

export const tabTitles: Record<(typeof tabNames)[number], string> = {
  summary: "Summary",
  threshold: "Threshold",
  patients: "Patients and subgroups",
  laboratories: "Other laboratories",
  robustness: "Robustness",
  models: "Models",
  errors: "Errors"
};

/** Parts of the cells that figures show: folds, bars of the reliability diagram, subgroups. */
function partNames({models}: EvaluationData): string[] {
  const bins = Array.from({length: reliabilityBins}, (_, bin) => bin);
  return [
    ...new Set(models.flatMap(({folds}) => folds.map(foldPart))),
    ...(["before", "after"] as const).flatMap((stage) => bins.map((bin) => reliabilityPart(stage, bin))),
    ...new Set(models.flatMap(({subgroups}) => subgroups.map(({factor, group}) => `${factor}: ${group}`)))
  ];
}

/** A number or nothing: NaN stands for nothing and is left out of the address. */
function optionalNumber(options: Parameters<typeof numberProperty>[1]) {
  return {
    ...numberProperty(NaN, options),
    format: (value: number) => (Number.isNaN(value) ? "" : String(value))
  };
}

/**
 * What the address of the evaluation page may say. `threshold` left out is the chosen one; `prevalence` is in per cent;
 * `cost` is what a missed parasite costs in false alarms; `tab` the part of the page that is shown. `kind`, `bin` (a bar
 * of the histogram), `patient`, `disputed`, `part` and `cell` (a place in the manifest) are what the drawer shows; while
 * all are left out it is closed. `other` is the model set beside the first one, `compared` the place of the cell opened there.
 */
export function evaluationTable(data: EvaluationData, {patients, count}: {patients: readonly string[]; count: number}) {
  const names = data.models.map(({name}) => name);
  // Beside the first model stands the student that learned from it, where there is one.
  const others = names.length > 1 ? names.slice(1) : names;
  const beside = others.find((name) => name === "student") ?? others[0]!;
  const folds = [...new Set(data.models.flatMap(({groups}) => groups.map(({fold}) => fold)))];
  return {
    model: choiceProperty(names[0]!, names),
    fold: choiceProperty("all", folds),
    labels: choiceProperty("original", labelSets),
    threshold: optionalNumber({min: 0, max: 1}),
    prevalence: numberProperty(3.3, {min: 0.1, max: 50}),
    cost: numberProperty(10, {min: 1, max: 100, whole: true}),
    tab: choiceProperty("summary", tabNames),
    kind: choiceProperty<Kind | "none">("none", ["none", ...(Object.keys(kinds) as Kind[])]),
    bin: optionalNumber({min: 0, max: binCount - 1, whole: true}),
    patient: {...choiceProperty("any", ["any", ...patients]), expected: "a patient of the set, such as C100"},
    disputed: choiceProperty("any", ["any", "yes", "no"]),
    part: {...choiceProperty("any", ["any", ...partNames(data)]), expected: "a part of the cells, such as fold: 3"},
    cell: optionalNumber({min: 0, max: count - 1, whole: true}),
    other: choiceProperty(beside, others),
    compared: optionalNumber({min: 0, max: count - 1, whole: true})
  };
}

/** The state of the evaluation page. */
export type Selection = Values<ReturnType<typeof evaluationTable>>;
export type SelectionState = UrlState<ReturnType<typeof evaluationTable>>;

/** The model and group of a selection; `problem` says so where the model was not tested on the fold. */
export function resolveGroup(
  data: EvaluationData,
  {model: name, fold}: Pick<Selection, "model" | "fold">
): {model: ModelSummary; group: Group; problem: string | null} {
  const model = data.models.find((known) => known.name === name)!;
  const group = model.groups.find((known) => known.fold === fold);
  const problem = group
    ? null
    : `${model.title} was not tested on fold ${fold} alone; all its folds are shown instead.`;
  return {model, group: group ?? model.groups[0]!, problem};
}

/** A file's name for a part of the page under a selection: `evaluation-roc-curve-resnet34-fold-2-undisputed`. */
export function fileNameOf({selection}: {selection: Selection}, part: string): string {
  const {model, fold, labels, threshold} = selection;
  const chosen = Number.isNaN(threshold) ? [] : [`threshold-${threshold}`];
  return ["evaluation", part, model, fold === "all" ? "all-folds" : `fold-${fold}`, labels, ...chosen].join("-");
}
