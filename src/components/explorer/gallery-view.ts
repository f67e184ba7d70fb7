import type {Cells} from "../gallery/cells.js";
import {gallery} from "../gallery/gallery.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {checkbox, range, select} from "../ui/inputs.js";
import type {View} from "../ui/view.js";
import type {Current} from "./current.js";
import {sortTitles, sorts} from "./orders.js";
import type {SelectionState} from "./selection.js";

/** Options of {@link galleryView}. */
export interface GalleryViewOptions {
  pictures: PictureSource;
  /** Called when the reader has opened a cell, or has picked others. */
  opened: () => void;
  picked: (cells: Uint32Array | null) => void;
}

/** The cells that are shown, with the ways to sort and draw them. */
export interface GalleryView extends View<Current> {
  /** Ends the picking. */
  unpick(): void;
  /** Puts the keyboard back on the current cell. */
  focusCell(): void;
}

/** Shows the cells as pictures in their order. */
export function galleryView(
  cells: Cells,
  state: SelectionState,
  {pictures, opened, picked}: GalleryViewOptions
): GalleryView {
  const grid = gallery(cells, {
    pictures,
    pitch: state.values.size,
    height: "clamp(22rem, 70vh, 46rem)",
    proportions: state.values.true
  });
  const sorter = select("Sort by", new Map(sorts.map((sort) => [sort, sortTitles[sort]])));
  const reverse = checkbox("Reversed");
  const size = range("Size", {min: 40, max: 160, step: 2, format: (pixels) => `${pixels} px`});
  const proportions = checkbox("True proportions");
  sorter.addEventListener("input", () => state.set({sort: sorter.value}, {push: true}));
  reverse.addEventListener("input", () => state.set({reverse: reverse.value}, {push: true}));
  size.addEventListener("input", () => state.set({size: size.value}));
  proportions.addEventListener("input", () => state.set({true: proportions.value}));
  const tellPicked = () => picked(grid.picked.size > 0 ? Uint32Array.from(grid.picked).sort() : null);
  grid.addEventListener("pick", tellPicked);
  grid.addEventListener("input", (event) => {
    if (event.target !== grid) return;
    state.set({cell: grid.value ?? -1}, {push: true});
    opened();
  });
  let revealed = -1;
  return {
    node: element(
      "div",
      {class: "explorer-main"},
      element("div", {class: "controls"}, sorter, reverse, size, proportions),
      galleryKey(),
      element("div", {class: "gallery-layout"}, grid)
    ),
    update({selection, shown}, fresh) {
      grid.setProportions(selection.true);
      grid.setPitch(selection.size);
      if (fresh) grid.show(shown);
      sorter.value = selection.sort;
      reverse.value = selection.reverse;
      if (size.value !== selection.size) size.value = selection.size;
      proportions.value = selection.true;
      if (selection.cell === revealed) return;
      revealed = selection.cell;
      grid.reveal(revealed);
    },
    unpick() {
      grid.pick([]);
      tellPicked();
      grid.focusCell();
    },
    focusCell: grid.focusCell,
    dispose: grid.dispose
  };
}

/** What the marks at a cell mean. */
function galleryKey(): HTMLElement {
  const entry = (name: string, mark: string) =>
    element("li", element("span", {class: `mark-${mark}`, "aria-hidden": "true"}), name);
  return element(
    "ul",
    {class: "legend gallery-key"},
    entry("parasitized", "whole"),
    entry("uninfected", "broken"),
    entry("disputed label", "corner"),
    entry("selected", "frame")
  );
}
