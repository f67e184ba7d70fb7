import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {fillPolygon} from "./cut-found.js";
import type {FieldGround} from "./cut-found.js";
import {thingsIn} from "./decode.js";
import type {Thing} from "./decode.js";
import {broughtTo, mapsOf, placedIn} from "./find-cells.js";
import type {FoundCell, RunNetwork} from "./find-cells.js";
import {densityOver, groundOf, otsu, quantile, rimUnevenness} from "./ground.js";
import type {Ground, Standing} from "./ground.js";
import {contrastOf} from "./network-picture.js";
import {areaOf, cornersOf, DIRECTIONS} from "./star.js";

/** What the finder takes a cell for: `other` is a white cell or a platelet, `doubtful` may be one. */
export type CellKind = "red" | "doubtful" | "other";

/** The one cell of a picture. */
export interface SingleCell extends Omit<FoundCell, "kind"> {
  kind: CellKind;
  /** What it lies on, in the picture. */
  ground: FieldGround;
}

/** Why a picture holds no single cell: nothing stands out of a ground, several things do, or the picture cuts it off. */
export type NotSingle = "nothing" | "several" | "cut-off";

/** Shortest side in pixels that the network's three pictures are made from: twice what the largest of them has. */
const SEEN_SIDE = 192;
/** Diameter in pixels that a cell is brought to, and those at which the network sees one well enough. */
const USUAL = 28;
const [SMALLEST, LARGEST] = [14, 46];
/** Shares of a picture's shorter side that its cell may have across: once each it is brought to the usual size. */
const SHARES = [0.95, 0.6, 0.3];
/** What a cell's size and place cost beside the network's certainty: a doubling, and a diameter from the picture's middle. */
const [ODD, ASIDE] = [0.4, 0.3];
/** What is seen so well at one size is not looked for at others. */
const CLEAR = 0.7;
/**
 * From the first of these logits on a cell may be none that is red, from the second it is surely none. Of 251 white cells and
 * platelets in fields that taught the finder nothing 210 have the first, or are not found to be single cells, and 150 the
 * second; of 1,435 red cells of seven laboratories 58 the first, 7 the second.
 */
const [MAYBE_OTHER, SURELY_OTHER] = [0, 3];
/** Least certainty, 0 to 1, with which a picture holds a cell. */
const SURE = 0.66;
/** Further from the picture's middle than this, in diameters, a cell may only lie alone. */
const MIDDLE = 0.55;
/** Other things wholly in the picture may have this multiple of the cell's area together … */
const OTHERS = 2.2;
/** … whose centres lie further from its own than this, in diameters of the smaller: what is nearer is part of it. */
const APART = 0.6;
/** Longest stretch of the outline at the picture's edge, as a share of all directions: a cell that just fits has less. */
const CUT_OFF = 0.35;

/** Longest side in pixels of the picture that the ground is told from, and the rim's unevenness that is surely ground's. */
const [GROUND_SIDE, EVEN_RIM] = [96, 0.05];
/** A ground is not bright if this share of the pixels is brighter by more than that, in values of 0 to 255; what it then becomes. */
const [SHARE_OVER, OVER, BRIGHT] = [0.005, 12, 235];
/** How far around a cell its ground is looked at, in pixels there. */
const AROUND = 3;
/** Least density over the ground of what counts as a cell: four in a hundred of the light. */
const FAINTEST = 0.04;
/** Least rise of density into the cell, as a share of the picture's range of it. */
const LEAST_RISE = 0.3;
/** Least share of the pixels right around the cell that must be ground. */
const LEAST_BARE = 0.12;
/** Largest deviation of the ground's density, as a share of the cell's, and what it may be more with all ground around. */
const [UNEVEN, UNEVEN_AROUND] = [0.18, 0.08];

/**
 * Finds the one cell of a picture: the one in its middle, with parts of others at the rim, or one that lies alone, however
 * small. The ground may be shaded; it is brighter than the cell, or even and of any colour. The network tells the outline, at
 * three sizes; whether what it lies on is a ground is told from the pixels, since the network sees cells in tissue too.
 * @returns why there is none, where no single cell can be told
 */
export async function findSingle(picture: RgbPicture, run: RunNetwork): Promise<SingleCell | NotSingle> {
  const shorter = Math.min(picture.width, picture.height);
  if (shorter < 8) return "nothing";
  const seenFrom = broughtTo(picture, Math.min(1, SEEN_SIDE / shorter));
  const under = groundUnder(seenFrom);
  const shown = onBrightGround(seenFrom, under);
  let best: {value: number; seen: Seen; others: Seen[]} | undefined;
  for (const share of SHARES) {
    if (best && best.value > CLEAR) break;
    const all = await seenAt(picture, shown, {share, run});
    for (const seen of all) {
      const value = seen.certainty - ODD * Math.abs(Math.log2(seen.diameter / USUAL)) - ASIDE * seen.aside;
      if (value > (best?.value ?? -Infinity)) best = {value, seen, others: all.filter((other) => other !== seen)};
    }
  }
  if (!best || best.seen.certainty < SURE) return "nothing";
  const {cell, kind, aside} = best.seen;
  const ground = groundOfOne(picture, under, cell);
  if (!ground) return "nothing";
  const beside = best.others
    .filter(({cell: other}) => other.kind !== "cut" && !isPartOf(other, cell))
    .reduce((sum, other) => sum + areaOf(other.cell.outline), 0);
  const isAlone = beside <= OTHERS * areaOf(cell.outline) && (aside <= MIDDLE || best.others.length === 0);
  if (!isAlone) return "several";
  return longestAtEdge(cell, picture) > CUT_OFF ? "cut-off" : {...cell, kind, ground};
}

/** A small picture, and what lies under all that stands out of it. */
interface Under {
  small: RgbPicture;
  standing: Standing;
  ground: Ground;
}

function groundUnder(picture: RgbPicture): Under {
  const small = broughtTo(picture, Math.min(1, GROUND_SIDE / Math.max(picture.width, picture.height)));
  const standing = rimUnevenness(small) < EVEN_RIM ? "different" : "darker";
  return {small, standing, ground: groundOf(small, standing)};
}

/**
 * The picture as the network knows pictures: a ground that is even but no brighter than what lies on it becomes bright, and
 * each channel the darker the further it differs from the ground. Any other picture stays as it is.
 */
function onBrightGround(picture: RgbPicture, {small, standing, ground}: Under): RgbPicture {
  if (standing === "darker") return picture;
  const levels = ground.map(([level]) => 256 * Math.exp(-level) - 1);
  const light = (at: ArrayLike<number>, place: number) => at[place]! + at[place + 1]! + at[place + 2]!;
  const lights = Float32Array.from({length: small.width * small.height}, (_, pixel) => light(small.data, pixel * 3));
  if (quantile(lights, 1 - SHARE_OVER) - light(levels, 0) <= 3 * OVER) return picture;
  const shown = picture.data.map((value, place) => {
    const level = levels[place % 3]!;
    return (BRIGHT * (Math.min(value, level) + 1)) / (Math.max(value, level) + 1);
  });
  return {...picture, data: shown};
}

/** What the network sees at one size. */
interface Seen {
  /** In the picture. */
  cell: FoundCell;
  certainty: number;
  /** What the network takes it for, cut off or not. */
  kind: CellKind;
  /** In the network's pixels. */
  diameter: number;
  /** Distance from the picture's middle in diameters. */
  aside: number;
}

/** @param seenFrom the picture brought to a size that is large enough for the network */
async function seenAt(
  picture: RgbPicture,
  seenFrom: RgbPicture,
  {share, run}: {share: number; run: RunNetwork}
): Promise<Seen[]> {
  const small = broughtTo(seenFrom, USUAL / (share * Math.min(seenFrom.width, seenFrom.height)));
  const things = thingsIn(await mapsOf(small, contrastOf(small), run));
  return things.flatMap((thing: Thing) => {
    const diameter = 2 * Math.sqrt(areaOf(cornersOf(thing)) / Math.PI);
    if (diameter < SMALLEST || diameter > LARGEST) return [];
    const aside = Math.hypot(thing.x - small.width / 2, thing.y - small.height / 2) / diameter;
    const cell = placedIn(picture, thing, picture.width / small.width);
    return {cell, certainty: thing.certainty, kind: kindOf(thing), diameter, aside};
  });
}

function kindOf({otherness}: Thing): CellKind {
  if (otherness > SURELY_OTHER) return "other";
  return otherness > MAYBE_OTHER ? "doubtful" : "red";
}

const isPartOf = (one: FoundCell, other: FoundCell) =>
  Math.hypot(one.x - other.x, one.y - other.y) <= APART * Math.min(one.width, other.width);

/** The longest stretch of an outline's corners at the picture's edge, as a share of all. */
function longestAtEdge({outline}: FoundCell, {width, height}: RgbPicture): number {
  let [longest, run] = [0, 0];
  for (let n = 0; n < 4 * DIRECTIONS; n += 2) {
    const [x, y] = [outline[n % (2 * DIRECTIONS)]!, outline[(n + 1) % (2 * DIRECTIONS)]!];
    run = x < 1 || y < 1 || x > width - 1 || y > height - 1 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return Math.min(longest, DIRECTIONS) / DIRECTIONS;
}

/** What a cell lies on; null where that is no even ground that it stands out of, as in tissue, thick smears and photographs. */
function groundOfOne(
  {width, height}: RgbPicture,
  {small, standing, ground}: Under,
  {x, y, outline}: FoundCell
): FieldGround | null {
  const scale = small.width / width;
  const {data: density} = densityOver(ground, small, standing);
  const [centreX, centreY] = [x * scale, y * scale];
  const own = fillPolygon(
    outline.map((value) => value * scale),
    small.width,
    small.height
  );
  const wider = outline.map((value, n) => {
    const [across, down] = [outline[n & ~1]! * scale - centreX, outline[n | 1]! * scale - centreY];
    return value * scale + (AROUND * (n % 2 === 0 ? across : down)) / Math.max(1, Math.hypot(across, down));
  });
  const ring = without(fillPolygon(wider, small.width, small.height), own);
  const of = (mask: Mask) => density.filter((_, pixel) => mask.data[pixel]);
  const inside = of(own);
  const typical = quantile(inside, 0.5);
  const around = of(ring);
  if (!(typical >= FAINTEST) || around.length === 0) return null;
  const range = quantile(density, 0.85) - quantile(density, 0.05);
  if (!(quantile(inside, 0.6) - quantile(around, 0.2) >= LEAST_RISE * range)) return null;
  const threshold = otsu(density.map((value) => Math.min(1, value / typical))) * typical;
  const bare = around.filter((value) => value <= threshold).length / around.length;
  const paler = density.filter((value, pixel) => value <= threshold && !own.data[pixel]);
  const isEven = deviation(paler) <= (UNEVEN + UNEVEN_AROUND * bare) * typical;
  return bare >= LEAST_BARE && isEven ? {ground, standing, width, height} : null;
}

const without = (mask: Mask, other: Mask): Mask => ({
  ...mask,
  data: mask.data.map((value, pixel) => value & ~other.data[pixel]!)
});

/** @returns NaN of fewer than two values */
function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
