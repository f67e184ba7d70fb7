import * as v from "valibot";
import {cellSide} from "../../data/shapes/cells.js";
import {check, guarded, number, object} from "../../data/shapes/schema.js";
import type {Descriptors} from "./descriptors.js";

type Name = keyof Descriptors;

/** The descriptors that are judged together, the last three by their logarithm. */
export const JOINT = ["red", "green", "blue", "area", "ring", "relief", "grain", "edges"] as const satisfies Name[];
const LOGARITHMIC = new Set<Name>(["relief", "grain", "edges"]);

/** What `gate.json` holds: how cells of training patients are, and the limits set on validation patients. */
export interface Gate {
  /** Shortest side, in pixels, of a full-size cell of the data set. */
  smallest: number;
  /** Within these limits, both included, every descriptor must lie. */
  ranges: Record<Name, [low: number, high: number]>;
  /** Mean and inverse covariance of {@link JOINT}, and the largest Mahalanobis distance. */
  joint: {mean: number[]; inverse: number[][]; limit: number};
  /** Means of the network's features in each class, their deviation within the classes, and the largest distance. */
  features: {means: number[][]; deviation: number[]; limit: number};
}

/** What a cell fails on. */
export type Check = "size" | "ground" | "parts" | "outline" | "colour" | "texture" | "likeness" | "features";

/** Why a picture gets no class, and what to do. */
export interface Objection {
  check: Check;
  message: string;
}

const CHECKS: [Exclude<Check, "size">, Name[]][] = [
  ["parts", ["together"]],
  ["outline", ["ring", "corners", "area", "extent"]],
  ["colour", ["red", "green", "blue", "redness", "blueness"]],
  ["texture", ["relief", "grain", "edges"]]
];

const SENTENCES: Record<Exclude<Check, "size">, string> = {
  ground:
    "No single cell on a black or an even bright ground can be found in this picture: it may show a whole field, tissue, a thick smear, text or something else. Cut one red blood cell out of a photograph of a thin smear, with a little of its ground around it.",
  parts: "More than one thing lies on the ground of this picture. Cut out a single cell.",
  outline:
    "What this picture shows has not the outline of a whole single cell. Cut one cell out so that it is whole and fills the picture.",
  colour:
    "This has other colours than the Giemsa-stained cells that the network was trained on. Check the stain and the camera's white balance.",
  texture:
    "This is smoother or rougher than the stained cells that the network was trained on: it may be drawn, out of focus, or something else. Take a sharp photograph of a single cell.",
  likeness:
    "Colours, outline and texture go together here as in none of the cells that the network was trained on. Use a single red blood cell of a Giemsa-stained thin smear.",
  features:
    "To the network this is unlike all cells that it was trained on. Use a single red blood cell of a Giemsa-stained thin smear."
};

/** Whether a picture lies on black and fills it, as the data set's cells do; else its cell should be cut out first. */
export function isOnBlack(descriptors: Descriptors | null): boolean {
  return descriptors !== null && descriptors.corners <= 1 && descriptors.ring <= 0.5 && descriptors.extent >= 0.8;
}

/**
 * Says what speaks against calling a class: the first check that fails, the plainest first.
 * @param descriptors of the pixels that the network saw
 * @param features what the network's last layer made of them
 * @param size width and height of the picture as it was given
 * @returns null if nothing does
 */
export function objectionTo(
  {
    descriptors,
    features,
    width,
    height
  }: {
    descriptors: Descriptors | null;
    features: ArrayLike<number> | null;
    width: number;
    height: number;
  },
  gate: Gate
): Objection | null {
  const objection = (check: Exclude<Check, "size">): Objection => ({check, message: SENTENCES[check]});
  if (Math.min(width, height) < gate.smallest) {
    const message = `This picture has only ${width} × ${height} pixels; the cells that the network was trained on have at least ${gate.smallest} on each side. Use a higher magnification, or a less reduced picture.`;
    return {check: "size", message};
  }
  if (!descriptors || descriptors.corners > 1 || descriptors.ring > 0.5) return objection("ground");
  for (const [check, names] of CHECKS) {
    const outside = (name: Name) =>
      !(descriptors[name] >= gate.ranges[name][0] && descriptors[name] <= gate.ranges[name][1]);
    if (names.some(outside)) return objection(check);
  }
  if (jointDistance(descriptors, gate.joint) > gate.joint.limit) return objection("likeness");
  if (features && featureDistance(features, gate.features) > gate.features.limit) return objection("features");
  return null;
}

/** @returns the values of {@link JOINT} */
export function jointVector(descriptors: Descriptors): number[] {
  return JOINT.map((name) => (LOGARITHMIC.has(name) ? Math.log(descriptors[name] + 0.1) : descriptors[name]));
}

/** Mahalanobis distance of a cell's descriptors from those of training cells. */
export function jointDistance(
  descriptors: Descriptors,
  {mean, inverse}: Pick<Gate["joint"], "mean" | "inverse">
): number {
  const offset = jointVector(descriptors).map((value, n) => value - mean[n]!);
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

const numbers = (length?: number) =>
  guarded<number[]>(
    (value) => Array.isArray(value) && value.every(Number.isFinite) && value.length === (length ?? value.length),
    `must be ${length ?? "a list of"} numbers`
  );
const limit = number(Number.MIN_VALUE);
const rows = (length?: number) =>
  v.pipe(v.array(numbers(length), "must be a list"), v.minLength(1, "must not be empty"));
const ranges = CHECKS.flatMap(([, names]) => names.map((name) => [name, numbers(2)] as const));

const gateSchema = object({
  smallest: number(Number.MIN_VALUE, cellSide),
  ranges: object(Object.fromEntries(ranges)),
  joint: object({
    mean: numbers(JOINT.length),
    inverse: v.pipe(rows(JOINT.length), v.length(JOINT.length, `must be ${JOINT.length} rows`)),
    limit
  }),
  features: object({means: rows(), deviation: numbers(), limit})
});

/**
 * Reads `gate.json`.
 * @throws Error that names what is not as expected
 */
export function parseGate(text: string): Gate {
  const fail = (sentence: string): never => {
    throw new Error(`The model's gate.json cannot be used: ${sentence}.`);
  };
  const gate = check(gateSchema, JSON.parse(text), fail);
  const {means, deviation} = gate.features;
  if (means.some(({length}) => length !== deviation.length))
    fail("features must hold means as long as their deviation");
  return gate as Gate;
}
