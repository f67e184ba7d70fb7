import type {Mask} from "../image/mask.js";
import type {RgbPicture} from "../image/resize.js";
import {densityOver, groundOf, otsu, quantile, rimUnevenness} from "../segment/ground.js";
import {fillPolygon} from "./cut-found.js";
import {thingsIn} from "./decode.js";
import type {Thing} from "./decode.js";
import {broughtTo, mapsOf, placedIn} from "./find-cells.js";
import type {FoundCell, RunNetwork} from "./find-cells.js";
import {contrastOf} from "./network-picture.js";
import {areaOf, cornersOf, DIRECTIONS} from "./star.js";

/** The one cell of a picture. */
export interface SingleCell extends FoundCell {
  /** Whether it may be a white cell or a platelet, though it counts as a red one. */
  isDoubtful: boolean;
}

/** Diameter in pixels that a cell is brought to, and those at which the network sees one well enough. */
const USUAL = 28;
const [SMALLEST, LARGEST] = [14, 46];
/** Shares of a picture's shorter side that its cell may have across: once each it is brought to the usual size. */
const SHARES = [0.95, 0.6, 0.3];
/** What a cell's size and place cost beside the network's certainty: a doubling, and a diameter from the picture's middle. */
const [ODD, ASIDE] = [0.4, 0.3];
/**
 * From the first of these logits on a cell may be none that is red, from the second it is surely none. Of 250 white cells and
 * platelets in fields that taught the finder nothing, three in four have the first and more than half the second; of 880 red
 * cells of seven laboratories one in thirty the first, six the second.
 */
const [MAYBE_OTHER, SURELY_OTHER] = [0.5, 3];
/** Least certainty, 0 to 1, with which a picture holds a cell. */
const SURE = 0.66;
/** Further from the picture's middle than this, in diameters, a cell may only lie alone. */
const MIDDLE = 0.5;
/** Other things wholly in the picture may have this multiple of the cell's area together … */
const OTHERS = 1.2;
/** … whose centres lie further from its own than this, in diameters of the smaller: what is nearer is part of it. */
const APART = 0.6;
/** Longest stretch of the outline at the picture's edge, as a share of all directions: a cell that just fits has less. */
const CUT_OFF = 0.3;

/** Longest side in pixels of the picture that the ground is told from, and the rim's unevenness that is surely ground's. */
const [GROUND_SIDE, EVEN_RIM] = [96, 0.05];
/** How far around a cell its ground is looked at, in pixels there. */
const AROUND = 3;
/** Least density over the ground of what counts as a cell: four in a hundred of the light. */
const FAINTEST = 0.04;
/** Least rise of density into the cell, as a share of the picture's range of it. */
const LEAST_RISE = 0.3;
/** Least share of the pixels right around the cell that must be ground. */
const LEAST_BARE = 0.12;
/** Largest deviation of the ground's density, as a share of the cell's, and what it may be more with all ground around. */
const [UNEVEN, UNEVEN_AROUND] = [0.15, 0.08];

/**
 * Finds the one cell of a picture: the one in its middle, with parts of others at the rim, or one that lies alone, however
 * small. The ground may be shaded; it is brighter than the cell, or even and of any colour. The network tells the outline, at
 * three sizes; whether what it lies on is a ground is told from the pixels, since the network sees cells in tissue too.
 * @returns null where no single cell can be told
 */
export async function findSingle(picture: RgbPicture, run: RunNetwork): Promise<SingleCell | null> {
  if (Math.min(picture.width, picture.height) < 8) return null;
  let best: {value: number; seen: Seen; others: Seen[]} | undefined;
  for (const share of SHARES) {
    const all = await seenAt(picture, share, run);
    for (const seen of all) {
      const value = seen.certainty - ODD * Math.abs(Math.log2(seen.diameter / USUAL)) - ASIDE * seen.aside;
      if (value > (best?.value ?? -Infinity)) best = {value, seen, others: all.filter((other) => other !== seen)};
    }
  }
  if (!best || best.seen.certainty < SURE) return null;
  const {seen, others} = best;
  const area = areaOf(seen.cell.outline);
  const whole = others
    .filter(
      ({cell}) =>
        cell.kind !== "cut" && distanceBetween(cell, seen.cell) > APART * Math.min(cell.width, seen.cell.width)
    )
    .reduce((sum, {cell}) => sum + areaOf(cell.outline), 0);
  const isAlone = whole <= OTHERS * area && (seen.aside <= MIDDLE || others.length === 0);
  const isOne = isAlone && longestAtEdge(seen.cell, picture) <= CUT_OFF && liesOnGround(picture, seen.cell);
  return isOne ? {...seen.cell, kind: seen.kind} : null;
}

/** What the network sees at one size. */
interface Seen {
  cell: SingleCell;
  certainty: number;
  /** What the network takes it for, cut off or not. */
  kind: Thing["kind"];
  /** In the network's pixels. */
  diameter: number;
  /** Distance from the picture's middle in diameters. */
  aside: number;
}

async function seenAt(picture: RgbPicture, share: number, run: RunNetwork): Promise<Seen[]> {
  const small = broughtTo(picture, USUAL / (share * Math.min(picture.width, picture.height)));
  const things = thingsIn(await mapsOf(small, contrastOf(small), run));
  return things.flatMap((thing: Thing) => {
    const diameter = 2 * Math.sqrt(areaOf(cornersOf(thing)) / Math.PI);
    if (diameter < SMALLEST || diameter > LARGEST) return [];
    const aside = Math.hypot(thing.x - small.width / 2, thing.y - small.height / 2) / diameter;
    const cell = placedIn(picture, thing, picture.width / small.width);
    const kind = thing.otherness > SURELY_OTHER ? thing.kind : "red";
    const isDoubtful = kind === "red" && thing.otherness > MAYBE_OTHER;
    return {cell: {...cell, isDoubtful}, certainty: thing.certainty, kind, diameter, aside};
  });
}

const distanceBetween = (one: FoundCell, other: FoundCell) => Math.hypot(one.x - other.x, one.y - other.y);

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

/** Whether a cell stands out of a ground that is one, and even: in tissue, thick smears and photographs it does not. */
function liesOnGround(picture: RgbPicture, {x, y, outline}: FoundCell): boolean {
  const scale = Math.min(1, GROUND_SIDE / Math.max(picture.width, picture.height));
  const small = broughtTo(picture, scale);
  const standing = rimUnevenness(small) < EVEN_RIM ? "different" : "darker";
  const {data: density} = densityOver(groundOf(small, standing), small, standing);
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
  if (!(typical >= FAINTEST) || around.length === 0) return false;
  const range = quantile(density, 0.85) - quantile(density, 0.05);
  if (!(quantile(inside, 0.6) - quantile(around, 0.2) >= LEAST_RISE * range)) return false;
  const threshold = otsu(density.map((value) => Math.min(1, value / typical))) * typical;
  const bare = around.filter((value) => value <= threshold).length / around.length;
  const ground = density.filter((value, pixel) => value <= threshold && !own.data[pixel]);
  return bare >= LEAST_BARE && deviation(ground) <= (UNEVEN + UNEVEN_AROUND * bare) * typical;
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
