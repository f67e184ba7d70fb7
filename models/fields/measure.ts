import type {FoundCell} from "../../src/components/finder/find-cells.js";
import type {Box} from "./fields.js";

/** How well the red cells of one or more fields were found. */
export interface Finding {
  fields: number;
  /** Red cells that a person boxed, wholly inside; those that were found at an overlap of a half and three quarters. */
  cells: number;
  found50: number;
  found75: number;
  /** Whole red cells that the finder told of, without those on what is not counted. */
  told: number;
  /** (told − boxed) / boxed of each field: what the count is off. */
  countErrors: number[];
}

type Rectangle = Pick<Box, "left" | "top" | "right" | "bottom">;

/** Pixels from the picture's edge within which a box may be cut off by it. */
const AT_EDGE = 2;

/** Intersection over union of two upright rectangles, 0 to 1. */
export function overlapOf(a: Rectangle, b: Rectangle): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (across <= 0 || down <= 0) return 0;
  const both = across * down;
  return both / (areaOf(a) + areaOf(b) - both);
}

const areaOf = ({left, top, right, bottom}: Rectangle) => (right - left) * (bottom - top);

export const rectangleOf = ({x, y, width, height}: Omit<FoundCell, "kind">): Rectangle => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2
});

/**
 * Pairs what was found with what was boxed, the largest overlap first, each once.
 * @returns for each box the found thing and their overlap, null where there is none
 */
export function pair(found: readonly FoundCell[], boxes: readonly Box[]): ({place: number; overlap: number} | null)[] {
  const pairs = boxes.flatMap((box, at) =>
    found.flatMap((cell, place) => {
      const overlap = overlapOf(rectangleOf(cell), box);
      return overlap > 0.1 ? [{at, place, overlap}] : [];
    })
  );
  pairs.sort((a, b) => b.overlap - a.overlap);
  const result: ({place: number; overlap: number} | null)[] = boxes.map(() => null);
  const taken = new Set<number>();
  for (const {at, place, overlap} of pairs) {
    if (result[at] || taken.has(place)) continue;
    result[at] = {place, overlap};
    taken.add(place);
  }
  return result;
}

/**
 * Compares the red cells found in a field with those boxed in it. What the edge may cut off and what is no red cell is
 * neither asked for nor counted as wrong.
 */
export function measureField(
  found: readonly FoundCell[],
  boxes: readonly Box[],
  {width, height}: {width: number; height: number}
): Finding {
  const isRed = ({label}: Box) => label !== "wbc" && label !== "platelet";
  const isWhole = ({left, top, right, bottom}: Box) =>
    left >= AT_EDGE && top >= AT_EDGE && right <= width - AT_EDGE && bottom <= height - AT_EDGE;
  const pairs = pair(found, boxes);
  const counted = boxes.map((box) => isRed(box) && isWhole(box));
  const isTold = ({kind}: FoundCell) => kind === "red";
  const aside = new Set(
    pairs.flatMap((match, at) => (match && !counted[at] && match.overlap >= 0.3 ? [match.place] : []))
  );
  const foundAt = (least: number) =>
    pairs.filter((match, at) => match && counted[at] && match.overlap >= least && isTold(found[match.place]!)).length;
  const cells = counted.filter(Boolean).length;
  const told = found.filter((cell, place) => isTold(cell) && !aside.has(place)).length;
  return {
    fields: 1,
    cells,
    found50: foundAt(0.5),
    found75: foundAt(0.75),
    told,
    countErrors: cells > 0 ? [(told - cells) / cells] : []
  };
}

/** Of several fields as one. */
export function sumOf(findings: readonly Finding[]): Finding {
  const sum = (key: Exclude<keyof Finding, "countErrors">) => findings.reduce((total, one) => total + one[key], 0);
  return {
    fields: sum("fields"),
    cells: sum("cells"),
    found50: sum("found50"),
    found75: sum("found75"),
    told: sum("told"),
    countErrors: findings.flatMap(({countErrors}) => countErrors)
  };
}

/** The figures that people compare: precision, recall and F1 at an overlap of a half, F1 at three quarters. */
export function figuresOfFinding({fields, cells, found50, found75, told, countErrors}: Finding) {
  const f1 = (found: number) => (2 * found) / Math.max(1, told + cells);
  const errors = countErrors.map(Math.abs).sort((a, b) => a - b);
  return {
    fields,
    cells,
    precision: found50 / Math.max(1, told),
    recall: found50 / Math.max(1, cells),
    f1: f1(found50),
    f1Strict: f1(found75),
    medianCountError: errors[errors.length >> 1] ?? Number.NaN
  };
}
