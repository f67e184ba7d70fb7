import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {leaveOut, roundView, withinView} from "./eyepiece.js";
import type {FoundCell, FoundField} from "./find-cells.js";

/** A field has so many whole red cells, beside what was taken for the one cell, … */
const FEWEST = 3;
/** … each of at most this share of its shorter side. */
const LARGEST = 0.35;

/** Finds the cells of a picture. */
export type FindIn = (picture: RgbPicture) => Promise<FoundField>;

/**
 * Whether a picture that seems to hold a single cell is a whole field: whether red cells lie beside that one, or, in the round
 * view of an eyepiece, which looks like one cell on black, within it.
 * @param mask where the single cell lies, of the picture brought to any size; null: all of the picture
 */
export async function isWholeField(picture: RgbPicture, mask: Mask | null, find: FindIn): Promise<boolean> {
  const circle = roundView(picture);
  if (!circle && !mask) return false;
  const seen = circle ? {...picture, data: picture.data.slice()} : picture;
  if (circle) leaveOut(seen, circle);
  const {cells} = await find(seen);
  const isBeside = ({x, y}: FoundCell) => {
    const at = (place: number, length: number, own: number) => Math.min(own - 1, Math.floor((place / length) * own));
    return !mask!.data[at(y, picture.height, mask!.height) * mask!.width + at(x, picture.width, mask!.width)];
  };
  const largest = LARGEST * (circle ? 2 * circle.radius : Math.min(picture.width, picture.height));
  const counted = (circle ? withinView(cells, circle) : cells.filter(isBeside)).filter(
    ({kind, width, height}) => kind === "red" && Math.max(width, height) <= largest
  );
  return counted.length >= FEWEST;
}
