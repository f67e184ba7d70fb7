import {element} from "../ui/element.js";
import {formatCount} from "../ui/format.js";
import type {Cells} from "./cells.js";
import {describeCell} from "./describe.js";
import {indexAt, layGrid, moveBy, scrollFor, squareAt, visibleRange} from "./grid.js";
import {placeOnSheet} from "./load-sheet.js";
import {paintCells} from "./paint.js";
import {sheetCache} from "./sheet-cache.js";

/** Options of {@link gallery}. */
export interface GalleryOptions {
  loadSheet: (sheet: number, signal: AbortSignal) => Promise<ImageBitmap>;
  /** Least distance from one cell to the next, in CSS pixels. */
  pitch?: number;
  /** Height of the window on the cells, in CSS pixels. */
  height?: number;
  /** Draw cells in their true proportions where their size is known. */
  proportions?: boolean;
}

/** A scrolling grid of cells; `value` is the opened cell, and `input` fires when the reader opens one. */
export interface GalleryElement extends HTMLElement {
  value: number | null;
  /** Shows these cells, in this order, from the top. */
  show(indices: Uint32Array): void;
  /** Draws cells squeezed to squares, or in their true proportions. */
  setProportions(proportions: boolean): void;
  /** Puts the keyboard back on the current cell. */
  focusCell(): void;
  /** Ends observers and frees the sheets. */
  dispose(): void;
}

/**
 * Shows any number of cells on one canvas that stays in place while an empty box of the grid's height scrolls.
 *
 * Only sheets with a cell in view are fetched. The grid is one stop of the Tab key; inside it the keys of {@link moveBy}
 * walk, Enter or Space opens. A screen reader hears the current cell through an option that lies over it.
 */
export function gallery(
  cells: Cells,
  {loadSheet, pitch = 58, height = 540, proportions = true}: GalleryOptions
): GalleryElement {
  const canvas = element(document, "canvas", {"aria-hidden": "true"});
  const box = element(document, "div", {class: "gallery-box", role: "presentation"});
  const option = element(document, "div", {class: "gallery-option", role: "option", id: "gallery-option-0"});
  const view = element(
    document,
    "div",
    {class: "gallery-view", role: "listbox", tabindex: 0, "aria-label": "Cells"},
    canvas,
    box,
    option
  );
  const trouble = element(document, "div", {class: "gallery-trouble", role: "status"});
  const host = element(document, "div", {class: "gallery"}, view, trouble) as HTMLElement as GalleryElement;
  view.style.height = `${height}px`;

  let indices = new Uint32Array(0);
  let grid = layGrid(0, 1, pitch);
  let current = 0;
  let frame = 0;
  const failed = new Set<number>();
  const redraw = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const sheets = sheetCache({
    load: loadSheet,
    close: (image: ImageBitmap) => image.close(),
    changed: (sheet) => {
      const state = sheets.get(sheet);
      if (state?.status === "failed") failed.add(sheet);
      else failed.delete(sheet);
      reportTrouble();
      redraw();
    }
  });

  function draw() {
    frame = 0;
    const {start, end} = visibleRange(grid, view.scrollTop, view.clientHeight);
    const wanted = new Set<number>();
    for (let position = start; position < end; position++) wanted.add(placeOnSheet(indices[position]!).sheet);
    sheets.want(wanted);
    paintCells(canvas, {
      ...{cells, indices, grid, start, end, proportions},
      ...{top: view.scrollTop, width: view.clientWidth, height: view.clientHeight},
      image: (sheet) => {
        const state = sheets.get(sheet);
        return state?.status === "ready" ? state.image : null;
      }
    });
  }

  function reportTrouble() {
    if (failed.size === 0) return trouble.replaceChildren();
    const names = [...failed].sort((a, b) => a - b).join(", ");
    const retry = element(document, "button", {type: "button"}, "Try again");
    retry.addEventListener("click", () => {
      for (const sheet of failed) sheets.retry(sheet);
      failed.clear();
      reportTrouble();
      redraw();
    });
    trouble.replaceChildren(`Some cells can't be shown: image sheet ${names} did not load. `, retry);
  }

  function moveTo(position: number, {scroll = true} = {}) {
    current = Math.min(Math.max(position, 0), Math.max(0, indices.length - 1));
    const {x, y} = squareAt(grid, current);
    option.style.transform = `translate(${x}px, ${y}px)`;
    // A new id makes screen readers read the option again.
    option.id = `gallery-option-${current}`;
    option.hidden = indices.length === 0;
    if (indices.length > 0) {
      view.setAttribute("aria-activedescendant", option.id);
      option.setAttribute("aria-posinset", String(current + 1));
      option.setAttribute("aria-setsize", String(indices.length));
      option.setAttribute("aria-selected", String(host.value === indices[current]));
      option.textContent = `Cell ${formatCount(current + 1)} of ${formatCount(indices.length)}: ${describeCell(cells, indices[current]!)}`;
    } else view.removeAttribute("aria-activedescendant");
    if (scroll) view.scrollTop = scrollFor(grid, current, view.scrollTop, view.clientHeight);
    redraw();
  }

  function lay() {
    grid = layGrid(indices.length, view.clientWidth, pitch);
    box.style.height = `${grid.height}px`;
    option.style.width = option.style.height = `${grid.pitch}px`;
    moveTo(current, {scroll: false});
  }

  function open(position: number) {
    if (indices.length === 0) return;
    host.value = indices[position]!;
    moveTo(position);
    host.dispatchEvent(new Event("input", {bubbles: true}));
  }

  view.addEventListener("scroll", redraw, {passive: true});
  view.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") open(current);
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
    if (position !== null) open(position);
  });
  const resized = new ResizeObserver(lay);
  resized.observe(view);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", redraw);

  return Object.assign(host, {
    value: null,
    show(next: Uint32Array) {
      indices = next as Uint32Array<ArrayBuffer>;
      view.scrollTop = 0;
      current = 0;
      lay();
    },
    setProportions(next: boolean) {
      proportions = next;
      redraw();
    },
    focusCell: () => view.focus(),
    dispose() {
      cancelAnimationFrame(frame);
      resized.disconnect();
      scheme.removeEventListener("change", redraw);
      sheets.clear();
    }
  });
}
