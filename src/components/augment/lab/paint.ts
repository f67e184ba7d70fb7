import {element} from "../../ui/element.js";
import type {Tile} from "./protocol.js";

/** A canvas that shows tiles pixel for pixel, named for screen readers. */
export function tileCanvas(label: string, side: number): HTMLCanvasElement {
  return element("canvas", {class: "tile", role: "img", "aria-label": label, width: side, height: side});
}

/** Puts a tile on a canvas, one pixel of the tile a pixel of the canvas. */
export function paint(canvas: HTMLCanvasElement, {rgba, width, height}: Tile): void {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  canvas.getContext("2d")!.putImageData(new ImageData(rgba, width, height), 0, 0);
}
