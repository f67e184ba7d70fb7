import type {EvaluationData} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {element} from "../ui/element.js";
import {restingView} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {markChosen} from "./choices.js";
import type {Current} from "./current.js";
import type {Replaced} from "./figure-rows.js";
import type {SelectionState} from "./selection.js";
import {summaryFindings} from "./summary.js";
import type {SummaryFinding} from "./summary.js";

/** The findings of the selection as cards, each with a button that leads to its cells or to the part of the page. */
export function summaryView(
  data: EvaluationData,
  cells: Cells,
  state: SelectionState,
  replaced: Replaced
): View<Current> {
  const node = element("ol", {class: "findings", "data-testid": "findings"});
  const foldOf = (patient: string) => {
    const place = cells.patient.indexOf(cells.patients.indexOf(patient));
    return place < 0 ? undefined : cells.fold[place];
  };
  let shown = "";
  const draw = (current: Current) => {
    const found = summaryFindings(current, data, replaced, foldOf);
    const key = JSON.stringify(found);
    if (key === shown) return;
    shown = key;
    node.replaceChildren(...found.map((finding) => card(finding, state)));
    markChosen(node, current.selection);
  };
  return restingView(node, draw, ({selection}) => markChosen(node, selection));
}

function card({title, detail, leads}: SummaryFinding, state: SelectionState): HTMLElement {
  return element("li", element("h3", title), element("p", detail), leadsTo(leads, title, state));
}

function leadsTo(leads: SummaryFinding["leads"], title: string, state: SelectionState): HTMLElement {
  if (typeof leads === "string") {
    const onclick = () => state.set({tab: leads}, {push: true});
    return element("button", {type: "button", "aria-label": `Show the figures: ${title}`, onclick}, "Show the figures");
  }
  const {kind, patient, part, disputed} = leads;
  const asks = {"data-kind": kind, "data-patient": named(patient), "data-part": named(part), "data-disputed": disputed};
  return element("button", {type: "button", "aria-label": `Show the cells: ${title}`, ...asks}, "Show the cells");
}

const named = (value: string) => (value === "any" ? null : value);
