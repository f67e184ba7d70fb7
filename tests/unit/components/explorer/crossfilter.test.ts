import fc from "fast-check";
import {expect, test} from "vitest";
import {crossfilter} from "../../../../src/components/explorer/crossfilter.js";
import type {Filter} from "../../../../src/components/explorer/crossfilter.js";

const count = 40;
const codes = Uint8Array.from({length: count}, (_, i) => (i * 7) % 5);
const values = Float64Array.from({length: count}, (_, i) => (i % 11 === 3 ? NaN : ((i * 13) % 17) / 17));
const binOf = (value: number) => (Number.isNaN(value) ? 4 : Math.floor(value * 4));
const dimensions = {
  kind: {values: codes, bins: codes, binCount: 5},
  score: {values, bins: Uint8Array.from(values, binOf), binCount: 4},
  map: {values: new Uint8Array(count), bins: new Uint8Array(count), binCount: 1}
};
type Name = keyof typeof dimensions;
const names = Object.keys(dimensions) as Name[];

/** What the words of a filter mean, row by row. */
function passes(name: Name, filter: Filter, row: number): boolean {
  if (filter === null) return true;
  if (filter.kind === "rows") return filter.rows[row] === 1;
  const value = dimensions[name].values[row]!;
  return filter.kind === "codes" ? filter.allowed[value] === 1 : filter.low <= value && value < filter.high;
}

const bits = (length: number) =>
  fc.array(fc.integer({min: 0, max: 1}), {minLength: length, maxLength: length}).map((list) => Uint8Array.from(list));
const unit = fc.double({min: 0, max: 1, noNaN: true});
const filters: fc.Arbitrary<[Name, Filter]> = fc.oneof(
  fc.constantFrom(...names).map((name): [Name, Filter] => [name, null]),
  bits(5).map((allowed): [Name, Filter] => ["kind", {kind: "codes", allowed}]),
  fc.tuple(unit, unit).map(([low, high]): [Name, Filter] => ["score", {kind: "range", low, high}]),
  bits(count).map((rows): [Name, Filter] => ["map", {kind: "rows", rows}])
);

test("after any series of filters, every count is that of a fresh scan in which a dimension ignores its own filter", () => {
  fc.assert(
    fc.property(fc.array(filters, {maxLength: 12}), (series) => {
      const rows = crossfilter(count, dimensions);
      const current: Record<Name, Filter> = {kind: null, score: null, map: null};
      for (const [name, filter] of series) {
        rows.filter(name, filter);
        current[name] = filter;
        const all = [...codes.keys()];
        const passing = all.filter((row) => names.every((each) => passes(each, current[each], row)));
        expect(rows.passing).toBe(passing.length);
        expect([...rows.select(Uint32Array.from(all))]).toEqual(passing);
        for (const own of names) {
          const others = all.filter((row) => names.every((each) => each === own || passes(each, current[each], row)));
          const expected = Array.from(
            {length: dimensions[own].binCount},
            (_, bin) => others.filter((row) => dimensions[own].bins[row] === bin).length
          );
          expect([...rows.counts(own)]).toEqual(expected);
          expect(all.filter(rows.passesBut(own))).toEqual(others);
        }
      }
    })
  );
});

test("rows are selected in the order asked for", () => {
  const rows = crossfilter(count, dimensions);
  rows.filter("kind", {kind: "codes", allowed: Uint8Array.of(1, 0, 0, 0, 0)});
  const backwards = Uint32Array.from({length: count}, (_, i) => count - 1 - i);
  expect([...rows.select(backwards)]).toEqual([35, 30, 25, 20, 15, 10, 5, 0]);
});

test("a dimension of another length, or too many of them, are refused", () => {
  expect(() => crossfilter(3, dimensions)).toThrow("40 values and 40 bins for 3 rows");
  const many = Object.fromEntries(Array.from({length: 17}, (_, i) => [`d${i}`, dimensions.map]));
  expect(() => crossfilter(count, many)).toThrow("16 dimensions, not 17");
});
