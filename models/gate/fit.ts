import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {
  SHAPES,
  distanceFrom,
  featureDistance,
  jointDistance,
  jointVector,
  tintOf
} from "../../src/components/gate/gate.js";
import type {Gate, Range, Shape, Spread} from "../../src/components/gate/gate.js";
import type {Dyes} from "../../src/components/image/stain.js";
import {quantileSorted} from "../../src/components/metrics/index.js";

/** What is known of cells, in step. */
export interface DescribedCells {
  descriptors: Descriptors[];
  dyes: Dyes[];
  features: Float32Array[];
  /** Class of each cell. */
  classes: number[];
}

/** Cells of another laboratory: their own dyes, the rest after their stain was brought to the training cells'. */
export type ForeignCells = Omit<DescribedCells, "classes">;

/** How much room there is beyond what was measured: a laboratory never met lies further out. */
export interface Room {
  /** How much further down the ranges of dyes reach, as a share of their value. */
  dyes: number;
  /** How much further the limits of distances lie, as a factor. */
  distances: number;
}

/** The room that is shipped: with it a gate refuses at most one in twenty of a laboratory that it was fitted without, see `room.ts`. */
export const ROOM: Room = {dyes: 0.4, distances: 1.3};

/** How far a range reaches beyond the 0.1st and 99.9th percentile of training cells, as a share of what lies between. */
const BEYOND = 0.1;
/** The least that it reaches beyond, in shares of the picture. */
const LEAST: Partial<Record<Shape, number>> = {ring: 0.05, together: 0.05, area: 0.05, extent: 0.05, corners: 1};
/** Measures whose ranges are those of their logarithms, and which no cell is too high in: how sharp it is hangs on the camera. */
const TEXTURE = new Set<Shape>(["relief", "grain", "edges"]);
/** More than any of them can be. */
const SHARPEST = 255;
/** How far a limit of distance lies above the largest distance of a validation cell. */
const ABOVE = 1.05;
/** Share of every other laboratory's cells that one measure may refuse at each of its ends. */
const REFUSED = 0.003;
/** How much further up than what was measured the ranges of dyes reach, as a share of their value. */
const MORE_DYE = 0.05;
/** Share of the least tint measured from which on a cell has colour: pictures of a grey camera have none at all. */
const GREY = 0.5;
/** Shortest side of a picture that is answered at all. */
const FEWEST_PIXELS = 30;

/**
 * Fits a gate: the limits for cautions on cells of training patients, those of distances on cells of validation
 * patients; the limits for refusals so that hardly a cell of another laboratory is refused.
 * @param smallest shortest side, in pixels, of a full-size training cell
 * @param elsewhere the other laboratories' cells that may be fitted on, one entry a laboratory
 * @param room beyond them
 * @returns a gate whose offset is 0
 */
export function fitGate(
  train: DescribedCells,
  validation: DescribedCells,
  {smallest, elsewhere, room = ROOM}: {smallest: number; elsewhere: readonly ForeignCells[]; room?: Room}
): Gate {
  const joint = spreadOf(train.descriptors.map(jointVector));
  const logs = ({dyes}: ForeignCells) => dyes.map((values) => values.map(Math.log));
  const stain = spreadOf(logs(train));
  const distances = (cells: ForeignCells) => Float64Array.from(logs(cells), (values) => distanceFrom(values, stain));
  const features = featureMeans(train);
  const largest = (values: Iterable<number>) => round(ABOVE * Math.max(...values));
  const limits = (measured: (cells: ForeignCells) => number[]) => {
    const caution = largest(measured(validation));
    const others = elsewhere.map((cells) => room.distances * ends(measured(cells))[1]);
    return {caution, refuse: Math.max(caution, ...others.map(round))};
  };
  const ratio = (of: (dyes: Dyes) => number): Range => {
    const found = [train, ...elsewhere].map(({dyes}) => ends(dyes.map((values) => of(values) / values[1])));
    const [low, high] = [Math.min(...found.map(([value]) => value)), Math.max(...found.map(([, value]) => value))];
    return [round(low * (1 - room.dyes)), round(high * (1 + MORE_DYE))];
  };
  const tints = [train, ...elsewhere].map(({dyes}) => ends(dyes.map(tintOf))[0]);
  return {
    smallest: {caution: smallest, refuse: FEWEST_PIXELS},
    stain: {
      ...stain,
      usual: round(quantileSorted(distances(train).sort(), 0.5)),
      limit: largest(distances(validation)),
      limitOnBlack: largest([...distances(train), ...distances(validation)]),
      target: middle(train.dyes)
    },
    dyes: {
      red: ratio(([red]) => red),
      blue: ratio(([, , blue]) => blue),
      both: ratio(([red, , blue]) => red + blue),
      tint: round(Math.min(...tints) * GREY)
    },
    ranges: Object.fromEntries(
      SHAPES.map((name) => {
        const caution = rangeOf(name, train.descriptors);
        const others = elsewhere.map(({descriptors}) => ends(descriptors.map((cell) => cell[name])));
        const low = Math.min(caution[0], ...others.map(([value]) => round(value)));
        const high = Math.max(caution[1], ...others.map(([, value]) => round(value)));
        return [name, {caution, refuse: [low, TEXTURE.has(name) ? SHARPEST : high]}];
      })
    ) as unknown as Gate["ranges"],
    joint: {...joint, ...limits(({descriptors}) => descriptors.map((cell) => jointDistance(cell, joint)))},
    features: {...features, ...limits((cells) => cells.features.map((values) => featureDistance(values, features)))},
    offset: 0
  };
}

/**
 * The offset of foreign stains' logits: the largest, at most 0, at which no laboratory's healthy cells are called
 * parasitized more often than `rate`.
 * @param healthy probabilities of the healthy cells of foreign stain, one list a laboratory; lists of fewer than 30 are left out
 * @param threshold at which cells are called parasitized
 */
export function fitOffset(healthy: readonly (readonly number[])[], threshold: number, rate: number): number {
  const logit = (p: number) => Math.log(p / (1 - p));
  const needed = healthy
    .filter(({length}) => length >= 30)
    .map((scores) => {
      const sorted = Float64Array.from(scores).sort();
      return sorted[Math.min(sorted.length - 1, Math.ceil((1 - rate) * sorted.length))]!;
    });
  const highest = Math.min(1 - 1e-6, Math.max(threshold, ...needed));
  return round(Math.min(0, logit(threshold) - logit(highest)));
}

function rangeOf(name: Shape, cells: readonly Descriptors[]): Range {
  const isTexture = TEXTURE.has(name);
  const sorted = Float64Array.from(cells, (cell) => (isTexture ? Math.log(cell[name]) : cell[name])).sort();
  const [low, high] = [quantileSorted(sorted, 0.001), quantileSorted(sorted, 0.999)];
  const beyond = Math.max(BEYOND * (high - low), LEAST[name] ?? 0);
  const back = (value: number) => round(isTexture ? Math.exp(value) : value);
  return [back(low - beyond), back(high + beyond)];
}

/** What leaves {@link REFUSED} of values out at each end. */
function ends(values: readonly number[]): Range {
  const sorted = Float64Array.from(values).sort();
  return [quantileSorted(sorted, REFUSED), quantileSorted(sorted, 1 - REFUSED)];
}

function middle(dyes: readonly Dyes[]): Dyes {
  const median = (channel: number) =>
    round(quantileSorted(Float64Array.from(dyes, (values) => values[channel]!).sort(), 0.5));
  return [median(0), median(1), median(2)];
}

/** Mean of vectors and the inverse of their covariance. */
function spreadOf(vectors: readonly (readonly number[])[]): Spread {
  const mean = vectors[0]!.map((_, n) => average(vectors.map((vector) => vector[n]!)));
  const covariance = mean.map((_, i) =>
    mean.map((_, j) => average(vectors.map((vector) => (vector[i]! - mean[i]!) * (vector[j]! - mean[j]!))))
  );
  return {mean: mean.map(round), inverse: invert(covariance).map((row) => row.map(round))};
}

function featureMeans({features, classes}: DescribedCells) {
  const width = features[0]!.length;
  const kinds = [...new Set(classes)].sort();
  const means = kinds.map((label) => {
    const own = features.filter((_, n) => classes[n] === label);
    return Array.from({length: width}, (_, k) => round(average(own.map((values) => values[k]!))));
  });
  const deviation = Array.from({length: width}, (_, k) => {
    const squares = features.map((values, n) => (values[k]! - means[kinds.indexOf(classes[n]!)]![k]!) ** 2);
    return round(Math.sqrt(average(squares)) + 1e-6);
  });
  return {means, deviation};
}

/** Inverse of a small square matrix, by Gauss and Jordan with pivots. @throws RangeError if it has none */
export function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const scale = rows[column]![column]!;
    if (scale === 0) throw new RangeError("The matrix has no inverse.");
    rows[column] = rows[column]!.map((value) => value / scale);
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]!;
      rows[row] = rows[row]!.map((value, k) => value - factor * rows[column]![k]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
