import type {CellKind} from "../finder/single-cell.js";
import {dyesOf, toOneStain} from "../image/stain.js";
import type {Dyes} from "../image/stain.js";
import type {Missing} from "./as-is.js";
import {descriptorsOf} from "./descriptors.js";
import type {Descriptors} from "./descriptors.js";

type Name = keyof Descriptors;

/** The descriptors that are judged together, the last three by their logarithm. */
export const JOINT = ["red", "green", "blue", "area", "ring", "relief", "grain", "edges"] as const satisfies Name[];
const LOGARITHMIC = new Set<Name>(["relief", "grain", "edges"]);

/** Two limits of one measure: beyond the first an answer carries a caution, beyond the second there is none. */
export interface Limits {
  caution: number;
  refuse: number;
}

/** Where a value must lie, both ends included. */
export type Range = readonly [low: number, high: number];

/** How far values lie from their mean, by covariance (Mahalanobis 1936). */
export interface Spread {
  mean: readonly number[];
  inverse: readonly (readonly number[])[];
}

/**
 * What `gate.json` holds: how cells of training patients are, limits set on validation patients, from which on answers
 * carry a caution, and limits set on cells of other laboratories, from which on there is none.
 */
export interface Gate {
  /** Shortest side, in pixels, of a picture: below `caution`, the data set's smallest cell, and below `refuse`. */
  smallest: Limits;
  /**
   * Logarithms of a cell's dyes, or its field's, and the `target` that they are brought to. Of a cell that was cut out of
   * its own ground the more the further they lie from the mean: from `usual` on, wholly from `limit` on, beyond which they
   * are foreign. Of one that was given on black, as the data set's are, only beyond `limitOnBlack`.
   */
  stain: Spread & Record<"usual" | "limit" | "limitOnBlack", number> & {target: Dyes};
  /** Red and blue density as shares of green's, both together, and the least tint, see {@link tintOf}, that stained red cells have. */
  dyes: {red: Range; blue: Range; both: Range; tint: number};
  /** Ranges of the other descriptors. */
  ranges: Record<Shape, {caution: Range; refuse: Range}>;
  joint: Spread & Limits;
  /** Means of the network's features in each class and their deviation within the classes. */
  features: Limits & {means: readonly (readonly number[])[]; deviation: readonly number[]};
  /** What is added to the logit of a cell of foreign stain, so that the threshold holds on other laboratories. */
  offset: number;
}

/** What a cell fails on. */
export type Check =
  "size" | "ground" | "parts" | "kind" | "outline" | "colour" | "texture" | "likeness" | "features" | "stain";

/** What speaks against calling a class, or for doubt, and what to do. */
export interface Objection {
  check: Check;
  message: string;
}

/** Descriptors that are ranges by themselves. */
export const SHAPES = [
  "together",
  "ring",
  "corners",
  "area",
  "extent",
  "relief",
  "grain",
  "edges"
] as const satisfies Name[];
/** A descriptor that has ranges of its own. */
export type Shape = (typeof SHAPES)[number];
const CHECK_OF: Record<Shape, "parts" | "outline" | "texture"> = {
  together: "parts",
  ring: "outline",
  corners: "outline",
  area: "outline",
  extent: "outline",
  relief: "texture",
  grain: "texture",
  edges: "texture"
};

const CUT = "Cut one red blood cell out of a photograph of a thin smear, with a little of its ground around it.";
const MISSING: Record<Missing, string> = {
  nothing: `No red blood cell can be made out in the middle of this picture. ${CUT}`,
  several:
    "Several things lie in this picture. Cut one red blood cell out, or choose the whole field on the page Smear, which finds and counts its cells.",
  "cut-off": "The cell in this picture is cut off by its edge. Cut it out so that all of it is in the picture.",
  "no-finder":
    "What finds the cell in a picture like this could not be started. Check your connection and choose the picture again, or lay the cell on black."
};
const REFUSED: Record<Exclude<Check, "size" | "stain">, string> = {
  ground: `No single cell fills this picture. ${CUT}`,
  parts: "More than one thing lies on the ground of this picture. Cut out a single cell.",
  kind: "This looks like a white blood cell or a platelet, and the networks know red cells only. Choose a red blood cell.",
  outline: `What this picture shows has not the outline of a whole single cell. ${CUT}`,
  colour:
    "No stained red cell has these colours: the picture may be a negative, or its colours may have changed places. Use the photograph as the camera took it.",
  texture:
    "This is far smoother than a stained cell: it may be drawn, or out of focus. Take a sharp photograph of a single cell.",
  likeness:
    "Colours, outline and texture go together here as in no cell that was measured. Use a single red blood cell of a Giemsa-stained thin smear.",
  features:
    "To the network this is unlike all cells that were measured. Use a single red blood cell of a Giemsa-stained thin smear."
};
const COLOURLESS =
  "This picture has no colour, and without it the network misses parasites. Use the photograph in colour.";
const CAUTIONS: Record<Exclude<Check, "size" | "ground" | "colour">, string> = {
  stain: "Its stain or lamp differs from the training cells', so its colours were brought to theirs first.",
  parts: "Something else lies beside the cell.",
  kind: "It may be a white blood cell or a platelet, which the networks do not know. Look at it yourself.",
  outline: "Its outline is unusual: some of it may be missing, or part of a neighbour included.",
  texture: "It is smoother or rougher than the training cells: out of focus, noisy or strongly compressed.",
  likeness:
    "Colours, outline and texture go together as in no training cell. If more than one cell was cut out, mark one yourself.",
  features: "The network has seen no cell quite like this."
};

/** Whether a picture lies on black and fills it, as the data set's cells do; else its cell should be cut out first. */
export function isOnBlack(descriptors: Descriptors | null): boolean {
  return descriptors !== null && descriptors.corners <= 1 && descriptors.ring <= 0.5 && descriptors.extent >= 0.8;
}

/** What the gate says of a cell before the network sees it. */
export interface Look {
  /** The 50×50 pixels that the network shall see: the cell, its stain brought nearer to the training cells' where it is rare. */
  seen: Uint8ClampedArray;
  isForeign: boolean;
  /** What speaks against calling a class: the first check that fails, the plainest first. */
  objection: Objection | null;
  /** What is foreign about a cell that can be answered, each check at most once. */
  cautions: Objection[];
}

/** A prepared picture as the gate sees it. */
export interface SeenPicture {
  /** 50×50 RGB pixels. */
  cell: Uint8ClampedArray;
  /** Of these pixels. */
  descriptors: Descriptors | null;
  /** Why no cell was found, where one was looked for. */
  missing: Missing | null;
  /** Whether the cell was cut out of its own ground. */
  cut: boolean;
  /** Dyes of what is typical of its field, if it was found in one: they tell the stain better than those of a late parasite. */
  typical?: Dyes | null;
  /** What the finder takes it for, if it was asked. */
  kind?: CellKind;
  /** Of the picture as it was given, in pixels. */
  width: number;
  height: number;
}

/** Looks at a cell before the network does. */
export function lookAt(picture: SeenPicture, gate: Gate): Look {
  const {cell, cut, missing, kind, descriptors: own, width, height} = picture;
  const dyes = dyesOf(cell);
  const stain = dyes && (picture.typical ?? dyes);
  const {isForeign, share} = stain ? rarityOf(stain, cut, gate.stain) : {isForeign: false, share: 0};
  const seen = stain && share > 0 ? toOneStain(cell, stain, between(stain, gate.stain.target, share)) : cell;
  const cautions: Objection[] = [];
  const look = (objection: Objection | null): Look => ({seen, isForeign, objection, cautions});
  const refuse = (check: Exclude<Check, "size" | "stain">) => look({check, message: REFUSED[check]});
  const caution = (check: keyof typeof CAUTIONS) => {
    if (!cautions.some((other) => other.check === check)) cautions.push({check, message: CAUTIONS[check]});
  };

  const size = `${width} × ${height} pixels`;
  if (Math.min(width, height) < gate.smallest.refuse) {
    const message = `This picture has only ${size}, too few to tell a parasite. Use a higher magnification, or a less reduced picture.`;
    return look({check: "size", message});
  }
  if (Math.min(width, height) < gate.smallest.caution) {
    cautions.push({check: "size", message: `It has only ${size}, fewer than any training cell.`});
  }
  if (missing) return look({check: missing === "several" ? "parts" : "ground", message: MISSING[missing]});
  if (kind === "other") return refuse("kind");
  if (kind === "doubtful") caution("kind");
  const descriptors = share > 0 ? descriptorsOf(seen) : own;
  if (!dyes || !descriptors || descriptors.corners > 1 || descriptors.ring > 0.5) return refuse("ground");
  if (tintOf(dyes) < gate.dyes.tint) return look({check: "colour", message: COLOURLESS});
  const [red, green, blue] = dyes;
  const ranges = [gate.dyes.red, gate.dyes.blue, gate.dyes.both];
  if ([red, blue, red + blue].some((value, n) => isOutside(value / green, ranges[n]!))) return refuse("colour");
  if (isForeign) caution("stain");
  for (const name of SHAPES) {
    const range = gate.ranges[name];
    if (isOutside(descriptors[name], range.refuse)) return refuse(CHECK_OF[name]);
    if (isOutside(descriptors[name], range.caution)) caution(CHECK_OF[name]);
  }
  const distance = jointDistance(descriptors, gate.joint);
  if (distance > gate.joint.refuse) return refuse("likeness");
  if (distance > gate.joint.caution) caution("likeness");
  return look(null);
}

/** What the gate says once the network's last layer has made `features` of the cell. */
export function judgeFeatures(look: Look, features: ArrayLike<number> | null, gate: Gate): Look {
  if (look.objection || !features) return look;
  const distance = featureDistance(features, gate.features);
  if (distance > gate.features.refuse) return {...look, objection: {check: "features", message: REFUSED.features}};
  if (distance <= gate.features.caution) return look;
  return {...look, cautions: [...look.cautions, {check: "features", message: CAUTIONS.features}]};
}

/** Whether dyes are foreign, and what share of the way to the training cells' they are brought. */
function rarityOf(dyes: Dyes, cut: boolean, stain: Gate["stain"]): {isForeign: boolean; share: number} {
  const distance = distanceFrom(dyes.map(Math.log), stain);
  if (!cut) return {isForeign: distance > stain.limitOnBlack, share: Number(distance > stain.limitOnBlack)};
  const share = (distance - stain.usual) / (stain.limit - stain.usual);
  return {isForeign: distance > stain.limit, share: Math.max(0, Math.min(1, share))};
}

/** Dyes a share of the way from some to others, by their ratio. */
function between(from: Dyes, to: Dyes, share: number): Dyes {
  const part = (channel: 0 | 1 | 2) => from[channel] ** (1 - share) * to[channel] ** share;
  return [part(0), part(1), part(2)];
}

/** How far a cell's dyes are from grey: the largest less the smallest density, as a share of their mean. */
export function tintOf(dyes: Dyes): number {
  return (Math.max(...dyes) - Math.min(...dyes)) / ((dyes[0] + dyes[1] + dyes[2]) / 3);
}

/** @returns the values of {@link JOINT} */
export function jointVector(descriptors: Descriptors): number[] {
  return JOINT.map((name) => (LOGARITHMIC.has(name) ? Math.log(descriptors[name] + 0.1) : descriptors[name]));
}

/** Mahalanobis distance of a cell's descriptors from those of training cells. */
export function jointDistance(descriptors: Descriptors, spread: Spread): number {
  return distanceFrom(jointVector(descriptors), spread);
}

/** Mahalanobis distance of values from their mean. */
export function distanceFrom(values: readonly number[], {mean, inverse}: Spread): number {
  const offset = values.map((value, n) => value - mean[n]!);
  const square = offset.reduce(
    (sum, value, i) => sum + value * offset.reduce((row, other, j) => row + inverse[i]![j]! * other, 0),
    0
  );
  return Math.sqrt(Math.max(0, square));
}

/** Distance of features from the nearest class's mean: root of the mean square of the offsets in deviations. */
export function featureDistance(
  features: ArrayLike<number>,
  {means, deviation}: Pick<Gate["features"], "means" | "deviation">
): number {
  const distances = means.map((mean) => {
    let sum = 0;
    for (let n = 0; n < mean.length; n++) sum += ((features[n]! - mean[n]!) / deviation[n]!) ** 2;
    return Math.sqrt(sum / mean.length);
  });
  return Math.min(...distances);
}

function isOutside(value: number, [low, high]: Range): boolean {
  return !(value >= low && value <= high);
}
