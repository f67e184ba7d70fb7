import {cellPixels, cellSide} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";

/** Draws 50×50 RGB pixels on a canvas of that size; enlarging it without smoothing is left to the style sheet. */
export function drawCell(cell: Uint8ClampedArray, document: Document): HTMLCanvasElement {
  const canvas = element(document, "canvas", {width: cellSide, height: cellSide, class: "seen"});
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const image = context.createImageData(cellSide, cellSide);
  for (let pixel = 0; pixel < cellPixels; pixel++) {
    image.data.set(cell.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    image.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
