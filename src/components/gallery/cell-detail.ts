import {cellSide, placeOnSheet} from "../../data/shapes/cells.js";
import {messageOf} from "../image/refusal.js";
import {element} from "../ui/element.js";
import type {Cells} from "./cells.js";
import {labelName, cellFacts, describeCell} from "./cells.js";
import {fitProportions} from "./grid.js";

/** Options of {@link cellDetail}. */
export interface CellDetailOptions {
  loadSheet: (sheet: number) => Promise<ImageBitmap>;
  /** Called when the reader closes the panel. */
  close: () => void;
  /** Side of the enlarged picture in CSS pixels. */
  side?: number;
  /** More facts, after those of the manifest. */
  facts?: readonly (readonly [name: string, value: string])[];
  /** What follows the facts. */
  children?: readonly HTMLElement[];
}

/** One cell enlarged, pixel by pixel and in its true proportions where known, with all that is known about it. */
export function cellDetail(
  cells: Cells,
  index: number,
  {loadSheet, close, side = 220, facts: more = [], children = []}: CellDetailOptions
): HTMLElement {
  const fit = fitProportions(cells.width[index]!, cells.height[index]!, side);
  const picture = element("canvas", {
    width: cellSide,
    height: cellSide,
    class: "cell-enlarged",
    role: "img",
    "aria-label": `The cell enlarged: ${describeCell(cells, index)}`
  });
  picture.style.width = `${fit.width}px`;
  picture.style.height = `${fit.height}px`;
  const small = element("canvas", {width: cellSide, height: cellSide, class: "cell-packed", "aria-hidden": "true"});
  const pictures = element(
    "div",
    {class: "cell-pictures"},
    picture,
    element("figure", small, element("figcaption", "as packed, 50 × 50"))
  );
  const note = element("p", {class: "muted", role: "status"});
  const place = placeOnSheet(index);
  loadSheet(place.sheet).then(
    (sheet) => {
      for (const canvas of [picture, small]) {
        canvas.getContext("2d")!.drawImage(sheet, place.x, place.y, cellSide, cellSide, 0, 0, cellSide, cellSide);
      }
      sheet.close();
    },
    (error: unknown) =>
      (note.textContent = `The picture did not load (${messageOf(error)}). Open the cell again to retry.`)
  );

  const button = element("button", {type: "button", onclick: close}, "Close");
  const facts = element("dl", {class: "facts"});
  for (const [name, value] of [...cellFacts(cells, index), ...more]) {
    facts.append(element("dt", name), element("dd", value));
  }
  const label = labelName(cells, index);
  const heading = element(
    "h3",
    {tabindex: -1},
    element("span", {class: `class-name ${label}`}, label),
    cells.disputed[index] ? ", disputed" : ""
  );
  return element(
    "section",
    {class: "cell-detail", "aria-label": heading.textContent, "data-testid": "cell-detail", "data-cell": index},
    {onkeydown: ({key}: KeyboardEvent) => key === "Escape" && close()},
    heading,
    pictures,
    note,
    facts,
    ...children,
    button
  );
}
