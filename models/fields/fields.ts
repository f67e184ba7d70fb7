import {readFileSync} from "node:fs";
import {group} from "d3";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {isHeldOut, openLaboratory} from "../laboratories/cells.js";

/** Where whole fields come from, by its entry in `models/laboratories/fields.json`. */
export interface FieldArchive {
  title: string;
  archive: string;
  /** Whether a finder may be trained on them; else they are for measuring only. */
  teaches: boolean;
  /** Whether every cell has its box. */
  isComplete: boolean;
}

/** Something that a person boxed in a field; lengths in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  label: "infected" | "healthy" | "unknown" | "wbc" | "platelet";
}

/** A field and what a person boxed in it. */
export interface LabelledField {
  name: string;
  picture: RgbPicture;
  boxes: Box[];
}

type Row = Record<"image" | "x" | "y" | "w" | "h" | "label" | "anno", string>;

/** The archives that are known, by name. */
export const FIELD_ARCHIVES = JSON.parse(
  readFileSync(new URL("../laboratories/fields.json", import.meta.url), "utf8")
) as Record<string, FieldArchive>;

/** Whether a picture of an archive took no part in training a finder, so that it can be measured by it. */
export function isUntaught(name: string, image: string): boolean {
  return !FIELD_ARCHIVES[name]!.teaches || isHeldOut(`${name}/${image}`);
}

/** Boxes drawn around points are so many times wider than the cells. */
const POINT_MARGIN = 1.1;

/**
 * How many fields of an archive are wanted, and these one after another, decoded as the page does.
 * @param directory holds the archives
 * @param isWanted told each picture's name in the archive
 * @throws Error if the archive is unknown or missing
 */
export async function openFields(
  directory: string,
  name: string,
  isWanted: (image: string) => boolean
): Promise<{total: number; fields: AsyncGenerator<LabelledField>}> {
  const entry = FIELD_ARCHIVES[name];
  if (!entry) throw new Error(`There are no fields of ${name}: use ${Object.keys(FIELD_ARCHIVES).join(", ")}.`);
  const {rows, open} = await openLaboratory(directory, entry.archive);
  const wanted = [...group(rows as unknown as Row[], ({image}) => image)].filter(([image]) => isWanted(image));
  async function* fields(): AsyncGenerator<LabelledField> {
    for (const [image, own] of wanted) {
      const {data, width, height} = await open(image);
      const boxes = own.map((row) => boxOf(row, {width, height})).filter(hasSize);
      yield {name: image, picture: {data, width, height, channels: 3}, boxes};
    }
  }
  return {total: wanted.length, fields: fields()};
}

function boxOf({x, y, w, h, anno, label}: Row, {width, height}: {width: number; height: number}): Box {
  const shrink = anno === "point" ? (1 - 1 / POINT_MARGIN) / 2 : 0;
  return {
    left: Math.max(0, +x + shrink * +w),
    top: Math.max(0, +y + shrink * +h),
    right: Math.min(width, +x + +w - shrink * +w),
    bottom: Math.min(height, +y + +h - shrink * +h),
    label: label as Box["label"]
  };
}

const hasSize = ({left, top, right, bottom}: Box) => right - left > 3 && bottom - top > 3;
