import type {Finder} from "../../src/components/finder/open-finder.js";
import {overlapOf, rectangleOf} from "../fields/measure.js";
import type {LaboratoryCell} from "../laboratories/cells.js";

/** How well the one cell of a picture is outlined, against the boxes that a laboratory's people drew. */
export interface OutlineFigures {
  laboratory: string;
  /** Pictures of one boxed cell each, with 0 to 40 % of ground on each side. */
  pictures: number;
  /** In how many a single cell was found. */
  found: number;
  /** Overlap (intersection over union) of the outline's rectangle with the box: the median, 0 where none was found. */
  median: number;
  /** In how many it is at least .8. */
  overlapping: number;
}

/** @returns null where a laboratory has cut its cells out itself, so that no box is known */
export async function outlineFigures(
  laboratory: string,
  cells: readonly LaboratoryCell[],
  finder: Pick<Finder, "findSingle">
): Promise<OutlineFigures | null> {
  const overlaps: number[] = [];
  let found = 0;
  for (const {picture, box} of cells) {
    if (!box) continue;
    const single = await finder.findSingle(picture);
    if (typeof single !== "string") found++;
    overlaps.push(typeof single === "string" ? 0 : overlapOf(rectangleOf(single), box));
  }
  if (overlaps.length === 0) return null;
  overlaps.sort((a, b) => a - b);
  const overlapping = overlaps.filter((overlap) => overlap >= 0.8).length;
  const median = Number(overlaps[overlaps.length >> 1]!.toFixed(3));
  return {laboratory, pictures: overlaps.length, found, median, overlapping};
}
