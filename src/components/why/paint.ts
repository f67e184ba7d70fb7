import {cellPixels, cellSide} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";

/** Draws 50×50 RGB pixels on a canvas of that size; enlarging it without smoothing is left to the style sheet. */
export function drawCell(cell: Uint8ClampedArray): HTMLCanvasElement {
  const canvas = element("canvas", {width: cellSide, height: cellSide, class: "seen"});
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

/** A colour, each channel 0…255. */
export type Colour = [red: number, green: number, blue: number];

/** From dark blue to yellow by way of green: brighter with each step, so that it can be read without telling hues apart. */
const STOPS: Colour[] = [
  [0, 52, 94],
  [0, 114, 120],
  [62, 170, 90],
  [255, 229, 40]
];

/** Colour of a share from 0 to 1 of a map's highest value. */
export function rampColour(share: number): Colour {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const first = Math.min(STOPS.length - 2, Math.floor(place));
  return [0, 1, 2].map((channel) => {
    const [from, to] = [STOPS[first]![channel]!, STOPS[first + 1]![channel]!];
    return Math.round(from + (to - from) * (place - first));
  }) as Colour;
}

/** The ramp as the value of the CSS property `background`, from left to right. */
export const RAMP_BACKGROUND = `linear-gradient(90deg, ${STOPS.map((stop) => `rgb(${stop.join(" ")})`).join(", ")})`;

/**
 * Pixels that show a map: coloured by the ramp, the more opaque the higher, so that what is low lets the cell through.
 * @param peak where on the ramp the map's highest value lies, 0…1: maps of cells that hardly speak for a class stay dim
 * @returns RGBA, as many pixels as values; wholly transparent where the map is nought
 */
export function paintMap(map: ArrayLike<number>, peak = 1): Uint8ClampedArray<ArrayBuffer> {
  const highest = Array.from(map).reduce((most, value) => Math.max(most, value), 0);
  const pixels = new Uint8ClampedArray(map.length * 4);
  if (!(highest > 0) || !Number.isFinite(highest)) return pixels;
  for (let n = 0; n < map.length; n++) {
    const share = (peak * map[n]!) / highest;
    pixels.set([...rampColour(share), 255 * Math.min(1, share * 2)], n * 4);
  }
  return pixels;
}
