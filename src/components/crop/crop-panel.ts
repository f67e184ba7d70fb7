import "cropperjs";
import type {CropperCanvas, CropperImage, CropperSelection} from "cropperjs";
import type {PicturePart} from "../image/crop.js";
import {element} from "../ui/element.js";
import {partOf, stepOf} from "./part.js";

/** Share of the picture's smaller side that the square covers at first. */
const COVERAGE = 0.5;
const HANDLES = ["n", "e", "s", "w", "ne", "nw", "se", "sw"].map((side) => `${side}-resize`);

/** Options of {@link cropPanel}. */
export interface CropOptions {
  file: Blob;
  /** Told of the part that was marked. */
  onPart: (part: PicturePart) => void;
  /** Makes a picture that browsers show of a file that they do not. */
  decode?: (file: Blob) => Promise<Blob>;
}

/**
 * A picture on which a square is drawn, by pointer, touch or keyboard, and a button that has the cell in it judged.
 * @throws Error where the file cannot be shown
 */
export async function cropPanel({file, onPart, decode = decodeToPng}: CropOptions): Promise<HTMLElement> {
  const shown = await createImageBitmap(file).then(
    (bitmap) => {
      bitmap.close();
      return file;
    },
    () => decode(file)
  );
  const url = URL.createObjectURL(shown);
  const make = <T extends HTMLElement>(name: string, attributes: Record<string, string>, ...children: Node[]): T => {
    const made = document.createElement(name) as T;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const image = make<CropperImage>("cropper-image", {src: url, alt: "Your picture", scalable: "", translatable: ""});
  const selection = make<CropperSelection>(
    "cropper-selection",
    {
      "initial-coverage": String(COVERAGE),
      "aspect-ratio": "1",
      movable: "",
      resizable: "",
      outlined: "",
      tabindex: "0",
      role: "group",
      "aria-label": "The square: arrow keys move it, plus and minus size it"
    },
    make("cropper-handle", {action: "move", "theme-color": "rgba(255, 255, 255, 0.1)"}),
    ...HANDLES.map((action) => make("cropper-handle", {action}))
  );
  const canvas = make<CropperCanvas>(
    "cropper-canvas",
    {background: "", class: "crop-canvas"},
    image,
    make("cropper-shade", {hidden: ""}),
    make("cropper-handle", {action: "select", plain: ""}),
    selection
  );
  selection.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    const {x, y, width} = selection;
    const side = width * (1 + step.grow);
    const middle = (width - side) / 2;
    selection.$change(x + step.x * width + middle, y + step.y * width + middle, side, side);
  });
  const judge = element("button", {type: "button", class: "primary"}, "Judge this cell");
  const said = element("p", {class: "muted", role: "status"});
  judge.addEventListener("click", () => {
    const place = canvas.getBoundingClientRect();
    const {x, y, width, height} = selection;
    const part = partOf({x: place.x + x, y: place.y + y, width, height}, image.getBoundingClientRect());
    if (part) onPart(part);
    else said.textContent = "The square does not lie on the picture. Draw it around one cell.";
  });
  const zoom = (label: string, by: number) => {
    const button = element("button", {type: "button"}, label);
    button.addEventListener("click", () => {
      const {x, y, width, height} = selection;
      image.$zoom(by, x + width / 2, y + height / 2);
    });
    return button;
  };
  void image.$ready(() => URL.revokeObjectURL(url)).catch(() => {});
  return element(
    "div",
    {class: "crop", "data-testid": "crop"},
    element("p", "Draw a square around one cell, a little larger than it is."),
    canvas,
    element("div", {class: "controls"}, judge, zoom("Zoom in", 0.5), zoom("Zoom out", -0.33)),
    said
  );
}

/** Reads a file as the networks' worker does. */
async function decodeToPng(file: Blob): Promise<Blob> {
  const {decodePicture} = await import("../formats/decode.js");
  const {data, width, height} = await decodePicture(new Uint8Array(await file.arrayBuffer()));
  const canvas = element("canvas", {width, height});
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.data.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    pixels.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large to be shown."))))
  );
}
