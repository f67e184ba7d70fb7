import {element} from "../ui/element.js";
import {formatCount, formatPercent} from "../ui/format.js";
import {restingView} from "../ui/view.js";
import type {View} from "../ui/view.js";
import {markChosen} from "./choices.js";
import type {Current} from "./current.js";
import {sumErrors} from "./errors.js";
import type {PatientErrors} from "./errors.js";
import type {Kind} from "./find-cells.js";
import {rankPatients} from "./patients.js";
import {rankingFinding} from "./summary.js";

const head = (columns: readonly string[]) =>
  element(
    "thead",
    element("tr", ...columns.map((name, i) => element("th", {scope: "col", class: i ? "number" : null}, name)))
  );

/** A title of the kind that figures have, over something that is not one. */
const titled = (name: string, finding: HTMLElement) =>
  element("div", {class: "figure-head"}, element("p", {class: "figure-name"}, name), finding);

/**
 * All patients with parasitized cells, most wrong answers first, each with a bar of them: dark what lies on disputed
 * labels. A name shows the patient's wrong cells.
 */
export function rankingView(): View<Current> {
  const body = element("tbody");
  const finding = element("h3", {class: "figure-finding"});
  const caption = element("caption");
  const columns = ["patient", "cells", "missed", "disputed", "false alarms", "disputed", "wrong"];
  const region = {class: "scroll ranking", role: "group", tabindex: 0, "aria-label": "Patients, ranked"};
  const node = element(
    "section",
    titled("Patients, ranked", finding),
    element("div", region, element("table", caption, head(columns), body))
  );
  const draw = ({errors, patients, selection}: Current) => {
    const ranked = rankPatients(errors, patients);
    const most = Math.max(1, ranked[0]?.wrong ?? 0);
    finding.textContent = rankingFinding(ranked);
    caption.textContent = `${formatCount(ranked.length)} patients with parasitized cells, most wrong answers first`;
    body.replaceChildren(...ranked.map((one) => patientRow(one, most)));
    markChosen(node, selection);
  };
  return restingView(node, draw, ({selection}) => markChosen(node, selection));
}

function patientRow(one: PatientErrors, most: number): HTMLElement {
  const {patient, cells, missed, missedDisputed, alarms, alarmsDisputed, wrong, wrongDisputed} = one;
  const name = {type: "button", "aria-label": `Show the cells of ${patient}`, "data-patient": patient};
  const bar = element("span", {class: "wrong-bar", "aria-hidden": "true"}, element("span"), element("span"));
  const widths = [wrongDisputed, wrong - wrongDisputed];
  [...bar.children].forEach((part, i) => ((part as HTMLElement).style.width = `${(60 * widths[i]!) / most}px`));
  return element(
    "tr",
    element("th", {scope: "row"}, element("button", name, patient)),
    ...[cells, missed, missedDisputed, alarms, alarmsDisputed].map((count) =>
      element("td", {class: "number"}, formatCount(count))
    ),
    element("td", {class: "number"}, bar, formatPercent(wrong / cells))
  );
}

const errorKinds: [Kind, string][] = [
  ["false-negatives", "missed parasites"],
  ["false-positives", "false alarms"],
  ["abstained", "abstained"]
];
const readings = [
  ["yes", "label disputed"],
  ["no", "not disputed"],
  ["any", "all"]
] as const;

/** Wrong and abstained cells by what the second reading says, each count a button that shows them. */
export function errorTable(): View<Current> {
  const finding = element("h3", {class: "figure-finding"});
  const rows = errorKinds.map(([kind, title]) => {
    const buttons = readings.map(([disputed]) =>
      element("button", {type: "button", "data-kind": kind, "data-disputed": disputed})
    );
    return {title, buttons};
  });
  const table = element(
    "table",
    {class: "errors"},
    element("caption", "Cells by answer and second reading; a count shows them"),
    head(["answer", ...readings.map(([, title]) => title)]),
    element(
      "tbody",
      ...rows.map(({title, buttons}) =>
        element(
          "tr",
          element("th", {scope: "row"}, title),
          ...buttons.map((button) => element("td", {class: "number"}, button))
        )
      )
    )
  );
  const node = element("section", titled("Errors", finding), table);
  const draw = ({errors, prepared, selection}: Current) => {
    const {wrong, wrongDisputed, missed, missedDisputed, alarms, alarmsDisputed} = sumErrors(errors);
    finding.textContent = `${formatCount(wrongDisputed)} of ${formatCount(wrong)} errors are on disputed labels`;
    const {abstained, disputed} = prepared;
    const count = (isCounted: (row: number) => boolean) =>
      abstained.reduce((sum, flag, row) => sum + Number(flag === 1 && isCounted(row)), 0);
    const counts = [
      [missed, missedDisputed],
      [alarms, alarmsDisputed],
      [count(() => true), count((row) => disputed[row] === 1)]
    ] as const;
    rows.forEach(({title, buttons}, row) => {
      const [all, doubtful] = counts[row]!;
      [doubtful, all - doubtful, all].forEach((cells, i) => {
        buttons[i]!.textContent = formatCount(cells);
        buttons[i]!.setAttribute("aria-label", `${formatCount(cells)} cells: ${title}, ${readings[i]![1]}`);
      });
    });
    markChosen(node, selection);
  };
  return restingView(node, draw, ({selection}) => markChosen(node, selection));
}
