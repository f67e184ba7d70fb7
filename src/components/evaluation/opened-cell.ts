import {cellDetail} from "../gallery/cell-detail.js";
import {fileName} from "../gallery/cells.js";
import type {Cells} from "../gallery/cells.js";
import {sheetLoader} from "../gallery/sheets.js";
import {element} from "../ui/element.js";

/** Options of {@link openedCell}. */
export interface OpenedCellOptions {
  /** Address of the folder of image sheets, with a slash at its end. */
  folder: string;
  /** What the networks say of a cell. */
  judgement: (place: number) => string;
  /** Called when the reader closes the panel. */
  close: () => void;
}

/** The place of an opened cell: enlarged, with what is known and said of it, and a link to the dataset page. */
export function openedCell(cells: Cells, {folder, judgement, close}: OpenedCellOptions) {
  const loadSheet = sheetLoader(folder);
  const node = element("div");
  const words = element("p", {class: "judgement"});
  let opened = NaN;
  return {
    node,
    /** Shows a cell by its place in the manifest and says anew what is said of it; NaN closes the panel. */
    show(place: number) {
      if (!Number.isNaN(place)) words.textContent = judgement(place);
      if (Object.is(place, opened)) return;
      opened = place;
      if (Number.isNaN(place)) return node.replaceChildren();
      const address = `./dataset?cell=${fileName(cells, place)}`;
      const link = element("a", {href: address}, "This cell on the dataset page");
      node.replaceChildren(cellDetail(cells, place, {loadSheet, close, children: [words, element("p", link)]}));
    },
    focus(options?: FocusOptions) {
      node.querySelector<HTMLElement>("h3")?.focus(options);
    }
  };
}
