import type {Cells} from "../gallery/cells.js";
import {drawer} from "../gallery/drawer.js";
import {gallery} from "../gallery/gallery.js";
import type {GalleryElement} from "../gallery/gallery.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import type {View} from "../ui/view.js";
import type {Axis, AxisName} from "./axes.js";
import type {Current} from "./current.js";
import {activeFilters} from "./filter-bar.js";
import {wrongFirst} from "./orders.js";

/** Options of {@link cellsDrawer}. */
export interface CellsDrawerOptions {
  pictures: PictureSource;
  /** P(parasitized) by the network, a cell each. */
  score: Float64Array;
  axes: Record<AxisName, Axis>;
  /** The panel of the opened cell, which lies in the drawer while that is open, and where it lies else. */
  detail: {node: HTMLElement};
  home: HTMLElement;
  /** Opens a cell; `isStep` when the reader goes on from cell to cell. */
  open: (cell: number, isStep: boolean) => void;
}

/** The drawer with the cells that a click in a view has left. */
export interface CellsDrawer extends View<Current> {
  /** Opens it when the next cells are shown; what was clicked stays where it is in the window. */
  openBeside(clicked: Element): void;
  /** Puts the keyboard on the cells; false while the drawer is closed. */
  focusCell(): boolean;
}

/**
 * The cells that pass all filters, the most wrong first unless the reader sorts them otherwise, in a drawer that stays in
 * the window: opened by a click in a view, closed by its button, by Escape, or when no filter is left. In the opened cell
 * the arrow keys go on to the next.
 */
export function cellsDrawer(
  cells: Cells,
  {pictures, score, axes, detail, home, open}: CellsDrawerOptions
): CellsDrawer {
  let grid: GalleryElement | undefined;
  let current: Current | undefined;
  let order = new Uint32Array(0);
  let ordered: Current["shown"] | undefined;
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const [shelf, place] = [element("div"), element("div")];
  const docked = drawer(() => show(false), shelf, place);
  const makeGrid = () => {
    const made = gallery(cells, {
      pictures,
      pitch: 64,
      height: "clamp(8rem, 38vh, 24rem)",
      label: "Cells that are left"
    });
    made.addEventListener("input", ({target}) => {
      if (target === made && made.value !== null) open(made.value, false);
    });
    shelf.append(made);
    return made;
  };
  place.addEventListener("keydown", ({key}) => {
    const step = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1}[key];
    const next = step === undefined ? undefined : order[order.indexOf(current!.selection.cell) + step];
    if (next !== undefined) open(next, true);
  });

  function show(wanted: boolean): void {
    const {selection, shown} = current!;
    const words = activeFilters(selection, axes)
      .map(({text}) => text)
      .join(", ");
    isOpen = wanted;
    docked.show(`${words}: ${formatCount(shown.length)} of ${formatCount(cells.count)} cells`, isOpen);
    if (isOpen !== place.contains(detail.node)) (isOpen ? place : home).prepend(detail.node);
    if (isOpen) grid ??= makeGrid();
    clearTimeout(timer);
    // While a range is drawn the cells change with each movement.
    if (isOpen) timer = setTimeout(paint, ordered ? 60 : 0);
  }

  function paint(): void {
    const {shown, selection} = current!;
    if (shown !== ordered) {
      ordered = shown;
      order = selection.sort === "shuffled" ? wrongFirst(shown, cells.label, score) : shown;
      grid!.show(order);
    }
    if ((grid!.value ?? -1) !== selection.cell) grid!.reveal(selection.cell);
  }

  return {
    node: docked.node,
    openBeside(clicked) {
      const drawing = clicked.querySelector("svg, table, canvas") ?? clicked;
      const {top} = drawing.getBoundingClientRect();
      if (activeFilters(current!.selection, axes).length > 0) show(true);
      scrollBy(0, drawing.getBoundingClientRect().top - top);
    },
    focusCell() {
      if (isOpen) grid!.focusCell();
      return isOpen;
    },
    update(next) {
      current = next;
      if (isOpen) show(activeFilters(next.selection, axes).length > 0);
    },
    dispose() {
      clearTimeout(timer);
      grid?.dispose();
      document.documentElement.classList.remove("has-drawer");
    }
  };
}
