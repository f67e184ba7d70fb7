import type {CellKind, NotSingle} from "../finder/single-cell.js";
import {toCell} from "../image/cell-input.js";
import type {RgbPicture} from "../image/resize.js";
import {descriptorsOf} from "./descriptors.js";
import type {Descriptors} from "./descriptors.js";

/** Why no cell was found: there is no single one, or what finds cells cannot be had. */
export type Missing = NotSingle | "no-finder";

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
  /** What the finder takes it for, if it was asked. */
  kind?: CellKind;
}

/** Pixels of the shorter side from which on a picture may be a whole field: fields of a microscope have more. */
const LEAST_FIELD = 200;

/** Whether a picture may be a whole field. */
export const isLarge = ({width, height}: RgbPicture): boolean => Math.min(width, height) >= LEAST_FIELD;

/** A picture only resized, as the training cells were. */
export function prepareAsIs(picture: RgbPicture): PreparedCell {
  const cell = toCell(picture);
  return {cell, cut: false, missing: null, descriptors: descriptorsOf(cell)};
}
