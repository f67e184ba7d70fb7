import {cellSide} from "../../data/shapes/cells.js";
import {describeCell, labelName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";
import type {Features} from "./columns.js";

/** A cell and how far it is: Euclidean distance of the features. */
export interface Neighbour {
  cell: number;
  distance: number;
}

/**
 * The nearest cells to one in the space of features, nearest first, itself left out; none for a cell that has none.
 * O(cells × features).
 */
export function neighbours({values, known}: Features, cell: number, count = 12): Neighbour[] {
  if (!known[cell]) return [];
  const squares = new Float64Array(known.length);
  for (const column of values) {
    const own = column[cell]!;
    for (let other = 0; other < squares.length; other++) squares[other]! += (column[other]! - own) ** 2;
  }
  const nearest: Neighbour[] = [];
  for (let other = 0; other < squares.length; other++) {
    if (other === cell || !known[other]) continue;
    if (nearest.length === count && squares[other]! >= nearest.at(-1)!.distance) continue;
    const place = nearest.findIndex(({distance}) => distance > squares[other]!);
    nearest.splice(place < 0 ? nearest.length : place, 0, {cell: other, distance: squares[other]!});
    if (nearest.length > count) nearest.pop();
  }
  return nearest.map(({cell: other, distance}) => ({cell: other, distance: Math.sqrt(distance)}));
}

/** The nearest cells as small pictures, each a button that opens the cell. */
export function neighbourRow(
  cells: Cells,
  near: readonly Neighbour[],
  {pictures, open}: {pictures: PictureSource; open: (cell: number) => void}
): HTMLElement {
  const places = pictures.place(near.map(({cell}) => cell));
  const canvases = new Map<string, {canvas: HTMLCanvasElement; x: number; y: number}[]>();
  const items = near.map(({cell, distance}, i) => {
    const canvas = element("canvas", {width: cellSide, height: cellSide, "aria-hidden": "true"});
    const {sheet, x, y} = places[i]!;
    canvases.set(sheet, [...(canvases.get(sheet) ?? []), {canvas, x, y}]);
    const label = labelName(cells, cell);
    const name = `${describeCell(cells, cell)}, distance ${formatFigure(distance, 0)}`;
    const attributes = {type: "button", class: `cell ${label}`, "aria-label": name, title: name};
    return element("li", element("button", {...attributes, onclick: () => open(cell)}, canvas));
  });
  const note = element("p", {class: "muted", role: "status"});
  for (const [sheet, parts] of canvases) {
    pictures.load(sheet).then(
      (image) => {
        for (const {canvas, x, y} of parts) {
          canvas.getContext("2d")!.drawImage(image, x, y, cellSide, cellSide, 0, 0, cellSide, cellSide);
        }
        image.close();
      },
      () => (note.textContent = "Some pictures did not load; the buttons work all the same.")
    );
  }
  return element("div", element("ul", {class: "cells neighbours"}, ...items), note);
}
