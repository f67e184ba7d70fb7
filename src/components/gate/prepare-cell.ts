import {cutFound, fillPolygon} from "../finder/cut-found.js";
import {broughtTo} from "../finder/find-cells.js";
import type {Finder} from "../finder/open-finder.js";
import {isWholeField} from "../finder/whole-field.js";
import {toCell} from "../image/cell-input.js";
import {cropToMask} from "../image/crop.js";
import {fillHoles, isAtRim, maskOf, notBlack, parts} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import {messageOf} from "../image/refusal.js";
import type {RgbPicture} from "../image/resize.js";
import {isLarge, prepareAsIs} from "./as-is.js";
import type {PreparedCell} from "./as-is.js";
import {descriptorsOf} from "./descriptors.js";
import {isOnBlack} from "./gate.js";

export {finderOf} from "../finder/open-finder.js";

/** Longest side, in pixels, of the picture that a cell is cut out of: five times what the networks get. */
const WORKING_SIDE = 256;
/** A second thing on black of more than this share of the cell's size makes it more than one. */
const SECOND = 0.1;

/** Where no cell was found. */
const NOWHERE: Mask = {data: new Uint8Array(1), width: 1, height: 1};

/** What is asked of the finder. */
export type AskedFinder = Pick<Finder, "find" | "findSingle">;

/** How a picture is prepared. */
export interface PrepareOptions {
  /** Starts the finder, where it has something to find; without this it is not asked. */
  open?: (() => Promise<AskedFinder>) | undefined;
  /** The picture only resized, where that is made already. */
  whole?: PreparedCell;
  /** Takes a whole field for a cell all the same. */
  anyway?: boolean | undefined;
  /** Told, as a sentence, why the finder could not be asked. */
  onTrouble?: (sentence: string) => void;
}

/**
 * Brings a picture to what the networks were trained on. A picture that fills a black ground is only resized, as the training
 * cells were; in a wide black frame it is cropped first. On any other ground the finder tells the cell, which is cut out and
 * laid on black. Of a picture that is large enough it also tells whether it is a whole field, which holds no single cell.
 */
export async function prepareCell(
  picture: RgbPicture,
  {open, whole = prepareAsIs(picture), anyway = false, onTrouble = () => {}}: PrepareOptions = {}
): Promise<PreparedCell> {
  const onBlack = isOnBlack(whole.descriptors) ? whole : hasBlackRim(picture) ? inFrame(picture, whole) : null;
  const mayBeField = !anyway && isLarge(picture);
  if (onBlack && (onBlack.missing || !mayBeField || !open)) return onBlack;
  try {
    if (!open) return {...whole, missing: "no-finder"};
    const finder = await open();
    const isField = async (mask: Mask | null) =>
      mayBeField && (await isWholeField(picture, mask, (seen) => finder.find(seen)));
    if (onBlack) return (await isField(null)) ? {...whole, missing: "several"} : onBlack;
    const working = broughtTo(picture, Math.min(1, WORKING_SIDE / Math.max(picture.width, picture.height)));
    const found = await finder.findSingle(working);
    const isNone = typeof found === "string";
    const where = isNone ? NOWHERE : fillPolygon(found.outline, working.width, working.height);
    if (await isField(where)) return {...whole, missing: "several"};
    if (isNone) return {...whole, missing: found};
    return {...cutOut(cutFound(working, found, found.ground)), kind: found.kind};
  } catch (error) {
    onTrouble(`The finder could not look at this picture: ${messageOf(error)}`);
    return onBlack ?? {...whole, missing: "no-finder"};
  }
}

/** Whether most of the outermost pixels are black. */
function hasBlackRim({data, width, height}: RgbPicture): boolean {
  const bright = notBlack(data, width, height).data;
  const rim = bright.filter((_, pixel) => isAtRim(pixel, {width, height}));
  return rim.reduce((sum, value) => sum + value, 0) < 0.5 * rim.length;
}

/** The cell in a black frame, cropped to it. */
function inFrame(picture: RgbPicture, whole: PreparedCell): PreparedCell {
  const {data, width, height} = picture;
  const [first, second] = parts(notBlack(data, width, height));
  if (!first) return {...whole, missing: "nothing"};
  if (second && second.length > SECOND * first.length) return {...whole, missing: "several"};
  return cutOut(toCell(cropToMask(picture, fillHoles(maskOf(first, {width, height})))));
}

const cutOut = (cell: Uint8ClampedArray): PreparedCell => ({
  cell,
  cut: true,
  missing: null,
  descriptors: descriptorsOf(cell)
});
