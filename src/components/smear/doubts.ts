import type {FoundCell, FoundField} from "../finder/find-cells.js";
import {parts} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {formatCount} from "../ui/format.js";

/** What is measured of a field before a word is said. */
export interface FieldMeasures {
  /** Brightest channel that 95 in 100 pixels do not exceed, 0…255: that of the ground. */
  ground: number;
  /** Share of the pixels that are white through and through. */
  burnt: number;
  /** How wide the edge of a red cell is, as a share of its diameter: the median; null without red cells. */
  edge: number | null;
  /** Dark dots much smaller than cells, as a thick smear has them; not counted where there are many red cells. */
  dots: number;
  /** Share of the picture that found things cover. */
  covered: number;
  /** Share of the red cells whose nearest neighbour is closer than cells that only touch are. */
  overlapping: number;
}

/** Red cells below which a field says little, and the share covered above which cells hide one another. */
const [FEW, CROWDED] = [20, 0.7];
/** Share of all found things that are clumps, above which a field is too crowded. */
const CLUMPED = 0.4;
/**
 * Centres closer than this share of two cells' mean diameter lie over one another. Of 28 fields of seven laboratories the
 * most crowded with many cells has 0.52 such cells; 2,000 cells laid at random over a field have 0.64.
 */
const [OVER, OVERLAPPING] = [0.9, 0.58];
/** Diameters, in pixels, between which cells are found. */
const [SMALLEST, LARGEST] = [30, 160];
/**
 * Width of an edge, as a share of the diameter, above which a field is out of focus. Sharp fields of six laboratories have
 * 0.02 to 0.13; the same, brought to a sixth of their size and back, 0.11 to 0.18.
 */
const BLURRED = 0.15;
/** Ground below this is underexposed; a share of white pixels above that overexposed. */
const [DIM, BURNT] = [110, 0.35];
/**
 * Dark dots, where there are hardly any red cells, at least so many dots for each, and little is covered, that make a thick
 * smear; its white cells' nuclei may be taken for red cells.
 */
const [DOTS, HARDLY, FOR_EACH, BARE] = [60, 20, 5, 0.2];
/** Longest side of the picture in which dots are counted, the pixels of a dot at most, and its share of the median's light. */
const [DOTS_SIDE, DOT_PIXELS, DOT_DARKNESS] = [512, 100, 0.6];

/** Measures a field. @param picture RGB */
export function fieldMeasures(picture: RgbPicture, {cells, diameter}: FoundField): FieldMeasures {
  const {data, width, height} = picture;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 100_000)));
  const levels = new Uint32Array(256);
  let [count, burnt] = [0, 0];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3;
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      levels[Math.max(red, green, blue)]!++;
      burnt += Number(Math.min(red, green, blue) >= 254);
      count++;
    }
  }
  let [ground, below] = [0, levels[0]!];
  while (ground < 255 && below < 0.95 * count) below += levels[++ground]!;
  const red = cells.filter(({kind}) => kind === "red");
  const edges = Float64Array.from(red.slice(0, 100).flatMap((cell) => edgeWidth(picture, cell.outline, cell))).sort();
  const boxes = cells.reduce((sum, cell) => sum + (Math.PI / 4) * cell.width * cell.height, 0);
  return {
    ground,
    burnt: burnt / count,
    edge: edges.length ? edges[edges.length >> 1]! / diameter : null,
    dots: red.length < HARDLY ? countDots(picture) : 0,
    covered: boxes / (width * height),
    overlapping: red.length ? red.filter((cell) => isOverlapped(cell, cells)).length / red.length : 0
  };
}

/** Whether another cell lies over this one, or under it. */
function isOverlapped(cell: FoundCell, all: readonly FoundCell[]): boolean {
  const own = cell.width + cell.height;
  return all.some(
    (other) =>
      other !== cell &&
      other.kind !== "platelet" &&
      Math.hypot(other.x - cell.x, other.y - cell.y) < (OVER * (own + other.width + other.height)) / 4
  );
}

/** Widths of a cell's edge, in pixels, along eight rays through its outline: its rise over its steepest slope. */
function edgeWidth(
  picture: RgbPicture,
  outline: Float32Array,
  {x, y, width, height}: {x: number; y: number; width: number; height: number}
): number[] {
  const reach = 0.3 * Math.min(width, height);
  const points = outline.length / 2;
  return Array.from({length: 8}, (_, ray) => {
    const point = Math.floor((ray * points) / 8);
    const [dx, dy] = [outline[2 * point]! - x, outline[2 * point + 1]! - y];
    const long = Math.hypot(dx, dy);
    const [u, v] = [dx / long, dy / long];
    let [steepest, before] = [0, NaN];
    let [lowest, highest] = [255, 0];
    for (let at = long - reach; at <= long + reach; at++) {
      const value = greenAt(picture, x + at * u, y + at * v);
      if (Number.isNaN(value)) continue;
      steepest = Math.max(steepest, value - before || 0);
      [lowest, highest, before] = [Math.min(lowest, value), Math.max(highest, value), value];
    }
    return steepest > 0 ? (highest - lowest) / steepest : NaN;
  }).filter(Number.isFinite);
}

/** The green between four pixels, by its distance from each; NaN outside. */
function greenAt({data, width, height}: RgbPicture, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (!(column >= 0 && row >= 0 && column < width - 1 && row < height - 1)) return NaN;
  const [a, b] = [x - column, y - row];
  const at = (row * width + column) * 3 + 1;
  const upper = data[at]! * (1 - a) + data[at + 3]! * a;
  const lower = data[at + width * 3]! * (1 - a) + data[at + width * 3 + 3]! * a;
  return upper * (1 - b) + lower * b;
}

/** Connected dark places of few pixels, on the picture brought to at most 512 pixels by leaving some out. */
function countDots({data, width, height}: RgbPicture): number {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / DOTS_SIDE));
  const [columns, rows] = [Math.floor(width / step), Math.floor(height / step)];
  const green = Uint8Array.from(
    {length: columns * rows},
    (_, n) => data[(Math.floor(n / columns) * step * width + (n % columns) * step) * 3 + 1]!
  );
  const dark = DOT_DARKNESS * (green.slice().sort()[green.length >> 1] ?? 0);
  const mask = {data: green.map((value) => Number(value < dark)), width: columns, height: rows};
  return parts(mask, false).filter(({length}) => length <= DOT_PIXELS).length;
}

/** What is doubtful about a field, in sentences that say what to do, the gravest first. */
export function doubtsOf(measures: FieldMeasures, {cells, diameter}: FoundField): string[] {
  const red = cells.filter(({kind}) => kind === "red").length;
  const clumps = cells.filter(({kind}) => kind === "clump").length;
  const {ground, burnt, edge, dots, covered, overlapping} = measures;
  const isCrowded = covered > CROWDED || clumps > CLUMPED * (red + clumps) || (red >= FEW && overlapping > OVERLAPPING);
  const doubts: string[] = [];
  if (ground < DIM) {
    doubts.push(
      "This field is underexposed: parasites are lost in the dark. Raise the lamp or the exposure time, and take it again."
    );
  }
  if (burnt > BURNT) {
    doubts.push(
      "This field is overexposed: what is white through and through shows nothing. Lower the lamp or the exposure time, and take it again."
    );
  }
  if (red < HARDLY && dots >= Math.max(DOTS, FOR_EACH * red) && covered < BARE) {
    doubts.push(
      "This looks like a thick smear: many dark dots, and hardly any red cells, which are burst there. Use a thin smear, fixed in methanol."
    );
  } else if (red === 0) {
    doubts.push(
      "No whole red cell was found. Choose a photograph of a Giemsa-stained thin smear, in colour, on a bright ground."
    );
  } else if (red < FEW) {
    doubts.push(
      `Only ${red === 1 ? "one red cell was" : `${red} red cells were`} found, too few to count by. Choose a field with more cells, or add further fields.`
    );
  }
  if (red > 0 && isCrowded) {
    doubts.push(
      "The cells lie too close: many hide one another, are missed or not judged. Choose a place where they lie side by side, near the smear's feathered end."
    );
  }
  if (red > 0 && edge !== null && edge > BLURRED) {
    doubts.push(
      "This field is out of focus: small parasites cannot be seen, and the count may be too low. Focus, and take it again."
    );
  }
  if (red > 0 && diameter < SMALLEST) {
    doubts.push(
      `The cells are only ${Math.round(diameter)} pixels across, too few to tell a parasite. Use a higher magnification (100× oil), or a less reduced picture.`
    );
  }
  if (red > 0 && diameter > LARGEST) {
    doubts.push(
      `The cells are ${formatCount(Math.round(diameter))} pixels across, more than the finder knows. Reduce the picture, or use a lower magnification.`
    );
  }
  return doubts;
}
