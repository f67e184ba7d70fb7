import type {Look} from "../../src/components/gate/gate.js";
import {cutRectangle} from "../../src/components/image/crop.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {FIELD_ARCHIVES, isUntaught, openFields} from "../fields/fields.js";
import type {Box} from "../fields/fields.js";

/** A white cell or a platelet of another laboratory, cut out with some of its ground. */
export interface NoRedCell {
  laboratory: string;
  label: "wbc" | "platelet";
  picture: RgbPicture;
}

/** How much ground is left around each, as a share of its own size. */
const GROUND = 0.2;

/**
 * Cuts white cells and platelets out of fields that taught the finder nothing.
 * @param most of each laboratory and label
 */
export async function* noRedCells(directory: string, most: number): AsyncGenerator<NoRedCell> {
  for (const laboratory of Object.keys(FIELD_ARCHIVES)) {
    const {fields} = await openFields(directory, laboratory, (image) => isUntaught(laboratory, image));
    const counts = {wbc: 0, platelet: 0};
    for await (const {picture, boxes} of fields) {
      for (const box of boxes) {
        const {label} = box;
        if ((label !== "wbc" && label !== "platelet") || counts[label]++ >= most) continue;
        yield {laboratory, label, picture: withGround(picture, box)};
      }
    }
  }
}

function withGround(picture: RgbPicture, {left, top, right, bottom}: Box): RgbPicture {
  const around = (GROUND / 2) * Math.max(right - left, bottom - top);
  const from = {left: Math.max(0, Math.round(left - around)), top: Math.max(0, Math.round(top - around))};
  const width = Math.min(picture.width, Math.round(right + around)) - from.left;
  const height = Math.min(picture.height, Math.round(bottom + around)) - from.top;
  return cutRectangle(picture, {...from, width, height});
}

/** What becomes of the white cells or the platelets of a laboratory. */
export interface NoRedFigures {
  laboratory: string;
  label: NoRedCell["label"];
  pictures: number;
  /** Got no class. */
  refused: number;
  /** Got one, with the caution that this may be no red cell. */
  doubted: number;
}

/** @param judge the gate, asked about a picture */
export async function countNoRedCells(
  cells: AsyncIterable<NoRedCell>,
  judge: (picture: RgbPicture) => Promise<Look>
): Promise<NoRedFigures[]> {
  const figures: NoRedFigures[] = [];
  for await (const {laboratory, label, picture} of cells) {
    let own = figures.find((each) => each.laboratory === laboratory && each.label === label);
    if (!own) figures.push((own = {laboratory, label, pictures: 0, refused: 0, doubted: 0}));
    const {objection, cautions} = await judge(picture);
    own.pictures++;
    if (objection) own.refused++;
    else if (cautions.some(({check}) => check === "kind")) own.doubted++;
  }
  return figures;
}
