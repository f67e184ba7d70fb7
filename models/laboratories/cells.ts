import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import path from "node:path";
import {group} from "d3";
import {csvParse} from "d3-dsv";
import JSZip from "jszip";
import {cutRectangle} from "../../src/components/image/crop.js";
import {Refusal} from "../../src/components/image/refusal.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {random} from "../../src/components/metrics/index.js";
import {decodeInNode} from "../score/decode-in-node.js";

/** A laboratory whose cells are no part of this repository, by its entry in `laboratories.json`. */
export interface Laboratory {
  title: string;
  archive: string;
  licence: string;
  credit: string;
  /** Whether weights and limits may be fitted on its cells; else they are for measuring only. */
  teaches: boolean;
  /** What of a picture's name tells the group that is held out as one; a picture by itself without it. */
  group?: string;
}

/** A red cell of a laboratory, cut out by its box with some of its ground, as a person would. */
export interface LaboratoryCell {
  image: string;
  /** Upper left corner of the box in the picture. */
  x: number;
  y: number;
  label: "infected" | "healthy";
  group: string;
  picture: RgbPicture;
  /** Where the box lies in the picture; null where a laboratory has cut its cells out itself. */
  box: {left: number; top: number; right: number; bottom: number} | null;
}

/** The laboratories that are known, by name. */
export const LABORATORIES = JSON.parse(readFileSync(new URL("laboratories.json", import.meta.url), "utf8")) as Record<
  string,
  Laboratory
>;

/** One group of so many is never fitted on. */
const HELD_OUT = 5;
/** Boxes with a shorter side, in pixels, are left out. */
const SMALLEST = 12;
/** Most ground around a box, as a share of its width and height; each cell has its own share of that. */
const MOST_GROUND = 0.4;

/** Whether a group is kept from fitting: told by its name alone, so that it never changes. */
export function isHeldOut(group: string): boolean {
  return BigInt(`0x${createHash("sha256").update(group).digest("hex")}`) % BigInt(HELD_OUT) === 0n;
}

/**
 * Opens a laboratory's archive: the rows of its manifest, and its pictures by their names, decoded as the page does.
 * @throws Error if the archive is missing or no zip
 */
export async function openLaboratory(directory: string, archive: string) {
  const file = path.join(directory, archive);
  let zip: JSZip;
  try {
    zip = await JSZip.loadAsync(readFileSync(file));
  } catch (error) {
    throw new Error(`${file} cannot be read: --laboratories names the directory that holds the archives.`, {
      cause: error
    });
  }
  return {
    rows: csvParse(await zip.file("manifest.csv")!.async("string")),
    open: async (image: string) => decodeInNode(new Uint8Array(await zip.file(image)!.async("arraybuffer")))
  };
}

/**
 * Reads whole cells of a laboratory, at most `most` of each label, spread evenly over its list; those of them that their
 * field's edge may cut off are left out.
 * @param directory holds the archives
 * @throws Error if the laboratory is unknown or its archive is missing
 */
export async function readLaboratory(directory: string, name: string, most: number): Promise<LaboratoryCell[]> {
  const laboratory = LABORATORIES[name];
  if (!laboratory) throw new Error(`There is no laboratory ${name}: use ${Object.keys(LABORATORIES).join(", ")}.`);
  const {rows, open} = await openLaboratory(directory, laboratory.archive);
  const uniform = random(1);
  const boxes = rows
    .map((row) => ({...row, ground: uniform() * MOST_GROUND}) as unknown as Box)
    .filter(({label, w, h}) => ["infected", "healthy"].includes(label) && Math.min(+w, +h) >= SMALLEST);
  const chosen = ["infected", "healthy"].flatMap((label) =>
    spread(
      boxes.filter((box) => box.label === label),
      most
    )
  );
  const pattern = laboratory.group && new RegExp(laboratory.group);
  const cells: LaboratoryCell[] = [];
  for (const [image, own] of group(chosen, (box) => box.image)) {
    const whole = await open(image);
    const held = (pattern && pattern.exec(path.basename(image))?.[0]) || image;
    for (const box of own) {
      if (box.anno !== "crop" && isCutOff(box, whole)) continue;
      const [picture, within] =
        box.anno === "crop"
          ? ([cropped(whole, 0, 0, whole.width, whole.height), null] as const)
          : ([around(whole, box), withinCrop(box)] as const);
      cells.push({image, x: +box.x, y: +box.y, label: box.label, group: held, picture, box: within});
    }
  }
  return cells;
}

type Box = Record<"image" | "x" | "y" | "w" | "h" | "anno", string> & {
  label: LaboratoryCell["label"];
  ground: number;
};
type Whole = Pick<Awaited<ReturnType<typeof decodeInNode>>, "data" | "width" | "height">;

/** Pixels of ground beside a box of a length. */
const groundOf = ({ground}: Box, length: string) => Math.round(ground * +length);

/** Where a box lies in what is cut out around it. */
function withinCrop(box: Box): NonNullable<LaboratoryCell["box"]> {
  const [left, top] = [Math.min(+box.x, groundOf(box, box.w)), Math.min(+box.y, groundOf(box, box.h))];
  return {left, top, right: left + +box.w, bottom: top + +box.h};
}

function around(whole: Whole, box: Box): RgbPicture {
  const {x, y, w, h} = box;
  const [across, down] = [groundOf(box, w), groundOf(box, h)];
  return cropped(whole, +x - across, +y - down, +x + +w + across, +y + +h + down);
}

/** Whether a box reaches the edge of its picture: it may hold part of a cell only. */
function isCutOff({x, y, w, h}: Box, {width, height}: Whole): boolean {
  return +x <= 1 || +y <= 1 || +x + +w >= width - 1 || +y + +h >= height - 1;
}

/** The part of a picture from left and top to right and bottom, cut off at its edges. */
function cropped({data, width, height}: Whole, left: number, top: number, right: number, bottom: number): RgbPicture {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const [columns, rows] = [Math.min(width, right) - x, Math.min(height, bottom) - y];
  if (columns < 1 || rows < 1) throw new Refusal("no-size", "This box lies outside its picture.");
  return cutRectangle({data, width}, {left: x, top: y, width: columns, height: rows});
}

function spread<T>(list: T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({length: count}, (_, n) => list[Math.floor((n * list.length) / count)]!);
}
