import type {FoldThreshold, ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import {axesOf, axisNames, isOpen, labelledBins} from "./axes.js";
import type {Axis, AxisName} from "./axes.js";
import type {MapPlaces} from "./columns.js";
import type {Dimension, Filter} from "./crossfilter.js";
import {cellsInside} from "./region.js";
import type {Selection} from "./selection.js";

/** What the cells are filtered by: label and dispute together, the network's answer, patient, five figures, place on the map. */
export const dimensionNames = ["kind", "answer", "patient", ...axisNames, "map"] as const;
export type DimensionName = (typeof dimensionNames)[number];

/** The dimensions of the cells and the axes of those that have a histogram. */
export interface CellDimensions {
  axes: Record<AxisName, Axis>;
  dimensions: Record<DimensionName, Dimension>;
}

/** Kind of a cell: its label, plus 2 where it is disputed. */
export const kindCount = 4;

/** The network's answers as codes: those of the labels, and one for cells that are not scored. */
export const [calledParasitized, calledUninfected, notCalled] = [0, 1, 2] as const;

/** What the network of each cell's own fold, which never saw its patient, calls it at its own threshold. */
export function answersOf(
  {fold}: Pick<Cells, "fold">,
  network: Float64Array,
  thresholds: readonly FoldThreshold[]
): Uint8Array {
  const byFold = new Map(thresholds.map((point) => [point.fold, point.threshold]));
  return Uint8Array.from(fold, (own, cell) => {
    const [score, threshold] = [network[cell]!, byFold.get(own)];
    if (Number.isNaN(score) || threshold === undefined) return notCalled;
    return score >= threshold ? calledParasitized : calledUninfected;
  });
}

/** Prepares the cells for the crossfilter: label × dispute, patients and figures are counted by label. */
export function cellDimensions(
  cells: Cells,
  scores: Record<ScoreName, Float64Array>,
  thresholds: readonly FoldThreshold[]
): CellDimensions {
  const {label, disputed, patient, patients, count} = cells;
  const kind = label.map((code, i) => code + 2 * disputed[i]!);
  const found = axesOf(cells, scores);
  const figures = axisNames.map((name): [AxisName, Dimension] => {
    const {axis, values} = found[name];
    return [name, {values, bins: labelledBins(axis, values, label), binCount: 2 * axis.binCount}];
  });
  const nowhere = new Uint8Array(count);
  const answer = answersOf(cells, scores.network, thresholds);
  return {
    axes: Object.fromEntries(axisNames.map((name) => [name, found[name].axis])) as Record<AxisName, Axis>,
    dimensions: {
      kind: {values: kind, bins: kind, binCount: kindCount},
      answer: {values: answer, bins: answer, binCount: 3},
      patient: {values: patient, bins: patient.map((code, i) => 2 * code + label[i]!), binCount: 2 * patients.length},
      ...(Object.fromEntries(figures) as Record<AxisName, Dimension>),
      map: {values: nowhere, bins: nowhere, binCount: 1}
    }
  };
}

/**
 * The filter that a selection puts on each dimension.
 *
 * @param map places on the map; without it no region is looked for
 */
export function filterOf(
  name: DimensionName,
  selection: Pick<Selection, "label" | "disputed" | "answer" | "patient" | AxisName | "region">,
  cells: Pick<Cells, "patients">,
  map: MapPlaces | null
): Filter {
  if (name === "kind") {
    const {label, disputed} = selection;
    if (label === "any" && disputed === "any") return null;
    const allowed = Uint8Array.from({length: kindCount}, (_, kind) =>
      Number(
        (label === "any" || (label === "parasitized") === (kind % 2 === 0)) &&
          (disputed === "any" || (disputed === "yes") === kind >= 2)
      )
    );
    return {kind: "codes", allowed};
  }
  if (name === "answer") {
    const {answer} = selection;
    if (answer === "any") return null;
    return {
      kind: "codes",
      allowed: Uint8Array.of(Number(answer === "parasitized"), Number(answer === "uninfected"), 0)
    };
  }
  if (name === "patient") {
    if (selection.patient.length === 0) return null;
    const wanted = new Set(selection.patient);
    return {kind: "codes", allowed: Uint8Array.from(cells.patients, (patient) => Number(wanted.has(patient)))};
  }
  if (name === "map") {
    if (selection.region.kind === "none" || !map) return null;
    return {kind: "rows", rows: cellsInside(selection.region, map)};
  }
  const range = selection[name];
  return isOpen(range) ? null : {kind: "range", ...range};
}

/** The parts of a selection that a dimension's filter hangs on: while they are the same objects, so is the filter. */
export function filterParts(name: DimensionName, selection: Selection): readonly unknown[] {
  if (name === "kind") return [selection.label, selection.disputed];
  if (name === "map") return [selection.region];
  return [selection[name]];
}
