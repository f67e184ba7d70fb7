import type {ModelSource} from "../engine/download.js";
import {area} from "../image/mask.js";
import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {workingPicture} from "../segment/cut-out.js";
import {fillPolygon} from "./cut-found.js";
import {openFinder} from "./open-finder.js";
import type {Finder} from "./open-finder.js";
import type {SingleCell} from "./single-cell.js";
import {isWholeField} from "./whole-field.js";

/** What the finder takes a cell for: `other` is a white cell or a platelet, `doubtful` may be one. */
export type CellKind = "red" | "doubtful" | "other";

/** What the finder says of a picture. */
export interface SecondOpinion {
  /** What the cell is, if it finds one, and the same that was cut out without it. */
  kind?: CellKind;
  /** The cell on black, 50×50 RGB pixels, where none was cut out without it. */
  cell?: Uint8ClampedArray;
  /** Whether this is a whole field rather than a cell. */
  isField: boolean;
}

/** What is asked of the finder. */
export type AskedFinder = Pick<Finder, "find" | "findSingle" | "cut">;

/** How the finder is asked. */
export interface OpinionOptions {
  /** Where the cell lies that was cut out without it, in the picture brought to at most 512 pixels. */
  mask?: Mask | undefined;
  /** Whether the picture lies on black, so that there is no cell to look for. */
  isOnBlack: boolean;
  /** Whether to ask if the picture is a whole field. */
  mayBeField: boolean;
}

/** Overlap (intersection over union) from which on the finder means the cell that was cut out without it. */
const SAME = 0.5;

/** Asks the finder about a picture that was prepared without it. */
export async function secondOpinion(
  picture: RgbPicture,
  finder: AskedFinder,
  {mask, isOnBlack, mayBeField}: OpinionOptions
): Promise<SecondOpinion> {
  const working = workingPicture(picture);
  const found = isOnBlack ? null : await finder.findSingle(working);
  const outline = found && fillPolygon(found.outline, working.width, working.height);
  const where = mask ?? outline;
  const isField =
    mayBeField && (isOnBlack || where !== null) && (await isWholeField(picture, where, (seen) => finder.find(seen)));
  if (!found || isField) return {isField};
  if (mask) return maskOverlap(mask, outline!) >= SAME ? {kind: kindOf(found), isField} : {isField};
  return {kind: kindOf(found), cell: finder.cut(working, found), isField};
}

function kindOf({kind, isDoubtful}: SingleCell): CellKind {
  if (kind === "red") return isDoubtful ? "doubtful" : "red";
  return "other";
}

/** The overlap of two masks of one picture: intersection over union, 0 to 1. */
function maskOverlap(one: Mask, other: Mask): number {
  const both = one.data.reduce((sum, value, pixel) => sum + (value & other.data[pixel]!), 0);
  return both / (area(one) + area(other) - both);
}

const opened = new Map<string, Promise<Finder>>();

/** Milliseconds after which a finder that could not be had is tried again: many pictures may come before that. */
const AGAIN = 30_000;

/** The one finder of a place, downloaded where it is first needed; tried again, a while after, where it could not be had. */
export function finderOf(source: ModelSource): Promise<Finder> {
  const finder = opened.get(source.base) ?? openFinder(source);
  opened.set(source.base, finder);
  finder.catch(() => setTimeout(() => opened.delete(source.base), AGAIN));
  return finder;
}
