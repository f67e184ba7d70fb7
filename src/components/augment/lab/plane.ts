import * as d3 from "d3";
import {element} from "../../ui/element.js";
import {coordinate, drawGrid, project} from "../grid.js";
import type {Draw} from "../types.js";
import {tileCanvas, paint} from "./paint.js";
import type {Tile} from "./protocol.js";

/** The plane around the picture, with the points that a draw reads laid over it. */
export interface Plane {
  node: HTMLElement;
  show(tile: Tile): void;
  /** Lays the grid of a draw over it. */
  overlay(draw: Draw, alignCorners: boolean): void;
}

const lines = 13;

/** The lines of the output's grid on the input's plane, as SVG paths: one for the inner lines, one for the rim. */
export function gridPaths(draw: Draw, alignCorners: boolean): {inner: string; rim: string} {
  const output = {width: lines, height: lines, alignCorners};
  const {matrix} = drawGrid(draw, {width: 460, height: 460}, output);
  const at = d3.range(lines).map((i) => coordinate(i, lines, alignCorners));
  const path = (points: [number, number][]) =>
    `M${points
      .map(([x, y]) =>
        project(matrix, x, y)
          .slice(0, 2)
          .map((value) => value.toFixed(4))
          .join()
      )
      .join("L")}`;
  const [first, last] = [at[0]!, at.at(-1)!];
  const across = at.map((y) =>
    path([
      [first, y],
      [last, y]
    ])
  );
  const down = at.map((x) =>
    path([
      [x, first],
      [x, last]
    ])
  );
  const rim = `${path([
    [first, first],
    [last, first],
    [last, last],
    [first, last]
  ])}Z`;
  return {inner: [...across, ...down].join(""), rim};
}

/** Makes the plane; `reach` is where it ends, 1 being the border of the picture. */
export function planeElement(reach: number, side: number): Plane {
  const canvas = tileCanvas("", side);
  canvas.setAttribute("aria-hidden", "true");
  const svg = d3
    .select(document)
    .select(() => document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("viewBox", `${-reach} ${-reach} ${2 * reach} ${2 * reach}`)
    .attr("role", "img");
  svg.append("rect").attr("class", "plane-border").attr("x", -1).attr("y", -1).attr("width", 2).attr("height", 2);
  const inner = svg.append("path").attr("class", "plane-lines");
  const rim = svg.append("path").attr("class", "plane-rim");
  return {
    node: element("div", {class: "plane"}, canvas, svg.node()!),
    show: (tile) => paint(canvas, tile),
    overlay(draw, alignCorners) {
      const paths = gridPaths(draw, alignCorners);
      inner.attr("d", paths.inner);
      rim.attr("d", paths.rim);
      const edges = alignCorners ? 1 : 1 - 1 / lines;
      const {matrix} = drawGrid(draw, {width: 460, height: 460}, {width: 224, height: 224, alignCorners});
      const reachOf = [-edges, edges].flatMap((x) => [-edges, edges].flatMap((y) => project(matrix, x, y).slice(0, 2)));
      const outside = Math.max(0, Math.max(...reachOf.map(Math.abs)) - 1);
      svg.attr(
        "aria-label",
        `The cell with its mirrored surroundings. The corners of the new picture reach ${Math.round((outside * 459) / 2)} of 460 pixels beyond the border.`
      );
    }
  };
}
