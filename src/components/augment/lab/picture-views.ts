import * as d3 from "d3";
import {cellSide} from "../../../data/shapes/cells.js";
import {element, svgElement} from "../../ui/element.js";
import type {View} from "../../ui/view.js";
import {coordinate, drawGrid, project} from "../geometry.js";
import type {Draw} from "../types.js";
import type {Current} from "./current.js";
import {planeReach} from "./protocol.js";
import type {Stage, Tile} from "./protocol.js";

/** A square canvas that shows tiles pixel for pixel. */
export function tileCanvas(side: number): HTMLCanvasElement {
  return element("canvas", {class: "tile", role: "img", "aria-label": "", width: side, height: side});
}

/** Puts a tile on a canvas, one pixel of the tile a pixel of the canvas. */
export function paint(canvas: HTMLCanvasElement, {rgba, width, height}: Tile): void {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  canvas.getContext("2d")!.putImageData(new ImageData(rgba, width, height), 0, 0);
}

/** The pipeline as pictures, one figure a stage. */
export function stagesView(): View<Current> {
  const node = element("ol", {class: "stages"});
  const figures: {canvas: HTMLCanvasElement; title: HTMLElement; note: HTMLElement; item: HTMLElement}[] = [];
  let shown: readonly Stage[] | undefined;
  const add = () => {
    const canvas = tileCanvas(230);
    const [title, note] = [element("b"), element("span")];
    figures.push({
      canvas,
      title,
      note,
      item: element("li", element("figure", canvas, element("figcaption", title, note)))
    });
  };
  return {
    node,
    update({pictures}) {
      const stages = pictures?.details?.stages;
      if (!stages || stages === shown) return;
      shown = stages;
      while (figures.length < stages.length) add();
      stages.forEach(({title, note, tile}, i) => {
        const figure = figures[i]!;
        paint(figure.canvas, tile);
        figure.canvas.setAttribute("aria-label", `The cell after step ${i + 1}, ${title}`);
        figure.title.textContent = `${i + 1}. ${title}`;
        figure.note.textContent = note;
      });
      node.replaceChildren(...figures.slice(0, stages.length).map(({item}) => item));
    }
  };
}

const lines = 13;

/** The lines of the output's grid on the input's plane, as SVG paths: one for the inner lines, one for the rim. */
export function gridPaths(draw: Draw, alignCorners: boolean): {inner: string; rim: string} {
  const output = {width: lines, height: lines, alignCorners};
  const {matrix} = drawGrid(draw, {width: 460, height: 460}, output);
  const at = d3.range(lines).map((i) => coordinate(i, lines, alignCorners));
  const corner = ([x, y]: [number, number]) =>
    project(matrix, x, y)
      .slice(0, 2)
      .map((value) => value.toFixed(4))
      .join();
  const path = (...points: [number, number][]) => `M${points.map(corner).join("L")}`;
  const [first, last] = [at[0]!, at.at(-1)!];
  const across = at.map((y) => path([first, y], [last, y]));
  const down = at.map((x) => path([x, first], [x, last]));
  const rim = `${path([first, first], [last, first], [last, last], [first, last])}Z`;
  return {inner: [...across, ...down].join(""), rim};
}

/** How many of `side` pixels the corners of the new picture reach beyond the border. */
function pixelsBeyond(draw: Draw, {alignCorners, side}: {alignCorners: boolean; side: number}): number {
  const edges = alignCorners ? 1 : 1 - 1 / lines;
  const {matrix} = drawGrid(draw, {width: side, height: side}, {width: 224, height: 224, alignCorners});
  const reach = [-edges, edges].flatMap((x) => [-edges, edges].flatMap((y) => project(matrix, x, y).slice(0, 2)));
  return Math.round((Math.max(0, Math.max(...reach.map(Math.abs)) - 1) * (side - 1)) / 2);
}

/** The plane around the picture, with the points that the chosen draw reads laid over it. */
export function planeView(): View<Current> {
  const [canvas, reach] = [tileCanvas(336), planeReach];
  canvas.setAttribute("aria-hidden", "true");
  const inner = svgElement("path", {class: "plane-lines"});
  const rim = svgElement("path", {class: "plane-rim"});
  const drawing = svgElement(
    "svg",
    {viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}`, role: "img"},
    svgElement("rect", {class: "plane-border", x: -1, y: -1, width: 2, height: 2}),
    inner,
    rim
  );
  let shown: Current | undefined;
  return {
    node: element("div", {class: "plane"}, canvas, drawing),
    update(current) {
      const {settings, drawn, pictures} = current;
      const {plane} = pictures?.details ?? {};
      if (plane && plane !== shown?.pictures?.details?.plane) paint(canvas, plane);
      if (drawn && (drawn !== shown?.drawn || settings !== shown.settings)) {
        const chosen = drawn.draws[settings.draw - 1]!;
        const {alignCorners, transforms} = settings;
        const side = transforms === "trained" ? cellSide : 460;
        const paths = gridPaths(chosen, alignCorners);
        inner.setAttribute("d", paths.inner);
        rim.setAttribute("d", paths.rim);
        drawing.setAttribute(
          "aria-label",
          `The cell with its mirrored surroundings. The corners of the new picture reach ${pixelsBeyond(chosen, {alignCorners, side})} of ${side} pixels beyond the border.`
        );
      }
      shown = current;
    }
  };
}
