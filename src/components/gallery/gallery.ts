import {element, setAttributes} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import {watchScheme} from "../ui/view.js";
import type {Cells} from "./cells.js";
import {describeCell} from "./cells.js";
import {indexAt, layGrid, moveBy, scrollFor, squareAt, visibleRange} from "./grid.js";
import {paintCells, readPalette} from "./paint.js";
import type {Palette} from "./paint.js";
import {sheetCache} from "./sheets.js";
import type {PictureSource} from "./sheets.js";

/** Options of {@link gallery}. */
export interface GalleryOptions {
  pictures: PictureSource;
  /** Least distance from one cell to the next, in CSS pixels. */
  pitch?: number;
  /** Height of the window on the cells: CSS pixels, or a length of CSS. */
  height?: number | string;
  /** Draw cells in their true proportions where their size is known. */
  proportions?: boolean;
  /** What a screen reader calls the grid. */
  label?: string;
}

/**
 * A scrolling grid of cells; `value` is the opened cell, and `input` fires when the reader opens one. `picked` are the
 * cells that the reader has marked, and `pick` fires when they change.
 */
export interface GalleryElement extends HTMLElement {
  value: number | null;
  readonly picked: ReadonlySet<number>;
  /** Shows these cells, in this order, from the top. */
  show(indices: Uint32Array): void;
  /** Draws cells squeezed to squares, or in their true proportions. */
  setProportions(proportions: boolean): void;
  /** Sets the least distance from one cell to the next, and keeps the current cell in view. */
  setPitch(pitch: number): void;
  /** Makes a cell the current one and scrolls to it, where it is among those shown. */
  reveal(cell: number): void;
  /** Marks these cells instead of those marked before. */
  pick(cells: Iterable<number>): void;
  /** Puts the keyboard back on the current cell. */
  focusCell(): void;
  /** Ends observers and frees the sheets. */
  dispose(): void;
}

let galleries = 0;

/** Milliseconds of rest after which the sheets of newly shown cells are fetched: while a brush moves, none are. */
const rest = 60;

/**
 * Shows any number of cells on one canvas that stays in place while an empty box of the grid's height scrolls.
 *
 * Only sheets with a cell in view are fetched. The grid is one stop of the Tab key; inside it the keys of {@link moveBy}
 * walk, Enter opens and Space picks (Ctrl with a click as well). A screen reader hears the current cell through an option
 * that lies over it.
 */
export function gallery(
  cells: Cells,
  {pictures, pitch = 58, height = 540, proportions = true, label = "Cells"}: GalleryOptions
): GalleryElement {
  const canvas = element("canvas", {"aria-hidden": "true"});
  const box = element("div", {class: "gallery-box", role: "presentation"});
  const name = `gallery-${galleries++}`;
  const option = element("div", {class: "gallery-option", role: "option", id: `${name}-option-0`});
  const view = element(
    "div",
    {class: "gallery-view", role: "listbox", tabindex: 0, "aria-label": label},
    canvas,
    box,
    option
  );
  const trouble = element("div", {class: "gallery-trouble", role: "status"});
  const host = element("div", {class: "gallery"}, view, trouble) as HTMLElement as GalleryElement;
  view.style.height = typeof height === "number" ? `${height}px` : height;

  let indices = new Uint32Array(0);
  let grid = layGrid(0, 1, pitch);
  let current = 0;
  let frame = 0;
  /** Whether the grid has had a size: until then no place can be scrolled to. */
  let laid = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let palette: Palette | undefined;
  let picked = new Set<number>();
  const failed = new Set<string>();
  const redraw = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const sheets = sheetCache({
    load: pictures.load,
    close: (image: ImageBitmap) => image.close(),
    changed: (sheet) => {
      if (sheets.get(sheet)?.status === "failed") failed.add(sheet);
      else failed.delete(sheet);
      reportTrouble();
      redraw();
    }
  });

  function draw() {
    frame = 0;
    if (!view.isConnected) return;
    const {start, end} = visibleRange(grid, view.scrollTop, view.clientHeight);
    const places = pictures.place(indices.subarray(start, end));
    if (timer === undefined) sheets.want(places.map(({sheet}) => sheet));
    palette ??= readPalette(view);
    paintCells(canvas, palette, {
      cells,
      indices,
      grid,
      start,
      places,
      proportions,
      picked,
      sheet: sheets.get,
      top: view.scrollTop,
      width: view.clientWidth,
      height: view.clientHeight
    });
  }

  function reportTrouble() {
    if (failed.size === 0) return trouble.replaceChildren();
    const names = [...failed].map((name) => name.replace(/\.webp.*/, "")).sort();
    const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    const onclick = () => {
      for (const sheet of failed) sheets.retry(sheet);
      failed.clear();
      reportTrouble();
      redraw();
    };
    const retry = element("button", {type: "button", onclick}, "Try again");
    trouble.replaceChildren(`Some cells are shown by name only: ${shown} did not load. `, retry);
  }

  function moveTo(position: number, {scroll = true} = {}) {
    current = Math.min(Math.max(position, 0), Math.max(0, indices.length - 1));
    const {x, y} = squareAt(grid, current);
    option.style.transform = `translate(${x}px, ${y}px)`;
    // A new id makes screen readers read the option again.
    option.id = `${name}-option-${current}`;
    option.hidden = indices.length === 0;
    if (indices.length > 0) {
      const index = indices[current]!;
      view.setAttribute("aria-activedescendant", option.id);
      const selected = {"aria-selected": String(host.value === index)};
      setAttributes(option, {"aria-posinset": current + 1, "aria-setsize": indices.length, ...selected});
      option.textContent = `Cell ${formatCount(current + 1)} of ${formatCount(indices.length)}: ${describeCell(cells, index)}${picked.has(index) ? ", picked" : ""}`;
    } else view.removeAttribute("aria-activedescendant");
    if (scroll) view.scrollTop = scrollFor(grid, current, view.scrollTop, view.clientHeight);
    redraw();
  }

  function lay() {
    grid = layGrid(indices.length, view.clientWidth, pitch);
    box.style.height = `${grid.height}px`;
    option.style.width = option.style.height = `${grid.pitch}px`;
    moveTo(current, {scroll: !laid});
    laid = view.clientHeight > 0;
  }

  function open(position: number) {
    if (indices.length === 0) return;
    host.value = indices[position]!;
    moveTo(position);
    host.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function togglePick(position: number) {
    if (indices.length === 0) return;
    const index = indices[position]!;
    if (!picked.delete(index)) picked.add(index);
    moveTo(position);
    host.dispatchEvent(new Event("pick", {bubbles: true}));
  }

  view.addEventListener("scroll", redraw, {passive: true});
  view.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (event.key === "Enter") open(current);
    else if (event.key === " ") togglePick(current);
    else {
      const target = moveBy(grid, current, event.key, {viewHeight: view.clientHeight, toEnds: event.ctrlKey});
      if (target === null) return;
      moveTo(target);
    }
    event.preventDefault();
  });
  view.addEventListener("click", (event) => {
    const bounds = view.getBoundingClientRect();
    const position = indexAt(grid, event.clientX - bounds.left, event.clientY - bounds.top + view.scrollTop);
    if (position === null) return;
    if (event.ctrlKey || event.metaKey) togglePick(position);
    else open(position);
  });
  const resized = new ResizeObserver(lay);
  resized.observe(view);
  const endWatch = watchScheme(() => {
    palette = undefined;
    redraw();
  });

  return Object.defineProperty(
    Object.assign(host, {
      value: null,
      show(next: Uint32Array) {
        const first = indices.length === 0;
        indices = next as Uint32Array<ArrayBuffer>;
        view.scrollTop = 0;
        current = 0;
        clearTimeout(timer);
        timer = undefined;
        if (!first) {
          timer = setTimeout(() => {
            timer = undefined;
            redraw();
          }, rest);
        }
        lay();
      },
      setProportions(next: boolean) {
        if (next === proportions) return;
        proportions = next;
        redraw();
      },
      setPitch(next: number) {
        if (next === pitch) return;
        pitch = next;
        lay();
        moveTo(current);
      },
      reveal(cell: number) {
        host.value = cell < 0 ? null : cell;
        const position = indices.indexOf(cell);
        if (position >= 0) moveTo(position);
      },
      pick(next: Iterable<number>) {
        picked = new Set(next);
        moveTo(current, {scroll: false});
      },
      focusCell: () => view.focus(),
      dispose() {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        resized.disconnect();
        endWatch();
        sheets.clear();
      }
    }),
    "picked",
    {get: () => picked}
  );
}
