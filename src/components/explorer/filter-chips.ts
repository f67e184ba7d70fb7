import {element} from "../ui/element.js";
import {axisNames, anyRange, isOpen} from "./axes.js";
import type {Axis, AxisName} from "./axes.js";
import {noRegion} from "./region.js";
import {everything} from "./state.js";
import type {Selection} from "./state.js";

/** The filters that hold, in words, each with the change that ends it. */
export function activeFilters(
  selection: Selection,
  axes: Record<AxisName, Axis>
): {text: string; change: Partial<Selection>}[] {
  const {label, disputed, patient, region} = selection;
  const some = patient.length > 2 ? `${patient.length} patients` : patient.join(", ");
  return [
    ...(label === "any" ? [] : [{text: label, change: {label: "any"} as const}]),
    ...(disputed === "any"
      ? []
      : [{text: disputed === "yes" ? "disputed" : "not disputed", change: {disputed: "any"} as const}]),
    ...(patient.length === 0 ? [] : [{text: some, change: {patient: []}}]),
    ...axisNames
      .filter((name) => !isOpen(selection[name]))
      .map((name) => {
        const {low, high} = selection[name];
        const from = Number.isFinite(low) ? ` from ${low}` : "";
        const to = Number.isFinite(high) ? ` below ${high}` : "";
        return {text: `${axes[name].title.toLowerCase()}${from}${to}`, change: {[name]: anyRange}};
      }),
    ...(region.kind === "none" ? [] : [{text: "a part of the map", change: {region: noRegion}}])
  ];
}

/** The filters that hold as buttons that end them, and one that ends all. */
export function filterChips(
  axes: Record<AxisName, Axis>,
  change: (change: Partial<Selection>) => void
): {node: HTMLElement; update(selection: Selection): void} {
  const node = element("div", {class: "chips", role: "group", "aria-label": "Filters that hold"});
  let told = "";
  return {
    node,
    update(selection) {
      const active = activeFilters(selection, axes);
      const now = active.map(({text}) => text).join("; ");
      if (now === told) return;
      told = now;
      const buttons = active.map(({text, change: end}) => {
        const button = element(
          "button",
          {type: "button", class: "chip", "aria-label": `End filter: ${text}`},
          `${text} ×`
        );
        button.addEventListener("click", () => change(end));
        return button;
      });
      if (active.length > 0) {
        const all = element("button", {type: "button"}, "Show all cells");
        all.addEventListener("click", () => change(everything));
        buttons.push(all);
      }
      node.replaceChildren(...buttons);
    }
  };
}
