import {cutFound, fillPolygon} from "../finder/cut-found.js";
import {broughtTo} from "../finder/find-cells.js";
import type {Finder} from "../finder/open-finder.js";
import type {SingleCell} from "../finder/single-cell.js";
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

/** Longest side, in pixels, of the picture that a cell is looked for in, and of a cell when it is cut out. */
const [LOOKED_AT, CUT_AT] = [256, 256];
/** Longest side of the picture that a cell in a black frame is cropped out of: four times what the largest cells have. */
const FRAMED = 512;
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
  const onBlack = isOnBlack(whole.descriptors) ? whole : inFrame(atMost(picture, FRAMED), whole);
  const mayBeField = !anyway && isLarge(picture);
  if (onBlack && (onBlack.missing || !mayBeField || !open)) return onBlack;
  try {
    if (!open) return {...whole, missing: "no-finder"};
    const finder = await open();
    const isField = async (mask: Mask | null) =>
      mayBeField && (await isWholeField(picture, mask, (seen) => finder.find(seen)));
    if (onBlack) return (await isField(null)) ? {...whole, missing: "several"} : onBlack;
    const lookedAt = atMost(picture, LOOKED_AT);
    const found = await finder.findSingle(lookedAt);
    const isNone = typeof found === "string";
    const where = isNone ? NOWHERE : fillPolygon(found.outline, lookedAt.width, lookedAt.height);
    if (await isField(where)) return {...whole, missing: "several"};
    if (isNone) return {...whole, missing: found};
    return {...cutOut(cutSingle(picture, found, picture.width / lookedAt.width)), kind: found.kind};
  } catch (error) {
    onTrouble(`The finder could not look at this picture: ${messageOf(error)}`);
    return onBlack ?? {...whole, missing: "no-finder"};
  }
}

const atMost = (picture: RgbPicture, side: number) =>
  broughtTo(picture, Math.min(1, side / Math.max(picture.width, picture.height)));

/** Cuts a cell out of the picture itself, which is brought to a smaller size only where the cell has pixels to spare. */
function cutSingle(picture: RgbPicture, found: SingleCell, scale: number): Uint8ClampedArray {
  const {x, y, width, height, outline, ground} = found;
  const cutFrom = broughtTo(picture, Math.min(1, CUT_AT / (scale * Math.max(width, height))));
  const by = (scale * cutFrom.width) / picture.width;
  const cell = {x: x * by, y: y * by, width: width * by, height: height * by, outline: outline.map((one) => one * by)};
  return cutFound(cutFrom, cell, {...ground, width: cutFrom.width, height: cutFrom.height});
}

/** The cell of a picture whose rim is mostly black, cropped to it; null where the rim is not. */
function inFrame(picture: RgbPicture, whole: PreparedCell): PreparedCell | null {
  const bright = notBlack(picture.data, picture.width, picture.height);
  const rim = bright.data.filter((_, pixel) => isAtRim(pixel, picture));
  if (rim.reduce((sum, value) => sum + value, 0) >= 0.5 * rim.length) return null;
  const [first, second] = parts(bright);
  if (!first) return {...whole, missing: "nothing"};
  if (second && second.length > SECOND * first.length) return {...whole, missing: "several"};
  return cutOut(toCell(cropToMask(picture, fillHoles(maskOf(first, picture)))));
}

const cutOut = (cell: Uint8ClampedArray): PreparedCell => ({
  cell,
  cut: true,
  missing: null,
  descriptors: descriptorsOf(cell)
});
