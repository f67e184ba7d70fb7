import {cellSide} from "../../data/shapes/cells.js";
import type {Cells} from "../gallery/cells.js";
import {readPalette, sizeCanvas} from "../gallery/paint.js";
import {sheetCache} from "../gallery/sheets.js";
import type {PictureSource} from "../gallery/sheets.js";
import {element} from "../ui/element.js";
import {select} from "../ui/inputs.js";
import {legend} from "../ui/legend.js";
import {watchScheme} from "../ui/view.js";
import type {MapPlaces} from "./columns.js";
import type * as mapColours from "./map-colours.js";
import {mapHover} from "./map-hover.js";
import type * as mapPoints from "./map-points.js";
import {formatRegion, noRegion, polygonOf} from "./region.js";
import type {Region} from "./region.js";
import {colourings} from "./selection.js";
import type {Colouring, MapView} from "./selection.js";

/** Options of {@link cellMap}. */
export interface CellMapOptions {
  /** What draws and colours the points: it is fetched with the map. */
  drawing: typeof mapPoints & typeof mapColours;
  pictures: PictureSource;
  /** Whether a cell passes all filters but the map's own. */
  passes: (cell: number) => boolean;
  /** The scores and thresholds by which some colourings colour. */
  scored: Parameters<CellMapOptions["drawing"]["groupsOf"]>[2];
  /** Told of another colouring. */
  colourBy: (by: Colouring) => void;
  choose: (region: Region, done: boolean) => void;
  look: (view: MapView) => void;
  open: (cell: number) => void;
}

/** The map of cells. */
export interface CellMap {
  node: HTMLElement;
  update(region: Region, view: MapView, by: Colouring): void;
  dispose(): void;
}

/** Cells in view up to which the map shows pictures instead of points. */
const pictureLimit = 160;
/** Thumbnail sheets that the map fetches for one view, those with most cells first. */
const sheetLimit = 24;

/**
 * Cells by their places on the network's own features. Drawing a line around cells chooses them; zoomed in, points turn
 * into pictures. By keyboard a circle chooses: arrows move it, + and − change its size, Escape ends it.
 */
export function cellMap(
  cells: Cells,
  places: MapPlaces,
  {drawing, pictures, passes, scored, colourBy, choose, look, open}: CellMapOptions
): CellMap {
  const {drawPoints, keepInside, placeAt, projectionOf, colouringTitles, coloursOf, groupsOf} = drawing;
  const canvas = element("canvas", {
    class: "map-canvas",
    tabindex: 0,
    role: "application",
    "aria-label":
      "Map of cells. Arrow keys move a circle that chooses cells, plus and minus change its size, Escape ends the choice."
  });
  const mode = select(
    "Drag to",
    new Map([
      ["choose", "select cells"],
      ["move", "move the map"]
    ] as const)
  );
  const colouring = select("Colour by", new Map(colourings.map((by) => [by, colouringTitles[by]])));
  colouring.addEventListener("input", () => colourBy(colouring.value));
  const button = (text: string, name: string, onclick: () => void) =>
    element("button", {type: "button", "aria-label": name, onclick}, text);
  const number = (text: string, attributes: Record<string, number>) => {
    const input = element("input", {type: "number", step: 0.05, placeholder: "–", onchange: typed, ...attributes});
    return {input, label: element("label", {class: "control"}, element("span", text), input)};
  };
  const circleX = number("Circle x", {min: -1, max: 1});
  const circleY = number("y", {min: -1, max: 1});
  const radius = number("radius", {min: 0.01, max: 2});
  const zoomBy = (factor: number) => look(keepInside({...view, zoom: view.zoom * factor}));
  const end = button("All of the map", "All of the map: end the choice", () => choose(noRegion, true));
  const tools = element(
    "div",
    {class: "controls"},
    colouring,
    mode,
    button("+", "Zoom in", () => zoomBy(2)),
    button("−", "Zoom out", () => zoomBy(0.5)),
    button("Whole map", "Show the whole map", () => look({x: 0, y: 0, zoom: 1})),
    circleX.label,
    circleY.label,
    radius.label,
    end
  );
  const key = element("div", {class: "map-key"});
  const hover = mapHover(cells, pictures);
  const node = element("div", {class: "map"}, tools, key, element("div", {class: "map-box"}, canvas, hover.node));

  let region: Region = noRegion;
  let view: MapView = {x: 0, y: 0, zoom: 1};
  let side = 0;
  let frame = 0;
  let line: number[] = [];
  let near: number[] | null = null;
  let pixels: ImageData | undefined;
  let by: Colouring | undefined;
  let group = new Uint8Array(0);
  let colours: Uint32Array | undefined;
  let faint = 0;
  let accent = "";
  const redraw = () => {
    frame ||= requestAnimationFrame(draw);
  };
  const sheets = sheetCache({
    load: pictures.load,
    close: (image: ImageBitmap) => image.close(),
    changed: redraw
  });

  /** Colours of the page as the 32-bit numbers of a picture's pixels. */
  function readColours(): Uint32Array {
    accent = readPalette(canvas).focus;
    const style = getComputedStyle(canvas);
    const context = element("canvas", {width: 1, height: 1}).getContext("2d", {willReadFrequently: true})!;
    const [pale, ...others] = ["--color-rule", ...coloursOf(by!).map(({colour}) => colour)].map((colour) => {
      context.fillStyle = colour.startsWith("--") ? style.getPropertyValue(colour) : colour;
      context.fillRect(0, 0, 1, 1);
      return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
    });
    faint = pale!;
    return Uint32Array.from(others);
  }

  /** Says what the colours mean. */
  function tellColours(): void {
    const named = coloursOf(by!).filter(({name}) => name);
    const entries = named.map(({name, colour}) => ({
      label: name,
      colour: colour.startsWith("--") ? `var(${colour})` : colour
    }));
    const rest = element("li", "grey: left out by another filter");
    const list = legend(
      entries.length ? entries : [{label: "a colour for each patient; some share one", colour: "var(--color-muted)"}]
    );
    list.append(rest);
    key.replaceChildren(list);
  }

  function draw() {
    frame = 0;
    if (side === 0 || !by) return;
    colours ??= readColours();
    const context = sizeCanvas(canvas, side, side);
    const fine = canvas.width;
    if (pixels?.width !== fine) pixels = new ImageData(fine, fine);
    const ratio = fine / side;
    near = drawPoints(new Uint32Array(pixels.data.buffer), places, {
      side: fine,
      projection: projectionOf(view, fine),
      colours,
      faint,
      group,
      label: cells.label,
      passes,
      size: Math.max(1, Math.min(8, Math.round(1.6 * ratio * Math.sqrt(view.zoom)))),
      limit: pictureLimit
    });
    context.putImageData(pixels, 0, 0);
    if (near && view.zoom > 1) drawPictures(context, near);
    drawRegion(context);
  }

  function drawPictures(context: CanvasRenderingContext2D, shown: readonly number[]) {
    const projection = projectionOf(view, side);
    const where = pictures.place(shown);
    const tally = new Map<string, number>();
    for (const {sheet} of where) tally.set(sheet, (tally.get(sheet) ?? 0) + 1);
    const wanted = [...tally].sort((a, b) => b[1] - a[1]).slice(0, sheetLimit);
    sheets.want(wanted.map(([sheet]) => sheet));
    const size = Math.min(50, Math.max(20, (6 * side) / Math.sqrt(pictureLimit * 4)));
    const palette = readPalette(canvas);
    shown.forEach((cell, i) => {
      const {sheet, x, y} = where[i]!;
      const state = sheets.get(sheet);
      if (state?.status !== "ready") return;
      const left = places.x[cell]! * projection.scale + projection.left - size / 2;
      const top = projection.top - places.y[cell]! * projection.scale - size / 2;
      context.drawImage(state.image, x, y, cellSide, cellSide, left, top, size, size);
      context.strokeStyle = cells.label[cell] === 0 ? palette.parasitized : palette.uninfected;
      context.lineWidth = 2;
      context.setLineDash(cells.label[cell] === 0 ? [] : [4, 3]);
      context.strokeRect(left, top, size, size);
    });
    context.setLineDash([]);
  }

  function drawRegion(context: CanvasRenderingContext2D) {
    const {scale, left, top} = projectionOf(view, side);
    context.beginPath();
    if (region.kind === "circle" && line.length === 0) {
      context.arc(region.x * scale + left, top - region.y * scale, region.radius * scale, 0, 2 * Math.PI);
    } else {
      const corners = line.length > 0 ? line : region.kind === "polygon" ? region.corners : [];
      for (let i = 0; i < corners.length; i += 2) {
        context.lineTo(corners[i]! * scale + left, top - corners[i + 1]! * scale);
      }
      context.closePath();
    }
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.stroke();
  }

  function typed() {
    const [x, y, r] = [circleX, circleY, radius].map(({input}) => input.valueAsNumber) as [number, number, number];
    if (Number.isFinite(x) && Number.isFinite(y) && r > 0) choose({kind: "circle", x, y, radius: r}, true);
  }

  const pixelOf = (event: PointerEvent | WheelEvent) => {
    const bounds = canvas.getBoundingClientRect();
    return {x: event.clientX - bounds.left, y: event.clientY - bounds.top};
  };
  const under = (event: PointerEvent | WheelEvent) => {
    const {x, y} = pixelOf(event);
    return placeAt(projectionOf(view, side), x, y);
  };
  let start: {x: number; y: number; view: MapView} | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    start = {...pixelOf(event), view};
    const {x, y} = under(event);
    line = mode.value === "choose" ? [x, y] : [];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!start) return hover.show(cellUnder(event), pixelOf(event));
    hover.show(undefined);
    if (line.length === 0) {
      const {scale} = projectionOf(view, side);
      const now = pixelOf(event);
      return look(
        keepInside({
          x: start.view.x - (now.x - start.x) / scale,
          y: start.view.y + (now.y - start.y) / scale,
          zoom: view.zoom
        })
      );
    }
    const {x, y} = under(event);
    line.push(x, y);
    redraw();
  });
  const finish = (event: PointerEvent) => {
    if (!start) return;
    const now = pixelOf(event);
    const still = Math.hypot(now.x - start.x, now.y - start.y) < 4 && line.length < 12;
    const drawn = line;
    start = undefined;
    line = [];
    if (still) {
      const cell = nearest(event);
      if (cell !== undefined) open(cell);
      else choose(noRegion, true);
    } else if (drawn.length > 0) choose(polygonOf(drawn), true);
    redraw();
  };
  canvas.addEventListener("pointerleave", () => hover.show(undefined));
  canvas.addEventListener("pointerup", finish);
  canvas.addEventListener("pointercancel", finish);

  /** The cell nearest to the pointer, at most a few pixels away, among those that pass. */
  function cellUnder(event: PointerEvent): number | undefined {
    const {x, y} = under(event);
    const reach = 8 / projectionOf(view, side).scale;
    let [best, least] = [-1, reach * reach];
    for (let cell = 0; cell < cells.count; cell++) {
      const far = (places.x[cell]! - x) ** 2 + (places.y[cell]! - y) ** 2;
      if (far < least && passes(cell)) [best, least] = [cell, far];
    }
    return best < 0 ? undefined : best;
  }

  /** The cell drawn nearest to the pointer, while the map shows few enough to tell them apart. */
  function nearest(event: PointerEvent): number | undefined {
    const {x, y} = under(event);
    const {scale} = projectionOf(view, side);
    const far = (cell: number) => Math.hypot(places.x[cell]! - x, places.y[cell]! - y) * scale;
    const close = (near ?? []).filter((cell) => far(cell) < 20).sort((a, b) => far(a) - far(b));
    return close[0];
  }

  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const {x, y} = under(event);
      const zoom = Math.min(64, Math.max(1, view.zoom * 2 ** (-event.deltaY / 200)));
      const share = view.zoom / zoom;
      look(keepInside({x: x + (view.x - x) * share, y: y + (view.y - y) * share, zoom}));
    },
    {passive: false}
  );
  canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const step = 0.1 / view.zoom;
    const {x, y} = view;
    const circle = region.kind === "circle" ? region : {kind: "circle" as const, x, y, radius: 2 * step};
    const moves: Record<string, Partial<typeof circle>> = {
      ArrowLeft: {x: circle.x - step},
      ArrowRight: {x: circle.x + step},
      ArrowUp: {y: circle.y + step},
      ArrowDown: {y: circle.y - step},
      "+": {radius: circle.radius * 1.25},
      "=": {radius: circle.radius * 1.25},
      "-": {radius: circle.radius / 1.25},
      Enter: {}
    };
    if (event.key === "Escape") choose(noRegion, true);
    else if (Object.hasOwn(moves, event.key)) choose({...circle, ...moves[event.key]}, true);
    else return;
    event.preventDefault();
  });

  const resized = new ResizeObserver(([entry]) => {
    side = Math.min(640, Math.floor(entry!.contentRect.width));
    redraw();
  });
  resized.observe(node);
  const endWatch = watchScheme(() => {
    colours = undefined;
    redraw();
  });

  return {
    node,
    update(nextRegion, nextView, nextBy) {
      if (nextBy !== by) {
        by = nextBy;
        colouring.value = by;
        group = groupsOf(by, cells, scored) as typeof group;
        colours = undefined;
        tellColours();
      }
      if (nextRegion !== region) {
        const parts = nextRegion.kind === "circle" ? formatRegion(nextRegion).split(",") : [];
        [circleX, circleY, radius].forEach(({input}, i) => (input.value = parts[i] ?? ""));
      }
      region = nextRegion;
      view = nextView;
      end.hidden = region.kind === "none";
      // Drawn at once: a brush elsewhere moves at the pace of the screen.
      cancelAnimationFrame(frame);
      draw();
    },
    dispose() {
      cancelAnimationFrame(frame);
      resized.disconnect();
      endWatch();
      hover.dispose();
      sheets.clear();
    }
  };
}
