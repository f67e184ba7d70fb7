import {cellSide} from "../../data/shapes/cells.js";
import {describeCell} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";

/** Milliseconds that the pointer rests on a cell before its picture is fetched: while it passes over, none are. */
const REST = 80;

/** A card with the picture of the cell under the pointer; it floats, so that nothing moves. */
export interface MapHover {
  node: HTMLElement;
  /** Shows a cell at a place of the box around the card, in CSS pixels; without a cell it goes away. */
  show(cell: number | undefined, at?: {x: number; y: number}): void;
  dispose(): void;
}

/** Builds the card, hidden. */
export function mapHover(cells: Cells, {place, load}: PictureSource): MapHover {
  const canvas = element("canvas", {width: cellSide, height: cellSide});
  const words = element("span");
  const node = element("div", {class: "map-hover", hidden: true, "aria-hidden": "true"}, canvas, words);
  const context = () => canvas.getContext("2d")!;
  let shown: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fetchPicture(cell: number): Promise<void> {
    const {sheet, x, y} = place([cell])[0]!;
    const image = await load(sheet);
    if (cell === shown) context().drawImage(image, x, y, cellSide, cellSide, 0, 0, cellSide, cellSide);
    image.close();
  }

  return {
    node,
    show(cell, at) {
      node.hidden = cell === undefined;
      if (cell !== undefined && at) {
        const {clientWidth: width = 0} = node.parentElement ?? {};
        node.style.left = `${at.x > width / 2 ? at.x - node.offsetWidth - 16 : at.x + 16}px`;
        node.style.top = `${at.y + 16}px`;
      }
      if (cell === shown) return;
      shown = cell;
      clearTimeout(timer);
      if (cell === undefined) return;
      words.textContent = describeCell(cells, cell);
      context().clearRect(0, 0, cellSide, cellSide);
      // Without its picture the card still tells what the cell is.
      timer = setTimeout(() => void fetchPicture(cell).catch(() => {}), REST);
    },
    dispose: () => clearTimeout(timer)
  };
}
