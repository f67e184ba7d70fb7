import {secondOpinion} from "../finder/second-opinion.js";
import type {AskedFinder} from "../finder/second-opinion.js";
import {toCell} from "../image/cell-input.js";
import type {Mask} from "../image/mask.js";
import {messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import {cutOut} from "../segment/cut-out.js";
import {isLarge, prepareAsIs} from "./as-is.js";
import type {PreparedCell} from "./as-is.js";
import {descriptorsOf} from "./descriptors.js";
import {isOnBlack} from "./gate.js";

export {finderOf} from "../finder/second-opinion.js";

/**
 * Brings a picture to what the network was trained on. A picture that fills a black ground is only resized, as the
 * training cells were; of another one the cell is cut out first, where that can be done.
 * @param whole the picture only resized
 * @returns also where in the picture, brought to at most 512 pixels, the cell lies that was cut out
 */
export function prepareCell(
  picture: RgbPicture,
  whole: PreparedCell = prepareAsIs(picture)
): PreparedCell & {mask?: Mask} {
  if (isOnBlack(whole.descriptors)) return whole;
  const found = cutOut(picture);
  if (typeof found === "string") return {...whole, missing: found};
  const cell = toCell(found.picture);
  return {cell, cut: true, missing: null, descriptors: descriptorsOf(cell), mask: found.mask};
}

/** How the finder is asked. */
export interface FinderOptions {
  /** Starts it, where it has something to say; without this it is not asked. */
  open?: (() => Promise<AskedFinder>) | undefined;
  /** The picture only resized, where that is made already. */
  whole?: PreparedCell;
  /** Takes a whole field for a cell all the same. */
  anyway?: boolean | undefined;
  /** Told, as a sentence, why the finder could not be asked. */
  onTrouble?: (sentence: string) => void;
}

/**
 * Brings a picture to what the network was trained on, as {@link prepareCell} does, and has the finder look at what does not
 * lie on black: where no cell could be cut out without it, for one; what it takes the cell for; and, of a picture that is
 * large enough, whether it is a whole field.
 */
export async function prepareWithFinder(
  picture: RgbPicture,
  {open, whole = prepareAsIs(picture), anyway = false, onTrouble = () => {}}: FinderOptions = {}
): Promise<PreparedCell> {
  const {mask, ...own} = prepareCell(picture, whole);
  const onBlack = !own.cut && !own.missing;
  const mayBeField = !anyway && isLarge(picture);
  if (!open || (onBlack && !mayBeField)) return own;
  try {
    const {isField, cell, kind} = await secondOpinion(picture, await open(), {mask, isOnBlack: onBlack, mayBeField});
    if (isField) return {...whole, missing: "several"};
    const found = cell ? {cell, cut: true, missing: null, descriptors: descriptorsOf(cell)} : own;
    return kind ? {...found, kind} : found;
  } catch (error) {
    onTrouble(`The finder could not look at this picture: ${messageOf(error)}`);
    return own;
  }
}
