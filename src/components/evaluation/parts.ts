import {signedHue} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {quantileSorted} from "../metrics/index.js";
import {plainNumber} from "../ui/format.js";
import type {Prepared} from "./prepare.js";

/** Number of equal bins of the reliability diagram, as in report.json. */
export const reliabilityBins = 15;

/** What the set knows of a cell beside its label and patient. */
export interface FactorRow {
  photograph: string;
  /** Size of the full-size crop in pixels; null or 0 where it is not known. */
  width: number | null;
  height: number | null;
  brightness: number;
  hue: number;
  frame: number;
}

/** Something by which cells are parted. */
export interface Factor {
  name: string;
  /** Name of a cell's part, or null where that is not known. */
  part: (row: FactorRow) => string | null;
  /** The parts in their order; by name if it is left out. */
  groups?: string[];
}

/**
 * All factors that the set knows of: the microscope of the one patient seen through two, the family of file names (the
 * only trace of how a smear was prepared and photographed), size of the crop, brightness, hue, black frame; measures are
 * parted at their quartiles in these rows.
 */
export function factorsOf(rows: readonly FactorRow[]): Factor[] {
  return [
    {name: "microscope", part: ({photograph}) => /Motic|Olympus/.exec(photograph)?.[0] ?? null},
    {name: "file name", part: ({photograph}) => nameFamily(photograph)},
    {name: "crop size", ...quarters(rows, ({width, height}) => width && height && Math.sqrt(width * height), " px")},
    {name: "brightness", ...quarters(rows, ({brightness}) => brightness)},
    {name: "hue", ...quarters(rows, ({hue}) => signedHue(hue), "°")},
    {name: "black frame", ...quarters(rows, ({frame}) => frame)}
  ];
}

/** What follows case and patient number in a photograph's name: `C68P29N_ThinF_IMG_…` is of the family `nthinf`. */
export function nameFamily(photograph: string): string {
  return photograph
    .replace(/_IMG_.*$/, "")
    .replace(/^C\d+[AB]?(P\d+)?/, "")
    .replace(/Motic|OlympusCX21/, "")
    .replaceAll("_", "")
    .toLowerCase();
}

/** Parts cells at the quartiles of a measure; those where it is null or 0 for want of it belong to none. */
function quarters(
  rows: readonly FactorRow[],
  measure: (row: FactorRow) => number | null,
  unit = ""
): Pick<Factor, "part" | "groups"> {
  const values = Float64Array.from(rows.map(measure).filter((value) => value !== null)).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => quantileSorted(values, share));
  const [low, middle, high] = cuts.map((cut) => `${plainNumber(Number(cut.toPrecision(3)))}${unit}`);
  const groups = [`up to ${low}`, `${low} to ${middle}`, `${middle} to ${high}`, `above ${high}`];
  const part = (row: FactorRow) => {
    const value = measure(row);
    return value === null ? null : groups[cuts.filter((cut) => value > cut).length]!;
  };
  return {part, groups: groups.filter((name) => rows.some((row) => part(row) === name))};
}

/** What the set knows of the cell at a place of the manifest. */
function factorRow(cells: Cells, place: number): FactorRow {
  return {
    photograph: cells.photographs[cells.photograph[place]!]!,
    width: cells.width[place]! || null,
    height: cells.height[place]! || null,
    brightness: cells.brightness[place]!,
    hue: cells.hue[place]!,
    frame: cells.frame[place]!
  };
}

/** The names under which `isInPart` knows the cells of a fold and of a bar of the reliability diagram. */
export const foldPart = (fold: string | number) => `fold: ${fold}`;
export const reliabilityPart = (stage: "before" | "after", bin: number) => `${stage} temperature: ${bin}`;

/**
 * Makes the function that says whether a prepared cell is in a part: a fold, a bar of the reliability diagram, or what
 * `report.json` calls a subgroup, as "factor: group". The quartiles of subgroups are those of all cells that were tested.
 */
export function partsOf(cells: Cells) {
  const kept = new Map<string, Set<number>>();
  const subgroup = (name: string, folds: readonly number[]) => {
    const key = [name, ...folds].join();
    if (!kept.has(key)) {
      const places = [...cells.fold.keys()].filter((place) => folds.includes(cells.fold[place]!));
      const rows = places.map((place) => factorRow(cells, place));
      const [factor, group] = split(name);
      const {part} = factorsOf(rows).find((one) => one.name === factor) ?? {part: () => null};
      kept.set(key, new Set(places.filter((_, i) => part(rows[i]!) === group)));
    }
    return kept.get(key)!;
  };
  return (name: string, prepared: Prepared, folds: readonly number[]): ((row: number) => boolean) => {
    const [kind, value] = split(name);
    if (kind === "fold") return (row) => cells.fold[prepared.places[row]!] === Number(value);
    if (kind === "before temperature" || kind === "after temperature") {
      const scores = kind === "before temperature" ? prepared.scores : prepared.calibrated;
      return (row) => binOfShare(scores[row]!) === Number(value);
    }
    const members = subgroup(name, folds);
    return (row) => members.has(prepared.places[row]!);
  };
}

/** The bar of the reliability diagram that a score lies in: low < score ≤ high, the first one also 0. */
export function binOfShare(score: number): number {
  let bin = 0;
  while (bin < reliabilityBins - 1 && (bin + 1) / reliabilityBins < score) bin++;
  return bin;
}

function split(name: string): [kind: string, value: string] {
  const at = name.indexOf(": ");
  return [name.slice(0, at), name.slice(at + 2)];
}
