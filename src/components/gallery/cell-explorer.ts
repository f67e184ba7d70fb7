import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {checkbox, select} from "../ui/inputs.js";
import {urlState} from "../ui/url-state.js";
import type {UrlState} from "../ui/url-state.js";
import {cellDetail} from "./cell-detail.js";
import type {Cells} from "./cells.js";
import {explorerTable, toFilter} from "./explorer-state.js";
import {filterCells} from "./filter.js";
import {gallery} from "./gallery.js";
import {sheetLoader} from "./load-sheet.js";

/** Options of {@link cellExplorer}. */
export interface CellExplorerOptions {
  /** Address of the folder of sheets, with a slash at its end. */
  folder: string;
}

/**
 * All cells with their filters, the count of what is shown, and a panel for the opened cell.
 *
 * The whole state is in the address of the page, so that a link leads to the same cells.
 */
export function cellExplorer(cells: Cells, {folder}: CellExplorerOptions): {node: HTMLElement; dispose: () => void} {
  const table = explorerTable(cells);
  const state: UrlState<typeof table> = urlState(table);
  const loadSheet = sheetLoader(folder);
  const grid = gallery(cells, {loadSheet, proportions: state.values.true});

  const patients = [...cells.patients].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  const label = select(
    "Label",
    new Map([
      ["any", "any"],
      ["parasitized", "parasitized"],
      ["uninfected", "uninfected"]
    ] as const)
  );
  const disputed = select(
    "Second opinion",
    new Map([
      ["any", "any"],
      ["yes", "disputed"],
      ["no", "agrees"]
    ] as const)
  );
  const patient = select("Patient", new Map([["any", "any"], ...patients.map((name) => [name, name] as const)]));
  const proportions = checkbox("True proportions");
  const count = element(document, "p", {role: "status", "data-testid": "cell-count"});
  const problems = element(document, "p", {class: "notice", role: "status", hidden: true});
  const panel = element(document, "div", {class: "gallery-panel"});
  const layout = element(document, "div", {class: "gallery-layout"}, grid, panel);
  const controls = element(document, "div", {class: "controls"}, label, disputed, patient, proportions);
  const node = element(document, "div", {class: "cell-explorer"}, problems, controls, count, layout);

  let shown = "";
  function show() {
    const {values} = state;
    label.value = values.label;
    disputed.value = values.disputed;
    patient.value = values.patient;
    proportions.value = values.true;
    grid.setProportions(values.true);
    problems.hidden = state.problems.length === 0;
    problems.textContent = state.problems.join(" ");
    const filter = [values.label, values.disputed, values.patient].join();
    if (filter !== shown) {
      shown = filter;
      const found = filterCells(cells, toFilter(values));
      grid.show(found);
      count.textContent = `${formatCount(found.length)} of ${formatCount(cells.count)} cells`;
    }
    if (values.cell !== Number(panel.dataset.cell ?? -1)) showDetail(values.cell);
  }

  function showDetail(index: number) {
    panel.dataset.cell = String(index);
    if (index < 0) return panel.replaceChildren();
    const close = () => {
      state.set({cell: -1});
      grid.focusCell();
    };
    panel.replaceChildren(cellDetail(cells, index, {loadSheet, close}));
  }

  const filters = () =>
    state.set({label: label.value, disputed: disputed.value, patient: patient.value, cell: -1}, {push: true});
  for (const input of [label, disputed, patient]) input.addEventListener("input", filters);
  proportions.addEventListener("input", () => state.set({true: proportions.value}));
  grid.addEventListener("input", () => {
    state.set({cell: grid.value ?? -1});
    panel.querySelector<HTMLElement>("h3")?.focus({preventScroll: matchMedia("(min-width: 60rem)").matches});
  });
  state.subscribe(show);
  show();
  return {node, dispose: () => (state.dispose(), grid.dispose())};
}
