import type {EvaluationData} from "../../data/shapes/evaluation.js";
import {formatCount, formatFigure, formatPercent} from "../ui/format.js";
import {nothing} from "./choices.js";
import type {Choice} from "./choices.js";
import type {Current} from "./current.js";
import {sumErrors} from "./errors.js";
import type {PatientErrors} from "./errors.js";
import {robustnessPanels, splitDots} from "./figure-rows.js";
import type {Replaced} from "./figure-rows.js";
import {robustnessFinding, shareOf, widestFold} from "./findings.js";
import {foldPart} from "./parts.js";
import {rankPatients} from "./patients.js";
import type {tabNames} from "./selection.js";

/** One of the findings at the top of the page. */
export interface SummaryFinding {
  title: string;
  /** The numbers behind it. */
  detail: string;
  /** The cells that show it, or the part of the page that does. */
  leads: Choice | (typeof tabNames)[number];
}

/** Whose errors are most, and how many of them are on disputed labels; the patients are ranked. */
export function rankingFinding([first]: readonly PatientErrors[]): string {
  if (!first?.wrong) return "No patient has a wrong answer";
  const {patient, missed, missedDisputed, alarms, alarmsDisputed} = first;
  const [count, disputed, things] =
    missed >= alarms ? [missed, missedDisputed, "misses"] : [alarms, alarmsDisputed, "false alarms"];
  return `${patient} has the most errors: ${formatCount(disputed)} of its ${formatCount(count)} ${things} are on disputed labels`;
}

/**
 * What the selection shows, in at most five findings: who disputes its errors, on whom its misses lie, which fold is the
 * least certain and why, what a random split would be worth, what harms it most.
 */
export function summaryFindings(
  current: Pick<Current, "errors" | "patients" | "model" | "selection">,
  data: Pick<EvaluationData, "models">,
  replaced: Replaced,
  foldOf: (patient: string) => number | undefined
): SummaryFinding[] {
  const {errors, patients, model, selection} = current;
  const {labels} = selection;
  const all = sumErrors(errors);
  const [worst] = rankPatients(errors, patients);
  const found: SummaryFinding[] = [];
  if (all.wrong > 0 && labels !== "undisputed") {
    found.push({
      title: `${shareOf(all.wrongDisputed / all.wrong, "errors")} are on disputed labels`,
      detail: `${formatCount(all.wrongDisputed)} of ${formatCount(all.wrong)} (${formatPercent(all.wrongDisputed / all.wrong, 0)}): ${formatCount(all.missedDisputed)} of ${formatCount(all.missed)} misses and ${formatCount(all.alarmsDisputed)} of ${formatCount(all.alarms)} false alarms. On these the ${labels === "original" ? "second" : "first"} reader names the class that the network does.`,
      leads: {...nothing, kind: "wrong", disputed: "yes"}
    });
  }
  if (worst?.missed) {
    found.push({
      title: `Patient ${worst.patient} alone has ${formatPercent(worst.missed / all.missed, 0)} of the misses`,
      detail: `${formatCount(worst.missed)} of ${formatCount(all.missed)} missed parasites are this patient’s, ${formatCount(worst.missedDisputed)} of them on disputed labels.`,
      leads: {...nothing, kind: "false-negatives", patient: worst.patient}
    });
  }
  const widest = widestFold(model, labels);
  if (widest) {
    const isIts = worst && foldOf(worst.patient) === Number(widest.fold);
    const {low, high} = widest.accuracy;
    found.push({
      title: `Fold ${widest.fold} has the widest interval`,
      detail: `Accuracy ${formatPercent(low)} to ${formatPercent(high)}, since its patients differ most.${isIts ? ` Patient ${worst.patient} is one of them.` : ""}`,
      leads: {...nothing, kind: "wrong", part: foldPart(widest.fold)}
    });
  }
  const of = (row: string) => splitDots(data, replaced, labels).find((dot) => dot.row === row);
  const [apart, random] = [of("patients apart"), of("random split")];
  if (apart && random) {
    const overlap = apart.high >= random.low && random.high >= apart.low;
    found.push({
      title: overlap ? "A random split would flatter it little" : "A random split would flatter it",
      detail: `Accuracy ${formatFigure(apart.estimate)} with patients apart, ${formatFigure(random.estimate)} on a random split of the cells; the intervals ${overlap ? "overlap" : "do not overlap"}.`,
      leads: "models"
    });
  }
  const panels = robustnessPanels(model.robustness);
  if (panels.length > 0) {
    const steady = panels.filter(({points}) => points.every(({rocArea}) => rocArea >= 0.99)).length;
    found.push({
      title: robustnessFinding(model),
      detail: `Through ${steady} of ${panels.length} kinds of change the area under the ROC curve stays above 0.99.`,
      leads: "robustness"
    });
  }
  return found;
}
