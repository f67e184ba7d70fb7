import {area, dilate} from "../../src/components/image/mask.js";
import type {Mask} from "../../src/components/image/mask.js";
import {patientBootstrap, patientIndex, rankCorrelation} from "../../src/components/metrics/index.js";
import {peakOf} from "../../src/components/why/describe-map.js";
import type {StainedParasite} from "../../src/components/why/stained-parasite.js";
import {cellSide} from "../../src/data/shapes/cells.js";
import type {Figure} from "../../src/data/shapes/report.js";

/** How often peaks lie on what the rule calls stained parasite. */
export interface Peaks {
  /** Cells drawn, and how many of them have a stained parasite by the rule: the shares are of these. */
  cells: number;
  withParasite: number;
  patients: number;
  /** Cells drawn that Fuhad et al. 2020 call uninfected, and how many of them have no stained parasite by the rule. */
  disputed: {cells: number; withoutParasite: number};
  /** Peaks on a stained pixel, and up to one and two pixels beside it. */
  onStain: Figure;
  withinOne: Figure;
  withinTwo: Figure;
  /** The same of the cell's centre, and of a pixel of the cell taken at random. */
  centre: {onStain: number; withinOne: number; withinTwo: number};
  random: {onStain: number; withinOne: number; withinTwo: number};
}

/** Compares the peaks of maps with references that run in step with them. */
export function measurePeaks(
  maps: readonly Float32Array[],
  references: readonly (StainedParasite | null)[],
  rows: readonly {patient: string; disputed: boolean}[],
  seed: number
): Peaks {
  const found = references.flatMap((reference, n) => (reference && area(reference.parasite) ? [{n, reference}] : []));
  const patients = patientIndex(found.map(({n}) => rows[n]!.patient));
  const zones = found.map(({reference}) => {
    const one = dilate(reference.parasite);
    return [reference.parasite, one, dilate(one)];
  });
  const at = ({data}: Mask, pixel: number) => data[pixel]!;
  const mean = (list: number[]) => round(list.reduce((sum, value) => sum + value, 0) / list.length);
  const share = (zone: number): Figure => {
    const hits = found.map(({n}, index) => {
      const {x, y} = peakOf(maps[n]!);
      return at(zones[index]![zone]!, y * cellSide + x);
    });
    const statistic = (weights: Float64Array) => {
      let [sum, total] = [0, 0];
      hits.forEach((hit, index) => {
        sum += hit * weights[index]!;
        total += weights[index]!;
      });
      return sum / total;
    };
    const {estimate, low, high} = patientBootstrap({patients, statistic, seed});
    return {estimate: round(estimate), low: round(low), high: round(high)};
  };
  const centre = (zone: number) =>
    mean(found.map(({reference}, index) => at(zones[index]![zone]!, centreOf(reference.cell))));
  const anywhere = (zone: number) =>
    mean(
      found.map(({reference: {cell}}, index) => {
        const both = cell.data.reduce((sum, inside, pixel) => sum + inside * at(zones[index]![zone]!, pixel), 0);
        return both / area(cell);
      })
    );
  const disputed = rows.flatMap((row, n) => (row.disputed ? [n] : []));
  const without = disputed.filter((n) => !found.some((other) => other.n === n));
  return {
    cells: maps.length,
    withParasite: found.length,
    patients: patients.names.length,
    disputed: {cells: disputed.length, withoutParasite: without.length},
    onStain: share(0),
    withinOne: share(1),
    withinTwo: share(2),
    centre: {onStain: centre(0), withinOne: centre(1), withinTwo: centre(2)},
    random: {onStain: anywhere(0), withinOne: anywhere(1), withinTwo: anywhere(2)}
  };
}

/** Mean rank correlation of two lists of maps within the cells; maps that are constant there are left out. */
export function likeness(
  first: readonly Float32Array[],
  second: readonly Float32Array[],
  references: readonly (StainedParasite | null)[]
): number {
  const values = second
    .map((map, n) => {
      const inside = (from: Float32Array) => from.filter((_, pixel) => references[n]?.cell.data[pixel]);
      return rankCorrelation(inside(first[n]!), inside(map));
    })
    .filter((value) => !Number.isNaN(value));
  return round(values.reduce((sum, value) => sum + value, 0) / values.length);
}

function centreOf({data, width}: Mask): number {
  let [x, y, count] = [0, 0, 0];
  data.forEach((inside, pixel) => {
    if (!inside) return;
    x += pixel % width;
    y += Math.floor(pixel / width);
    count++;
  });
  return Math.round(y / count) * width + Math.round(x / count);
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
