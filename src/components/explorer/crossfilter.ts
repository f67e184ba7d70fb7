/** What a dimension lets pass; null lets everything pass. */
export type Filter =
  /** Values in [low, high); a value that is not a number never passes. */
  | {kind: "range"; low: number; high: number}
  /** Values whose entry of `allowed` is 1. */
  | {kind: "codes"; allowed: Uint8Array}
  /** Rows whose entry of `rows` is 1. */
  | {kind: "rows"; rows: Uint8Array}
  | null;

/** One way to look at the rows: a value to filter by, and a bin to count in. */
export interface Dimension {
  values: ArrayLike<number>;
  /** The bin of each row, `binCount` or more for none. */
  bins: ArrayLike<number>;
  binCount: number;
}

/** Rows under filters of several dimensions; see {@link crossfilter}. */
export interface Crossfilter<Name extends string> {
  /** Rows that pass all filters. */
  readonly passing: number;
  /** Whether a row passes all filters. */
  passes(row: number): boolean;
  /** A test whether a row passes all filters but that of one dimension, as they stand when it is called. */
  passesBut(name: Name): (row: number) => boolean;
  /** For each bin of a dimension, the rows that pass the filters of all others. A live array: read, don't write. */
  counts(name: Name): Uint32Array;
  /** Puts another filter on a dimension. O(rows) comparisons; counting costs only for the rows that change sides. */
  filter(name: Name, filter: Filter): void;
  /** Those of the rows in `order` that pass, in that order. */
  select(order: Uint32Array): Uint32Array;
}

/**
 * Counts rows under the filters of several dimensions, each of which ignores its own (crossfilter, Square 2012).
 *
 * A row carries a bit for each dimension whose filter it fails; it is counted in a dimension's bins while no other bit
 * than that dimension's is set.
 *
 * @throws RangeError for more than 16 dimensions or a dimension of another length
 */
export function crossfilter<Name extends string>(
  count: number,
  dimensions: Readonly<Record<Name, Dimension>>
): Crossfilter<Name> {
  const names = Object.keys(dimensions) as Name[];
  if (names.length > 16) throw new RangeError(`There may be 16 dimensions, not ${names.length}.`);
  const failed = new Uint16Array(count);
  const groups = names.map((name, place) => {
    const {values, bins, binCount} = dimensions[name];
    if (values.length !== count || bins.length !== count) {
      throw new RangeError(`Dimension ${name} has ${values.length} values and ${bins.length} bins for ${count} rows.`);
    }
    const counts = new Uint32Array(binCount);
    for (let row = 0; row < count; row++) if (bins[row]! < binCount) counts[bins[row]!]!++;
    return {values, bins, binCount, counts, bit: 1 << place};
  });
  const group = (name: Name) => groups[names.indexOf(name)]!;
  let passing = count;

  /** Counts a row in or out after its bit of one dimension has changed; `others` are its bits of the other dimensions. */
  function recount(row: number, bit: number, others: number, step: 1 | -1): void {
    if (others === 0) passing += step;
    for (const {bit: own, bins, binCount, counts} of groups) {
      if (own === bit || (others & ~own) !== 0) continue;
      const bin = bins[row]!;
      if (bin < binCount) counts[bin]! += step;
    }
  }

  function change(row: number, bit: number, passes: boolean): void {
    const before = failed[row]!;
    if (passes === ((before & bit) === 0)) return;
    failed[row] = before ^ bit;
    const others = before & ~bit;
    // Two other bits: the row is counted nowhere, before and after.
    if ((others & (others - 1)) === 0) recount(row, bit, others, passes ? 1 : -1);
  }

  return {
    get passing() {
      return passing;
    },
    passes: (row) => failed[row] === 0,
    passesBut(name) {
      const others = ~group(name).bit;
      return (row) => (failed[row]! & others) === 0;
    },
    counts: (name) => group(name).counts,
    filter(name, filter) {
      const {values, bit} = group(name);
      if (filter === null) {
        for (let row = 0; row < count; row++) change(row, bit, true);
      } else if (filter.kind === "range") {
        const {low, high} = filter;
        for (let row = 0; row < count; row++) change(row, bit, values[row]! >= low && values[row]! < high);
      } else if (filter.kind === "codes") {
        const {allowed} = filter;
        for (let row = 0; row < count; row++) change(row, bit, allowed[values[row]!] === 1);
      } else {
        const {rows} = filter;
        for (let row = 0; row < count; row++) change(row, bit, rows[row] === 1);
      }
    },
    select(order) {
      const found = new Uint32Array(passing);
      let length = 0;
      for (let i = 0; i < order.length && length < passing; i++) {
        const row = order[i]!;
        if (failed[row] === 0) found[length++] = row;
      }
      return found.slice(0, length);
    }
  };
}
