import {cellSide} from "../../data/shapes/cells.js";
import type {Cells} from "../gallery/cells.js";
import {describeCell} from "../gallery/describe.js";
import type {PictureSource} from "../gallery/thumbnails.js";
import {element} from "../ui/element.js";
import {formatFigure} from "../ui/format.js";
import type {Neighbour} from "./neighbours.js";

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
    const label = cells.label[cell] === 0 ? "parasitized" : "uninfected";
    const name = `${describeCell(cells, cell)}, distance ${formatFigure(distance, 0)}`;
    const button = element("button", {type: "button", class: `cell ${label}`, "aria-label": name, title: name}, canvas);
    button.addEventListener("click", () => open(cell));
    return element("li", button);
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
