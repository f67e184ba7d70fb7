import type {FoundCell, FoundField} from "../../../../src/components/finder/find-cells.js";
import type {CellKind, SingleCell} from "../../../../src/components/finder/single-cell.js";
import type {RgbPicture} from "../../../../src/components/image/resize.js";

const PINK = [196, 130, 150] as const;

/** How a field is drawn. */
export interface Drawing {
  width?: number;
  height?: number;
  /** Of each cell, in pixels. */
  diameter?: number;
  /** Pixels from one cell's centre to the next. */
  spacing?: number;
  /** Pixels over which a cell's edge passes into the ground. */
  blur?: number;
  ground?: number;
  /** What all light is multiplied by. */
  light?: number;
}

/** A field of pink discs on an even ground, in rows, and what a finder that misses nothing finds in it. */
export function drawnField({
  width = 600,
  height = 400,
  diameter = 60,
  spacing = 80,
  blur = 4,
  ground = 230,
  light = 1
}: Drawing = {}): {picture: RgbPicture; field: FoundField} {
  const data = new Uint8ClampedArray(width * height * 3).fill(ground);
  const cells: FoundCell[] = [];
  for (let y = spacing / 2; y <= height - spacing / 2; y += spacing) {
    for (let x = spacing / 2; x <= width - spacing / 2; x += spacing) cells.push(disc(x, y, diameter));
  }
  for (const {x, y} of cells) {
    const reach = Math.ceil(diameter / 2 + blur);
    for (let v = Math.max(0, Math.floor(y) - reach); v < Math.min(height, y + reach); v++) {
      for (let u = Math.max(0, Math.floor(x) - reach); u < Math.min(width, x + reach); u++) {
        const over = Math.hypot(u + 0.5 - x, v + 0.5 - y) - diameter / 2;
        const share = Math.min(1, Math.max(0, 0.5 - over / blur));
        const at = (v * width + u) * 3;
        PINK.forEach((value, n) => (data[at + n] = data[at + n]! * (1 - share) + value * share));
      }
    }
  }
  data.forEach((value, at) => (data[at] = value * light));
  return {picture: {data, width, height, channels: 3}, field: {width, height, diameter, cells}};
}

/** A red cell as a circle. */
export function disc(x: number, y: number, diameter: number): FoundCell {
  const outline = Float32Array.from({length: 64}, (_, n) => {
    const angle = (Math.PI * (n >> 1)) / 16;
    return n % 2 ? y + (diameter / 2) * Math.sin(angle) : x + (diameter / 2) * Math.cos(angle);
  });
  return {kind: "red", x, y, width: diameter, height: diameter, certainty: 0.9, outline};
}

/** The one cell that a finder tells in the middle of a picture, on a ground of 230. */
export function loneDisc(width: number, height: number, diameter: number, kind: CellKind = "red"): SingleCell {
  const channel = [-Math.log(231 / 256), 0, 0] as const;
  const ground = {ground: [channel, channel, channel], standing: "darker", width, height} as const;
  return {...disc(width / 2, height / 2, diameter), kind, ground};
}

/** Paints an even picture, and what lies where. */
export function painted(width: number, height: number, colourAt: (x: number, y: number) => number): RgbPicture {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.fill(colourAt(x, y), (y * width + x) * 3, (y * width + x + 1) * 3);
  }
  return {data, width, height, channels: 3};
}
