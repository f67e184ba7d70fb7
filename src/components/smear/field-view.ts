import {select, zoom, zoomIdentity, zoomTransform} from "d3";
import type {ZoomTransform} from "d3";
import {element} from "../ui/element.js";
import {dayVariables} from "../ui/svg-text.js";
import {cellAt, paintOutlines} from "./paint-field.js";
import type {SmearField} from "./review.js";

/** Options of {@link fieldView}. */
export interface FieldViewOptions {
  /** Told of the cell that is pressed. */
  onChoose: (cell: number) => void;
  /** Told of a place, in pixels of the picture, where a cell is to be added. */
  onAdd: (x: number, y: number) => void;
}

/** A field with its outlines, to be zoomed and moved. */
export interface FieldView {
  node: HTMLElement;
  /** Shows a field; another one is shown whole. @param picture null while there is none; the view closes it */
  show(field: SmearField | undefined, chosen: number | null): void;
  /** Lays a picture under the field with this hash, and closes the one before. */
  setPicture(sha256: string, picture: ImageBitmap | null): void;
  /** Moves so that a cell is seen, and near enough. */
  reveal(cell: number): void;
  dispose(): void;
}

/** Most that a picture is enlarged, and pixels of the screen that a cell has once it is revealed. */
const [LARGEST, NEAR] = [40, 96];

/**
 * The picture of a field on a canvas with all outlines. It is moved by dragging, arrow keys and fingers, zoomed by the wheel,
 * buttons, + and −, and fingers; 0 shows it whole. A press chooses a cell, or adds one where that is switched on.
 */
export function fieldView({onChoose, onAdd}: FieldViewOptions): FieldView {
  const canvas = element("canvas", {
    class: "field-canvas",
    tabindex: 0,
    role: "application",
    "aria-label":
      "The field with its cells. Arrow keys move it, plus and minus zoom, 0 shows all of it, A adds a cell at the cross in the middle."
  });
  const button = (label: string, name: string, onclick: () => void) =>
    element("button", {type: "button", "aria-label": name, onclick}, label);
  const adding = element("button", {type: "button", "aria-pressed": "false"}, "Add a missed cell");
  const tools = element(
    "div",
    {class: "controls"},
    button("+", "Zoom in", () => zoomBy(1.6)),
    button("−", "Zoom out", () => zoomBy(1 / 1.6)),
    button("Whole field", "Show the whole field", whole),
    adding
  );
  const node = element("div", {class: "field-view"}, canvas, tools);
  const context = canvas.getContext("2d");
  const token = dayVariables();

  let field: SmearField | undefined;
  let chosen: number | null = null;
  let picture: {sha256: string; image: ImageBitmap} | null = null;
  let frame = 0;
  let [width, height] = [0, 0];

  const behaviour = zoom<HTMLCanvasElement, unknown>().clickDistance(5).on("zoom", redraw);
  const target = select(canvas).call(behaviour).on("dblclick.zoom", null);
  const isAdding = () => adding.getAttribute("aria-pressed") === "true";

  /** How the picture lies while nothing is zoomed: whole and in the middle. */
  function fit() {
    const k = field ? Math.min(width / field.width, height / field.height) : 1;
    return {k, x: (width - (field?.width ?? 0) * k) / 2, y: (height - (field?.height ?? 0) * k) / 2};
  }

  function placement(transform: ZoomTransform = zoomTransform(canvas)) {
    const {k, x, y} = fit();
    return {k: k * transform.k, x: x * transform.k + transform.x, y: y * transform.k + transform.y};
  }

  function redraw(): void {
    frame ||= requestAnimationFrame(draw);
  }

  function draw(): void {
    frame = 0;
    if (!context || !width) return;
    const unit = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!field) return;
    const {k, x, y} = placement();
    const [left, top, scale] = [x * unit, y * unit, k * unit];
    if (picture?.sha256 === field.sha256) {
      context.imageSmoothingEnabled = k < 3;
      context.drawImage(picture.image, left, top, field.width * scale, field.height * scale);
    } else {
      context.fillStyle = "#fff";
      context.fillRect(left, top, field.width * scale, field.height * scale);
    }
    const {cells, networks} = field;
    paintOutlines(context, {cells, networks, chosen, placement: {k: scale, x: left, y: top}, unit, token});
    if (isAdding() || canvas.matches(":focus-visible")) drawCross(context, canvas, unit, token("--color-accent"));
    canvas.dataset.cells = String(cells.length);
    canvas.dataset.picture = String(picture?.sha256 === field.sha256);
  }

  const zoomBy = (factor: number) => void behaviour.scaleBy(target, factor);
  const moveBy = (x: number, y: number) =>
    void behaviour.translateBy(target, x / zoomTransform(canvas).k, y / zoomTransform(canvas).k);
  function whole(): void {
    behaviour.transform(target, zoomIdentity);
  }

  /** The place in the picture under a pixel of the view. */
  function placeUnder(u: number, v: number): [x: number, y: number] {
    const {k, x, y} = placement();
    return [(u - x) / k, (v - y) / k];
  }

  canvas.addEventListener("click", ({offsetX, offsetY}) => {
    if (!field) return;
    const [x, y] = placeUnder(offsetX, offsetY);
    if (isAdding()) return onAdd(x, y);
    const cell = cellAt(field.cells, x, y);
    if (cell !== null) onChoose(cell);
  });
  adding.addEventListener("click", () => {
    adding.setAttribute("aria-pressed", String(!isAdding()));
    canvas.classList.toggle("is-adding", isAdding());
    redraw();
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = Math.min(width, height) / 8;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => moveBy(step, 0),
      ArrowRight: () => moveBy(-step, 0),
      ArrowUp: () => moveBy(0, step),
      ArrowDown: () => moveBy(0, -step),
      "+": () => zoomBy(1.6),
      "=": () => zoomBy(1.6),
      "-": () => zoomBy(1 / 1.6),
      "0": whole,
      a: () => onAdd(...placeUnder(width / 2, height / 2))
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, redraw);

  const observer = new ResizeObserver(() => {
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    limit();
    draw();
  });
  observer.observe(canvas);

  /** Lets the picture be enlarged, and moved as far as it reaches. */
  function limit(): void {
    behaviour
      .extent([
        [0, 0],
        [width, height]
      ])
      .translateExtent([
        [0, 0],
        [width, height]
      ])
      .scaleExtent([1, LARGEST]);
  }

  return {
    node,
    show(next, cell) {
      // A picture of megabytes is not drawn anew with each step of another field.
      if (next === field && cell === chosen) return;
      const isOther = next?.sha256 !== field?.sha256;
      field = next;
      chosen = cell;
      if (isOther) {
        limit();
        whole();
      }
      redraw();
    },
    setPicture(sha256, image) {
      if (!picture && !image) return;
      picture?.image.close();
      picture = image && {sha256, image};
      redraw();
    },
    reveal(cell) {
      const found = field?.cells[cell];
      if (!found || !width) return;
      const {k, x, y} = fit();
      const size = Math.max(found.width, found.height) * k;
      const scale = Math.min(LARGEST, Math.max(zoomTransform(canvas).k, NEAR / size));
      const [u, v] = [found.x * k + x, found.y * k + y];
      behaviour.scaleTo(target, scale);
      behaviour.translateTo(target, u, v);
    },
    dispose() {
      observer.disconnect();
      cancelAnimationFrame(frame);
      picture?.image.close();
      picture = null;
    }
  };
}

/** A cross in the middle, where the keyboard adds a cell. */
function drawCross(
  context: CanvasRenderingContext2D,
  {width, height}: HTMLCanvasElement,
  unit: number,
  colour: string
): void {
  const [x, y, arm] = [width / 2, height / 2, 10 * unit];
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  context.moveTo(x, y - arm);
  context.lineTo(x, y + arm);
  for (const [line, stroke] of [
    [4, "#fff"],
    [2, colour]
  ] as const) {
    context.lineWidth = line * unit;
    context.strokeStyle = stroke;
    context.stroke();
  }
}
