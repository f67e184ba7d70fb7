import type {Descriptors} from "../../src/components/gate/descriptors.js";
import {JOINT, featureDistance, jointDistance, jointVector} from "../../src/components/gate/gate.js";
import type {Gate} from "../../src/components/gate/gate.js";
import {quantileSorted} from "../../src/components/metrics/index.js";

/** Descriptors and features of cells, in step. */
export interface DescribedCells {
  descriptors: Descriptors[];
  features: Float32Array[];
  /** Class of each cell. */
  classes: number[];
}

/** How far a range reaches beyond the 0.1st and 99.9th percentile of training cells, as a share of what lies between. */
const BEYOND = 0.1;
/** The least that it reaches beyond, in shares of the picture. */
const LEAST: Partial<Record<keyof Descriptors, number>> = {
  ...{ring: 0.05, together: 0.05, area: 0.05, extent: 0.05},
  corners: 1
};
/** How far a limit of distance lies above the largest distance of a validation cell. */
const ABOVE = 1.05;

/**
 * Fits a gate on cells of training patients, and sets the limits of its two distances on cells of validation patients.
 * @param smallest shortest side, in pixels, of a full-size training cell
 */
export function fitGate(train: DescribedCells, validation: DescribedCells, smallest: number): Gate {
  const names = Object.keys(train.descriptors[0]!) as (keyof Descriptors)[];
  const range = (name: keyof Descriptors): [number, number] => {
    const sorted = Float64Array.from(train.descriptors, (cell) => cell[name]).sort();
    const [low, high] = [quantileSorted(sorted, 0.001), quantileSorted(sorted, 0.999)];
    const beyond = Math.max(BEYOND * (high - low), LEAST[name] ?? 0);
    return [round(low - beyond), round(high + beyond)];
  };
  const vectors = train.descriptors.map(jointVector);
  const mean = JOINT.map((_, n) => average(vectors.map((vector) => vector[n]!)));
  const covariance = JOINT.map((_, i) =>
    JOINT.map((_, j) => average(vectors.map((vector) => (vector[i]! - mean[i]!) * (vector[j]! - mean[j]!))))
  );
  const joint = {mean: mean.map(round), inverse: invert(covariance).map((row) => row.map(round))};

  const width = train.features[0]!.length;
  const classes = [...new Set(train.classes)].sort();
  const means = classes.map((label) => {
    const own = train.features.filter((_, n) => train.classes[n] === label);
    return Array.from({length: width}, (_, k) => round(average(own.map((features) => features[k]!))));
  });
  const deviation = Array.from({length: width}, (_, k) => {
    const squares = train.features.map(
      (features, n) => (features[k]! - means[classes.indexOf(train.classes[n]!)]![k]!) ** 2
    );
    return round(Math.sqrt(average(squares)) + 1e-6);
  });
  const largest = (distances: number[]) => round(ABOVE * Math.max(...distances));
  return {
    smallest,
    ranges: Object.fromEntries(names.map((name) => [name, range(name)])) as Gate["ranges"],
    joint: {...joint, limit: largest(validation.descriptors.map((cell) => jointDistance(cell, joint)))},
    features: {
      ...{means, deviation},
      limit: largest(validation.features.map((features) => featureDistance(features, {means, deviation})))
    }
  };
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
