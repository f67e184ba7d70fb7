import {element} from "../../ui/element.js";
import {tileCanvas, paint} from "./paint.js";
import type {Tile} from "./protocol.js";
import {drawCount} from "./settings.js";

/** The grid of draws: buttons, of which one is pressed. */
export interface DrawGrid {
  node: HTMLElement;
  show(tiles: Tile[]): void;
  /** Writes the numbers of each draw, and marks the chosen one (from 1). */
  label(numbers: string[][], chosen: number): void;
}

/** Makes the grid of draws. */
export function drawGridElement(onChoose: (draw: number) => void, side: number): DrawGrid {
  const cells = Array.from({length: drawCount}, (_, i) => {
    const canvas = tileCanvas("", side);
    canvas.setAttribute("aria-hidden", "true");
    const text = element("span", {class: "draw-numbers"});
    const button = element("button", {type: "button", class: "draw"}, canvas, text);
    button.addEventListener("click", () => onChoose(i + 1));
    return {canvas, text, button};
  });
  const items = cells.map(({button}) => element("li", button));
  return {
    node: element("ul", {class: "draws", "aria-label": "Draws"}, ...items),
    show: (tiles) => tiles.forEach((tile, i) => paint(cells[i]!.canvas, tile)),
    label(numbers, chosen) {
      cells.forEach(({text, button}, i) => {
        button.setAttribute("aria-pressed", String(i + 1 === chosen));
        const name = element("b", `Draw ${i + 1}`);
        text.replaceChildren(name, ...numbers[i]!.map((line) => element("span", line)));
      });
    }
  };
}
