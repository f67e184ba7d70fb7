import {fileName, labelName, patientName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {gallery} from "../gallery/gallery.js";
import type {PictureSource} from "../gallery/sheets.js";
import {toCsv} from "../ui/csv.js";
import {downloadButton} from "../ui/download.js";
import {element} from "../ui/element.js";
import {formatCount, formatFigure} from "../ui/format.js";
import {select} from "../ui/inputs.js";
import {watchNear} from "../ui/view.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import {kinds} from "./find-cells.js";
import type {Kind} from "./find-cells.js";
import {openedCell} from "./opened-cell.js";
import {isCalled} from "./prepare.js";
import {binCount, binName} from "./score-bins.js";
import type {SelectionState} from "./selection.js";

/** The cells of the selection as pictures, most confident first, with filters and a panel for the opened cell. */
export function errorGallery(
  cells: Cells,
  state: SelectionState,
  {folder, pictures}: {folder: string; pictures: PictureSource}
): View<Current> {
  const grid = gallery(cells, {pictures, pitch: 72, height: 320});
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
  const count = element("p", {role: "status", "data-testid": "found"});
  let current: Current | undefined;
  let shown = new Uint32Array(0);
  let near = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const answer = (row: number) => (isCalled(current!.prepared, current!.threshold, row) ? "parasitized" : "uninfected");
  const rows = () =>
    Array.from(current!.found, (row) => {
      const place = current!.prepared.places[row]!;
      return {
        file: fileName(cells, place),
        patient: patientName(cells, place),
        fold: cells.fold[place]!,
        label: labelName(cells, place),
        "second reading": labelName(cells, place, {other: Boolean(cells.disputed[place])}),
        score: current!.prepared.scores[row]!,
        answer: answer(row),
        abstained: current!.prepared.abstained[row]!
      };
    });
  const save = downloadButton("Save CSV of these cells", {
    name: "cells.csv",
    type: "text/csv",
    text: () => toCsv(rows())
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
  grid.addEventListener("input", () => {
    state.set({cell: grid.value ?? NaN}, {push: true});
    panel.focus({preventScroll: true});
  });

  // The cells lie on many sheets: while a threshold is dragged, none is fetched for a view that is gone at once.
  function showCells() {
    clearTimeout(timer);
    if (near) timer = setTimeout(paint, 60);
  }

  function paint() {
    const next = current!.found.map((row) => current!.prepared.places[row]!);
    if (next.length === shown.length && next.every((place, i) => place === shown[i])) return;
    shown = next;
    grid.show(next);
  }

  function judgement(place: number): string {
    const {prepared, threshold} = current!;
    const row = prepared.places.indexOf(place);
    return row < 0
      ? "This cell is not among the chosen ones: it is of another fold, or its label is disputed, or this model was not tested on it."
      : `Score P(parasitized) ${formatFigure(prepared.scores[row]!, 4)}: at the threshold ${formatFigure(threshold ?? prepared.thresholds[row]!)}${threshold === null ? " of its fold" : ""} the network answers ${answer(row)}${prepared.abstained[row] ? ", but the score lies in the band where it should abstain" : ""}.`;
  }

  const panel = openedCell(cells, {
    folder,
    judgement,
    close() {
      state.set({cell: NaN}, {push: true});
      grid.focusCell();
    }
  });

  // Pictures are fetched only when the gallery comes near: the cells lie on many sheets.
  const endWatch = watchNear(grid, (isNear) => {
    near = isNear;
    showCells();
  });
  const controls = element("div", {class: "controls"}, kind, bin, patient, disputed);
  const layout = element("div", {class: "gallery-layout"}, grid, panel.node);
  return {
    node: element("div", {class: "error-gallery"}, controls, count, layout, save),
    update(next, fresh) {
      current = next;
      const {selection, found, prepared} = next;
      if (fresh) {
        const names = [...prepared.patients.names].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
        const options = ["any", ...names].map((name) => element("option", {value: name}, name));
        patient.querySelector("select")!.replaceChildren(...options);
      }
      kind.value = selection.kind;
      bin.value = Number.isNaN(selection.bin) ? "" : String(selection.bin);
      patient.value = selection.patient;
      disputed.value = selection.disputed;
      const text = `${formatCount(found.length)} of ${formatCount(prepared.places.length)} cells, most confident first`;
      if (count.textContent !== text) count.textContent = text;
      showCells();
      panel.show(selection.cell);
    },
    dispose() {
      endWatch();
      clearTimeout(timer);
      grid.dispose();
    }
  };
}
