import type {Cells} from "../gallery/cells.js";
import {element, setAttributes, svgElement} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import {barPath, largest} from "./histogram-view.js";
import {patientOrder, stripOrders, stripTitles} from "./orders.js";
import type {StripOrder} from "./orders.js";
import {stripFinding, viewHead} from "./view-findings.js";
import type {LabelledCounts} from "./view-findings.js";

/** Options of {@link patientStrip}. */
export interface PatientStripOptions {
  /** Counts of all cells by patient and label: the grey outline behind the bars. */
  all: LabelledCounts;
  /** Called while the reader draws over patients (`done` false) and when they are chosen; none means all. */
  choose: (patients: readonly string[], done: boolean) => void;
  lineUp: (order: StripOrder) => void;
}

const [width, middle] = [1000, 60];
const height = 2 * middle;

/**
 * One column a patient, parasitized cells above the line and uninfected ones below it. A click adds or removes a
 * patient, a drag chooses all that it passes. By keyboard: arrows walk, Enter or Space adds or removes, Escape ends.
 */
export function patientStrip(cells: Cells, {all, choose, lineUp}: PatientStripOptions): View<Current> {
  const {patients} = cells;
  const step = width / patients.length;
  const path = (style: string) => svgElement("path", {class: style});
  const [marks, ghost] = [path("strip-chosen"), path("bars-all")];
  const [upper, lower] = [path("bars-parasitized"), path("bars-uninfected")];
  const cursor = svgElement("rect", {class: "strip-cursor", y: 0, height, width: step});
  const drawing = svgElement(
    "svg",
    {viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", class: "strip-chart", "aria-hidden": "true"},
    ...[marks, ghost, upper, lower],
    svgElement("line", {x1: 0, x2: width, y1: middle, y2: middle, class: "zero"}),
    cursor
  );
  const option = element("div", {role: "option", class: "visually-hidden", id: "strip-option-0"});
  const box = element(
    "div",
    {class: "strip-box", role: "listbox", tabindex: 0, "aria-label": "Patients", "aria-multiselectable": "true"},
    drawing,
    option
  );
  const status = element("p", {class: "muted strip-status"});
  const sorter = select("Sort patients by", new Map(stripOrders.map((order) => [order, stripTitles[order]])));
  sorter.addEventListener("input", () => lineUp(sorter.value));
  const clear = element("button", {type: "button", onclick: () => choose([], true)}, "All patients");
  const most = element("span");
  const head = viewHead("Patients", most);
  const node = element(
    "section",
    {class: "view strip", "aria-label": "Patients"},
    head.node,
    box,
    status,
    element("div", {class: "controls"}, sorter, clear)
  );

  let lined: StripOrder | undefined;
  let order: Uint32Array = new Uint32Array(0);
  let counts: LabelledCounts = all;
  let chosen: readonly string[] = [];
  let place = 0;

  function walkTo(next: number) {
    place = Math.min(patients.length - 1, Math.max(0, next));
    const patient = order[place]!;
    const name = patients[patient]!;
    const [parasitized, uninfected] = [counts[2 * patient]!, counts[2 * patient + 1]!];
    const text = `${name}: ${formatCount(parasitized)} parasitized, ${formatCount(uninfected)} uninfected shown`;
    cursor.setAttribute("x", String(place * step));
    const position = {"aria-posinset": place + 1, "aria-setsize": patients.length};
    setAttributes(option, {id: `strip-option-${place}`, ...position, "aria-selected": String(chosen.includes(name))});
    box.setAttribute("aria-activedescendant", option.id);
    option.textContent = text;
    const list =
      chosen.length > 6 ? `${chosen.slice(0, 6).join(", ")} and ${chosen.length - 6} more` : chosen.join(", ");
    status.textContent = `${text}.${chosen.length ? ` Chosen: ${list}.` : ""}`;
  }

  const toggle = (name: string) =>
    choose(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name], true);
  const placeOf = (event: PointerEvent) => {
    const bounds = drawing.getBoundingClientRect();
    const share = (event.clientX - bounds.left) / bounds.width;
    return Math.min(patients.length - 1, Math.max(0, Math.floor(share * patients.length)));
  };

  let anchor: number | undefined;
  let dragged = false;
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    anchor = placeOf(event);
    dragged = false;
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    const now = placeOf(event);
    if (anchor === undefined || (now === anchor && !dragged)) return walkTo(now);
    dragged = true;
    const [first, last] = [Math.min(anchor, now), Math.max(anchor, now)];
    place = now;
    choose(
      Array.from(order.subarray(first, last + 1), (patient) => patients[patient]!),
      false
    );
  });
  const end = () => {
    if (anchor === undefined) return;
    const start = anchor;
    anchor = undefined;
    place = start;
    if (dragged) choose(chosen, true);
    else toggle(patients[order[start]!]!);
  };
  box.addEventListener("pointerup", end);
  box.addEventListener("pointercancel", end);
  box.addEventListener("keydown", (event) => {
    const targets: Record<string, number> = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      ArrowUp: place - 1,
      ArrowDown: place + 1,
      Home: 0,
      End: patients.length - 1,
      PageUp: place - 10,
      PageDown: place + 10
    };
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (event.key === "Enter" || event.key === " ") toggle(patients[order[place]!]!);
    else if (event.key === "Escape") choose([], true);
    else if (Object.hasOwn(targets, event.key)) walkTo(targets[event.key]!);
    else return;
    event.preventDefault();
  });

  return {
    node,
    update({counts: countsOf, selection: {patient: names, strip: lining}}) {
      counts = countsOf("patient");
      const lines = {width, middle, order};
      const top = largest(counts);
      if (lining !== lined) {
        lined = lining;
        order = patientOrder(cells, lining);
        lines.order = order;
        sorter.value = lining;
        ghost.setAttribute("d", barPath(all, {...lines, most: largest(all), labels: [0, 1]}));
        place = 0;
      }
      upper.setAttribute("d", barPath(counts, {...lines, most: top, labels: [0]}));
      lower.setAttribute("d", barPath(counts, {...lines, most: top, labels: [1]}));
      most.textContent = `· ${patients.length} of them, at most ${formatCount(top)} cells of a label`;
      head.say(stripFinding(counts));
      chosen = names;
      const wanted = new Set(names);
      let mark = "";
      order.forEach((patient, i) => {
        if (wanted.has(patients[patient]!))
          mark += `M${(i * step).toFixed(2)},0h${step.toFixed(2)}v${height}h-${step.toFixed(2)}z`;
      });
      marks.setAttribute("d", mark);
      clear.hidden = names.length === 0;
      walkTo(place);
    }
  };
}
