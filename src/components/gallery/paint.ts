import type {Cells} from "./cells.js";
import {squareAt} from "./grid.js";
import type {Grid} from "./grid.js";
import {cellSide, placeOnSheet} from "./load-sheet.js";
import {fitProportions} from "./proportions.js";

/** What {@link paintCells} shows: a window of `width` × `height` CSS pixels on a grid, `top` pixels down. */
export interface Scene {
  cells: Cells;
  indices: Uint32Array;
  grid: Grid;
  /** Half-open range of positions to draw. */
  start: number;
  end: number;
  top: number;
  width: number;
  height: number;
  proportions: boolean;
  /** The sheet's picture, or null while it is not at hand. */
  image: (sheet: number) => ImageBitmap | null;
}

const margin = 4;
const markHeight = 3;

/**
 * Draws the cells in view. Under each cell lies a bar: one piece for parasitized, two for uninfected; a disputed label
 * adds a corner. Cells whose sheet is not at hand are outlines.
 */
export function paintCells(canvas: HTMLCanvasElement, scene: Scene): void {
  const {cells, indices, grid, start, end, top, width, height, proportions, image} = scene;
  const ratio = devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.style.marginBottom = `${-height}px`;
  }
  const style = getComputedStyle(canvas);
  const colours = ["parasitized", "uninfected", "rule", "focus"].map((name) =>
    style.getPropertyValue(`--color-${name}`)
  );
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  const side = grid.pitch - 2 * margin - markHeight;
  const inset = (grid.pitch - side) / 2;

  for (let position = start; position < end; position++) {
    const index = indices[position]!;
    const square = squareAt(grid, position);
    const [left, upper] = [square.x + inset, square.y - top + margin];
    const place = placeOnSheet(index);
    const picture = image(place.sheet);
    const fit = fitProportions(proportions ? cells.width[index]! : 0, cells.height[index]!, side);
    if (picture) {
      context.drawImage(
        picture,
        place.x,
        place.y,
        cellSide,
        cellSide,
        left + fit.x,
        upper + fit.y,
        fit.width,
        fit.height
      );
    } else {
      context.strokeStyle = colours[2]!;
      context.strokeRect(left + fit.x + 0.5, upper + fit.y + 0.5, fit.width - 1, fit.height - 1);
    }
    const label = cells.label[index]!;
    context.fillStyle = colours[label]!;
    const bar = upper + side + 1;
    if (label === 0) context.fillRect(left, bar, side, markHeight);
    else {
      context.fillRect(left, bar, side * 0.42, markHeight);
      context.fillRect(left + side * 0.58, bar, side * 0.42, markHeight);
    }
    if (cells.disputed[index]) {
      context.fillStyle = colours[3]!;
      context.beginPath();
      context.moveTo(left + side, upper);
      context.lineTo(left + side - 12, upper);
      context.lineTo(left + side, upper + 12);
      context.fill();
    }
  }
}
