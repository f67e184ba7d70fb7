import {toCell} from "../image/cell-input.js";
import type {RgbPicture} from "../image/resize.js";
import {cutOut} from "../segment/cut-out.js";
import type {Missing} from "../segment/cut-out.js";
import {descriptorsOf} from "./descriptors.js";
import {isOnBlack} from "./gate.js";

/** What the network gets of a picture. */
export interface PreparedCell {
  /** 50×50 RGB pixels. */
  cell: Uint8ClampedArray;
  /** Whether the cell was cut out of its own ground and laid on black. */
  cut: boolean;
  /** Why no cell was found where one was looked for. */
  missing: Missing | null;
}

/**
 * Brings a picture to what the network was trained on. A picture that fills a black ground is only resized, as the
 * training cells were; of another one the cell is cut out first, where that can be done.
 * @param asIs leaves the picture as it is
 */
export function prepareCell(picture: RgbPicture, {asIs = false}: {asIs?: boolean} = {}): PreparedCell {
  const cell = toCell(picture);
  if (asIs || isOnBlack(descriptorsOf(cell))) return {cell, cut: false, missing: null};
  const found = cutOut(picture);
  if (typeof found === "string") return {cell, cut: false, missing: found};
  return {cell: toCell(found.picture), cut: true, missing: null};
}
