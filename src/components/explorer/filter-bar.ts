import type {ScoreName} from "../../data/shapes/columns.js";
import {fileName, labelName, patientName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {toCsv} from "../ui/csv.js";
import type {Row} from "../ui/csv.js";
import {downloadButton, fileWords} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount, plainNumber} from "../ui/format.js";
import type {Choose, View} from "../ui/view.js";
import {anyRange, axisNames, isOpen} from "./axes.js";
import type {Axis, AxisName} from "./axes.js";
import type {Current} from "./current.js";
import {noRegion} from "./region.js";
import {everything} from "./selection.js";
import type {Selection} from "./selection.js";

/** Options of {@link filterBar}. */
export interface FilterBarOptions {
  scores: Record<ScoreName, Float64Array>;
  axes: Record<AxisName, Axis>;
  choose: Choose<Selection>;
  /** Ends the picking of cells. */
  unpick: () => void;
  /** Fetches what makes the columns that say what both networks say of a cell. */
  fetchColumns: () => Promise<(cell: number) => Row>;
  /** Says a sentence; none when all is well. */
  say: (sentence: string) => void;
}

/** How many cells are shown and why: their number, the filters that hold, and ways to save them. */
export function filterBar(
  cells: Cells,
  {scores, axes, choose, unpick, fetchColumns, say}: FilterBarOptions
): View<Current> {
  let current: Current | undefined;
  const count = element("p", {class: "explorer-count", role: "status", tabindex: -1, "data-testid": "cell-count"});
  const chips = filterChips(axes, (change) => {
    choose(change, {push: true});
    count.focus();
  });
  async function csv(): Promise<string | null> {
    const chosen = current!.picked ?? current!.shown;
    try {
      const columns = await fetchColumns();
      say("");
      const rows = figureRows(cells, scores, chosen);
      return toCsv(rows.map((row, i) => ({...row, ...columns(chosen[i]!)})));
    } catch {
      say("The networks’ scores did not load, so nothing was saved. Check the connection and save again.");
      return null;
    }
  }
  const save = downloadButton("Save CSV", {name: () => `${csvName(current!, axes)}.csv`, type: "text/csv", text: csv});
  const end = element("button", {type: "button", hidden: true, onclick: unpick}, "Unpick all");
  return {
    node: element("div", {class: "explorer-bar"}, count, chips.node, save, end),
    update(next) {
      current = next;
      const {picked} = next;
      const text = countWords(next, cells.count);
      if (count.textContent !== text) count.textContent = text;
      chips.update(next.selection);
      save.textContent = `Save CSV of ${picked ? "the picked" : "these cells"}`;
      end.hidden = !picked;
    }
  };
}

/** How many cells are shown, in words: "1,203 of 27,558 cells, 4 picked". */
function countWords({shown, picked, selection, map}: Current, total: number): string {
  const none = shown.length === 0 ? ": none passes all filters, so end one of them" : "";
  const some = picked ? `, ${formatCount(picked.length)} picked` : "";
  const region =
    selection.region.kind === "none" || map === "there"
      ? ""
      : map === "missing"
        ? " (the map is not made yet, so its region is ignored)"
        : " (the map is loading)";
  return `${formatCount(shown.length)} of ${formatCount(total)} cells${none}${some}${region}`;
}

/** The name of a file of cells after the filters that hold, without its ending: `dataset-parasitized-disputed`. */
export function csvName({selection, picked}: Pick<Current, "selection" | "picked">, axes: Record<AxisName, Axis>) {
  const words = activeFilters(selection, axes).map(({text}) => text);
  return ["dataset", fileWords([...words, picked ? "picked" : ""].join(" ")) || "all-cells"].join("-");
}

/** The filters that hold, in words, each with the change that ends it. */
export function activeFilters(
  selection: Selection,
  axes: Record<AxisName, Axis>
): {text: string; change: Partial<Selection>}[] {
  const {label, disputed, answer, patient, region} = selection;
  const some = patient.length > 2 ? `${patient.length} patients` : patient.join(", ");
  return [
    ...(label === "any" ? [] : [{text: label, change: {label: "any"} as const}]),
    ...(disputed === "any"
      ? []
      : [{text: disputed === "yes" ? "disputed" : "not disputed", change: {disputed: "any"} as const}]),
    ...(answer === "any" ? [] : [{text: `called ${answer}`, change: {answer: "any"} as const}]),
    ...(patient.length === 0 ? [] : [{text: some, change: {patient: []}}]),
    ...axisNames
      .filter((name) => !isOpen(selection[name]))
      .map((name) => {
        const {low, high} = selection[name];
        const end = (word: string, value: number) => (Number.isFinite(value) ? ` ${word} ${plainNumber(value)}` : "");
        const text = axes[name].title.toLowerCase() + end("from", low) + end("below", high);
        return {text, change: {[name]: anyRange}};
      }),
    ...(region.kind === "none" ? [] : [{text: "a part of the map", change: {region: noRegion}}])
  ];
}

/** The filters that hold as buttons that end them, and one that ends all. */
function filterChips(
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
        const name = {class: "chip", "aria-label": `End filter: ${text}`};
        return element("button", {type: "button", ...name, onclick: () => change(end)}, `${text} ×`);
      });
      const all = element("button", {type: "button", onclick: () => change(everything)}, "Show all cells");
      node.replaceChildren(...buttons, ...(active.length > 0 ? [all] : []));
    }
  };
}

/** What is known of these cells, a row each in their order; scores and sizes are empty where there are none. */
export function figureRows(cells: Cells, scores: Record<ScoreName, Float64Array>, chosen: Uint32Array): Row[] {
  const known = (value: number) => (value > 0 ? value : null);
  const scored = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from(chosen, (cell) => ({
    file: fileName(cells, cell),
    label: labelName(cells, cell),
    second_reading: labelName(cells, cell, {other: Boolean(cells.disputed[cell])}),
    patient: patientName(cells, cell),
    photograph: cells.photographs[cells.photograph[cell]!]!,
    fold: cells.fold[cell]!,
    width: known(cells.width[cell]!),
    height: known(cells.height[cell]!),
    hue: cells.hue[cell]!,
    brightness: cells.brightness[cell]!,
    frame: cells.frame[cell]!,
    p_parasitized: scored(scores.network[cell]!),
    p_parasitized_colour: scored(scores.colour[cell]!)
  }));
}
