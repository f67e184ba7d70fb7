import type {FoldThreshold, ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import type {MapPlaces} from "./columns.js";
import {crossfilter} from "./crossfilter.js";
import {cellDimensions, dimensionNames, filterOf, filterParts} from "./filters.js";
import type {DimensionName} from "./filters.js";
import {cellOrder} from "./orders.js";
import type {Selection} from "./selection.js";

/** All that the views of the dataset page show. */
export interface Current {
  selection: Selection;
  /** The cells that pass all filters, in their order; another object when a filter or the order has changed. */
  shown: Uint32Array<ArrayBuffer>;
  /** For each bin of a dimension, the cells that pass the filters of all others. Read it, don't keep it. */
  counts: (name: DimensionName) => Uint32Array;
  /** The cells that the reader has picked, by their places; null for none. */
  picked: Uint32Array | null;
  /** How far the map has come; `missing` when it is not made yet. */
  map: "unasked" | "asked" | "there" | "missing";
}

/** The cells under the filters and in the order of a selection. */
export interface FilteredCells extends Pick<ReturnType<typeof cellDimensions>, "axes"> {
  /** Counts of all cells in each dimension. */
  all: Record<DimensionName, Uint32Array>;
  /** Whether a cell passes all filters but that of one dimension, as they stand when it is called. */
  passesBut(name: DimensionName): (cell: number) => boolean;
  /** Filters and sorts; costs only what has changed since the last call. Without places no region is looked for. */
  select(selection: Selection, places: MapPlaces | null): Pick<Current, "selection" | "shown" | "counts">;
}

/** Prepares the cells for filtering and sorting. */
export function filteredCells(
  cells: Cells,
  scores: Record<ScoreName, Float64Array>,
  thresholds: readonly FoldThreshold[]
): FilteredCells {
  const {axes, dimensions} = cellDimensions(cells, scores, thresholds);
  const rows = crossfilter(cells.count, dimensions);
  const all = Object.fromEntries(dimensionNames.map((name) => [name, rows.counts(name).slice()]));
  const applied = new Map<DimensionName, readonly unknown[]>();
  let order: {key: string; cells: Uint32Array} | undefined;
  let shown = new Uint32Array(0);

  /** Puts changed filters on their dimensions; true when there were any. */
  function applyFilters(selection: Selection, places: MapPlaces | null): boolean {
    // Without a region the map may come without anything else being shown anew.
    const isRegion = selection.region.kind !== "none";
    const changed = dimensionNames.filter((name) => {
      const parts = [...filterParts(name, selection), ...(name === "map" && isRegion ? [places] : [])];
      if (applied.get(name)?.every((part, i) => part === parts[i])) return false;
      const filter = filterOf(name, selection, cells, places);
      if (filter !== null || applied.has(name)) rows.filter(name, filter);
      applied.set(name, parts);
      return true;
    });
    return changed.length > 0;
  }

  return {
    axes,
    all: all as Record<DimensionName, Uint32Array>,
    passesBut: rows.passesBut,
    select(selection, places) {
      const filtered = applyFilters(selection, places);
      const {sort, reverse} = selection;
      const key = `${sort},${reverse}`;
      if (filtered || order?.key !== key) {
        if (order?.key !== key) order = {key, cells: cellOrder(cells, scores.network, sort, {reverse})};
        shown = rows.select(order.cells) as Uint32Array<ArrayBuffer>;
      }
      return {selection, shown, counts: rows.counts};
    }
  };
}
