import {networkCall, reviewedCall} from "./review.js";
import type {SmearCell, SmearNetworks} from "./review.js";

/** How a picture lies on a canvas: canvas = picture × k + offset. */
export interface Placement {
  k: number;
  x: number;
  y: number;
}

/** How a place in a field is drawn, and what it is called in the key. */
export type Look = "parasitized" | "uninfected" | "close" | "unjudged" | "other" | "none";

/** How a cell is drawn: as a person says, else as the networks say. */
export function lookOf(cell: SmearCell, networks: SmearNetworks): Look {
  if (cell.mark === "no cell") return "none";
  if (cell.kind !== "red" && cell.mark === null) return "other";
  const {label} = reviewedCall(cell, networks);
  if (cell.mark === null && networkCall(cell, networks).isClose) return "close";
  return label ?? "unjudged";
}

/** The letter of what is no whole single red cell. */
export const LETTERS = {white: "W", platelet: "P", clump: "C", cut: "–"} as const;

const STYLES: Record<Look, {token: string; width: number; dash: number[]}> = {
  parasitized: {token: "--color-parasitized", width: 3, dash: []},
  close: {token: "--color-notice", width: 2.5, dash: [8, 3]},
  uninfected: {token: "--color-uninfected", width: 1.5, dash: []},
  unjudged: {token: "--color-accent", width: 1, dash: []},
  other: {token: "--color-muted", width: 1.5, dash: [2, 3]},
  none: {token: "--color-muted", width: 1, dash: [2, 6]}
};

/** Pixels on the canvas below which a cell has no sign of its own unless it matters. */
const SMALL = 26;
const SIGN = 6;

/** What {@link paintOutlines} draws. */
export interface Painting {
  cells: readonly SmearCell[];
  networks: SmearNetworks;
  /** The place that is chosen. */
  chosen: number | null;
  placement: Placement;
  /** Pixels of the canvas that a line of 1 has. */
  unit: number;
  /** The value of a CSS variable by day: pictures are bright whatever the page is. */
  token: (name: string) => string;
}

/** Draws the outlines of a field's cells and the sign of each: ● parasitized, ○ uninfected, ◐ too close to call, a letter for other kinds. */
export function paintOutlines(context: CanvasRenderingContext2D, painting: Painting): void {
  const {cells, networks, chosen, unit, token} = painting;
  // What matters most is drawn last, over the others.
  const order: Look[] = ["none", "other", "unjudged", "uninfected", "close", "parasitized"];
  const looks = cells.map((cell) => lookOf(cell, networks));
  const {width, height} = context.canvas;
  context.lineJoin = "round";
  for (const look of order) {
    const {token: name, width: line, dash} = STYLES[look];
    const colour = token(name);
    cells.forEach((cell, n) => {
      if (looks[n] !== look) return;
      const {x, y, reach} = placed(cell, painting.placement);
      if (x + reach < 0 || y + reach < 0 || x - reach > width || y - reach > height) return;
      trace(context, cell, painting.placement);
      context.setLineDash([]);
      context.strokeStyle = "rgb(255 255 255 / 0.7)";
      context.lineWidth = (line + 2) * unit;
      context.stroke();
      context.setLineDash(dash.map((length) => length * unit));
      context.strokeStyle = colour;
      context.lineWidth = (n === chosen ? line + 2 : line) * unit;
      context.stroke();
      context.setLineDash([]);
      const matters = look === "parasitized" || look === "close" || n === chosen;
      if (matters || reach > (SMALL / 2) * unit)
        drawSign(context, {x: x + 0.75 * reach, y: y - 0.75 * reach}, {cell, look, colour, unit});
    });
  }
  if (chosen !== null && cells[chosen]) drawChosen(context, placed(cells[chosen], painting.placement), unit, token);
}

function placed({x, y, width, height}: SmearCell, {k, x: left, y: top}: Placement) {
  return {x: x * k + left, y: y * k + top, reach: (Math.max(width, height) / 2) * k};
}

function trace(context: CanvasRenderingContext2D, {outline}: SmearCell, {k, x, y}: Placement): void {
  context.beginPath();
  for (let n = 0; n < outline.length; n += 2) context.lineTo(outline[n]! * k + x, outline[n + 1]! * k + y);
  context.closePath();
}

function drawSign(
  context: CanvasRenderingContext2D,
  {x, y}: {x: number; y: number},
  {cell, look, colour, unit}: {cell: SmearCell; look: Look; colour: string; unit: number}
): void {
  const radius = SIGN * unit;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = look === "parasitized" ? colour : "#fff";
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 2 * unit;
  context.stroke();
  context.fillStyle = colour;
  if (look === "close") {
    context.beginPath();
    context.arc(x, y, radius, Math.PI / 2, 1.5 * Math.PI);
    context.fill();
  }
  const letter = look === "none" ? "✕" : look === "other" ? LETTERS[cell.kind as keyof typeof LETTERS] : "";
  if (!letter) return;
  context.font = `600 ${9 * unit}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(letter, x, y + 0.5 * unit);
}

/** Four corners around what is chosen, which no class has. */
function drawChosen(
  context: CanvasRenderingContext2D,
  {x, y, reach}: {x: number; y: number; reach: number},
  unit: number,
  token: (name: string) => string
): void {
  const side = reach + 10 * unit;
  const corner = Math.min(side, 14 * unit);
  context.beginPath();
  for (const [across, down] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1]
  ] as const) {
    const [u, v] = [x + across * side, y + down * side];
    context.moveTo(u - across * corner, v);
    context.lineTo(u, v);
    context.lineTo(u, v - down * corner);
  }
  for (const [width, colour] of [
    [6, "#fff"],
    [3, token("--color-accent")]
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** The place of the cell at a point of the picture: of several the one whose centre is nearest; null where there is none. */
export function cellAt(cells: readonly SmearCell[], x: number, y: number): number | null {
  let [nearest, distance] = [-1, Infinity];
  cells.forEach((cell, n) => {
    const [dx, dy] = [x - cell.x, y - cell.y];
    if (((2 * dx) / cell.width) ** 2 + ((2 * dy) / cell.height) ** 2 > 1) return;
    const away = Math.hypot(dx, dy);
    if (away < distance) [nearest, distance] = [n, away];
  });
  return nearest < 0 ? null : nearest;
}
