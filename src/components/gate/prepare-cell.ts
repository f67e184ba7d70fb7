import {toCell} from "../image/cell-input.js";
import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {cutOut} from "../segment/cut-out.js";
import type {Missing} from "../segment/cut-out.js";
import {descriptorsOf} from "./descriptors.js";
import type {Descriptors} from "./descriptors.js";
import {isOnBlack} from "./gate.js";

/** What the network gets of a picture. */
export interface PreparedCell {
  /** 50×50 RGB pixels. */
  cell: Uint8ClampedArray;
  /** Whether the cell was cut out of its own ground and laid on black. */
  cut: boolean;
  /** Why no cell was found where one was looked for. */
  missing: Missing | null;
  /** What can be told of these pixels; null where there is nothing that could be a cell. */
  descriptors: Descriptors | null;
}

/**
 * Brings a picture to what the network was trained on. A picture that fills a black ground is only resized, as the
 * training cells were; of another one the cell is cut out first, where that can be done.
 * @param asIs leaves the picture as it is
 * @returns also where in the picture, brought to at most 512 pixels, the cell lies that was cut out
 */
export function prepareCell(picture: RgbPicture, {asIs = false}: {asIs?: boolean} = {}): PreparedCell & {mask?: Mask} {
  const cell = toCell(picture);
  const descriptors = descriptorsOf(cell);
  if (asIs || isOnBlack(descriptors)) return {cell, cut: false, missing: null, descriptors};
  const found = cutOut(picture);
  if (typeof found === "string") return {cell, cut: false, missing: found, descriptors};
  const own = toCell(found.picture);
  return {cell: own, cut: true, missing: null, descriptors: descriptorsOf(own), mask: found.mask};
}
