import {cellSide} from "../../data/shapes/cells.js";
import {patientName} from "./cells.js";
import type {Cells} from "./cells.js";
import {fitProportions, squareAt} from "./grid.js";
import type {Grid} from "./grid.js";
import type {PicturePlace, SheetState} from "./sheets.js";

/** What {@link paintCells} shows: a window of `width` × `height` CSS pixels on a grid, `top` pixels down. */
export interface Scene {
  cells: Cells;
  indices: Uint32Array;
  grid: Grid;
  /** First position to draw; there is one for each of `places`. */
  start: number;
  places: readonly PicturePlace[];
  top: number;
  width: number;
  height: number;
  proportions: boolean;
  /** How a sheet stands; undefined where it is not fetched yet. */
  sheet: (name: string) => SheetState<ImageBitmap> | undefined;
  /** Cells that are picked, by their place in the manifest. */
  picked: ReadonlySet<number>;
}

/** Colours of the page that the canvas uses. */
export type Palette = Record<"parasitized" | "uninfected" | "rule" | "focus" | "muted", string>;

const margin = 4;
const markHeight = 3;

/** Reads the colours that hold for an element now: they change with the colour scheme. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const names = ["parasitized", "uninfected", "rule", "focus", "muted"] as const;
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--color-${name}`)])) as Palette;
}

/** Gives a canvas a size in CSS pixels at the resolution of the screen, and answers its cleared context. */
export function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * Draws the cells in view. Under each cell lies a bar: one piece for parasitized, two for uninfected; a disputed label
 * adds a corner, a picked cell a frame. Cells whose sheet is not at hand are outlines, and those whose sheet failed bear
 * their names: patient and number.
 */
export function paintCells(canvas: HTMLCanvasElement, palette: Palette, scene: Scene): void {
  const {cells, indices, grid, start, places, top, width, height, proportions, sheet, picked} = scene;
  const context = sizeCanvas(canvas, width, height);
  canvas.style.marginBottom = `${-height}px`;
  context.imageSmoothingQuality = "high";
  context.textAlign = "center";
  context.font = `${Math.min(13, Math.max(9, grid.pitch / 6))}px system-ui, sans-serif`;
  const side = grid.pitch - 2 * margin - markHeight;
  const inset = (grid.pitch - side) / 2;

  places.forEach((place, i) => {
    const index = indices[start + i]!;
    const square = squareAt(grid, start + i);
    const [left, upper] = [square.x + inset, square.y - top + margin];
    const state = sheet(place.sheet);
    const fit = fitProportions(proportions ? cells.width[index]! : 0, cells.height[index]!, side);
    const [x, y] = [left + fit.x, upper + fit.y];
    if (state?.status === "ready") {
      context.drawImage(state.image, place.x, place.y, cellSide, cellSide, x, y, fit.width, fit.height);
    } else {
      context.strokeStyle = palette.rule;
      context.strokeRect(x + 0.5, y + 0.5, fit.width - 1, fit.height - 1);
      if (state?.status === "failed") {
        context.fillStyle = palette.muted;
        context.fillText(patientName(cells, index), left + side / 2, upper + side / 2 - 2, side);
        context.fillText(`cell ${cells.number[index]}`, left + side / 2, upper + side / 2 + 11, side);
      }
    }
    const label = cells.label[index]!;
    context.fillStyle = label === 0 ? palette.parasitized : palette.uninfected;
    const bar = upper + side + 1;
    if (label === 0) context.fillRect(left, bar, side, markHeight);
    else {
      context.fillRect(left, bar, side * 0.42, markHeight);
      context.fillRect(left + side * 0.58, bar, side * 0.42, markHeight);
    }
    context.fillStyle = palette.focus;
    if (cells.disputed[index]) {
      context.beginPath();
      context.moveTo(left + side, upper);
      context.lineTo(left + side - 12, upper);
      context.lineTo(left + side, upper + 12);
      context.fill();
    }
    if (picked.has(index)) {
      context.strokeStyle = palette.focus;
      context.lineWidth = 2;
      context.strokeRect(left - 2, upper - 2, side + 4, side + markHeight + 5);
      context.lineWidth = 1;
    }
  });
}
