import type {EvaluationData, ModelScores} from "../../data/shapes/evaluation.js";
import type {Cells} from "../gallery/cells.js";
import {drawer} from "../gallery/drawer.js";
import {gallery} from "../gallery/gallery.js";
import type {PictureSource} from "../gallery/sheets.js";
import {toCsv} from "../ui/csv.js";
import {downloadButton} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount, formatFigure} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import type {View} from "../ui/view.js";
import {cellRows, cellsFileName} from "./cell-rows.js";
import {choiceWords, isAsked, kindOf, nothing} from "./choices.js";
import type {Current} from "./current.js";
import {kinds} from "./find-cells.js";
import type {Kind} from "./find-cells.js";
import {openedCell} from "./opened-cell.js";
import {isCalled} from "./prepare.js";
import {binCount, binName} from "./score-bins.js";
import type {SelectionState} from "./selection.js";

/** Options of {@link cellDrawer}. */
export interface CellDrawerOptions {
  data: EvaluationData;
  /** Address of the folder of image sheets, with a slash at its end. */
  folder: string;
  pictures: PictureSource;
  fetchScores: (model: string) => Promise<ModelScores>;
}

/** The drawer with the cells that were asked for. */
export interface CellDrawer extends View<Current> {
  /** Puts the keyboard on the cells, so that the arrow keys walk among them. */
  focus(): void;
}

/**
 * The cells that a click asked for, the most wrong first, in a drawer that stays in the window: their pictures, filters
 * that narrow them down, the opened cell, and a CSV of them all.
 */
export function cellDrawer(
  cells: Cells,
  state: SelectionState,
  {data, folder, pictures, fetchScores}: CellDrawerOptions
): CellDrawer {
  const grid = gallery(cells, {pictures, pitch: 64, height: "clamp(8rem, 38vh, 24rem)"});
  const kind = select("Show", new Map(Object.entries(kinds) as [Kind, string][]));
  const bins = Array.from({length: binCount}, (_, bin) => [String(bin), binName(bin)] as const);
  const bin = select("Score", new Map([["", "any"], ...bins]));
  const patient = select("Patient", new Map([["any", "any"]]));
  const disputed = select(
    "Second reading",
    new Map([
      ["any", "any"],
      ["yes", "disputes the label"],
      ["no", "agrees"]
    ] as const)
  );
  let current: Current | undefined;
  let shown = new Uint32Array(0);
  let wasOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const placesNow = () => current!.found.map((row) => current!.prepared.places[row]!);

  /** The chosen network first, then those two that the site runs. */
  async function csv(): Promise<string> {
    const {model, threshold} = current!;
    const places = placesNow();
    const {networkColumns: columns, networkOf} = await import("../gallery/network-columns.js");
    const names = new Set([model.name, data.models[0]!.name, "student"]);
    const models = [...names].flatMap((name) => data.models.find((one) => one.name === name) ?? []);
    const networks = await Promise.all(models.map(async (one) => networkOf(cells, one, await fetchScores(one.name))));
    return toCsv(cellRows(cells, places, {columns, networks, threshold}));
  }
  const save = downloadButton("Save CSV of these cells", {
    name: () => `${cellsFileName(current!)}.csv`,
    type: "text/csv",
    text: csv
  });

  const filter = () =>
    state.set(
      {
        kind: kind.value,
        patient: patient.value,
        disputed: disputed.value,
        cell: NaN,
        bin: bin.value === "" ? NaN : Number(bin.value)
      },
      {push: true}
    );
  for (const input of [kind, bin, patient, disputed]) input.addEventListener("input", filter);
  grid.addEventListener("input", () => state.set({cell: grid.value ?? NaN}, {push: true}));

  // The cells lie on many sheets: while a threshold is dragged, none is fetched for a view that is gone at once.
  function showCells() {
    clearTimeout(timer);
    timer = setTimeout(paint, 60);
  }

  function paint() {
    const next = placesNow();
    if (next.length !== shown.length || !next.every((place, i) => place === shown[i])) {
      shown = next;
      grid.show(next);
    }
    const {cell} = current!.selection;
    if (grid.value !== (Number.isNaN(cell) ? null : cell)) grid.reveal(Number.isNaN(cell) ? -1 : cell);
  }

  function judgement(place: number): string {
    const {prepared, threshold} = current!;
    const row = prepared.places.indexOf(place);
    if (row < 0) {
      return "This cell is not among the chosen ones: it is of another fold, or its label is disputed, or this model was not tested on it.";
    }
    const answer = isCalled(prepared, threshold, row) ? "parasitized" : "uninfected";
    const abstains = prepared.abstained[row] ? ", but the score lies in the band where it should abstain" : "";
    const least = formatFigure(threshold ?? prepared.thresholds[row]!);
    return `Score P(parasitized) ${formatFigure(prepared.scores[row]!, 4)}: at the threshold ${least}${threshold === null ? " of its fold" : ""} the network answers ${answer}${abstains}.`;
  }

  const panel = openedCell(cells, {
    folder,
    judgement,
    close() {
      state.set({cell: NaN}, {push: true});
      grid.focusCell();
    }
  });
  panel.node.addEventListener("keydown", ({key}) => {
    const step = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1}[key];
    const next = step === undefined ? undefined : shown[shown.indexOf(current!.selection.cell) + step];
    if (next === undefined) return;
    state.set({cell: next});
    panel.focus({preventScroll: true});
  });

  const narrow = element(
    "details",
    element("summary", "Narrow down"),
    element("div", {class: "controls"}, kind, bin, patient, disputed)
  );
  const docked = drawer(() => state.set({...nothing, cell: NaN}, {push: true}), narrow, grid, panel.node, save);
  return {
    node: docked.node,
    focus: () => docked.focus({focus: grid.focusCell}),
    update(next, fresh) {
      current = next;
      const {selection, found, prepared} = next;
      if (fresh) {
        const names = [...prepared.patients.names].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
        const options = ["any", ...names].map((name) => element("option", {value: name}, name));
        patient.querySelector("select")!.replaceChildren(...options);
      }
      kind.value = kindOf(selection);
      bin.value = Number.isNaN(selection.bin) ? "" : String(selection.bin);
      patient.value = selection.patient;
      disputed.value = selection.disputed;
      const isOpen = isAsked(selection);
      const count = `${formatCount(found.length)} of ${formatCount(prepared.places.length)} cells`;
      docked.show(`${choiceWords(selection)}: ${count}`, isOpen);
      if (isOpen && wasOpen) showCells();
      else if (isOpen) paint();
      wasOpen = isOpen;
      panel.show(selection.cell);
    },
    dispose() {
      clearTimeout(timer);
      grid.dispose();
      document.documentElement.classList.remove("has-drawer");
    }
  };
}
