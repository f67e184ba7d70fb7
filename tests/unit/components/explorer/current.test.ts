import {expect, test} from "vitest";
import {filteredCells} from "../../../../src/components/explorer/current.js";
import {datasetTable} from "../../../../src/components/explorer/selection.js";
import {fileName} from "../../../../src/components/gallery/cells.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {cells, rows} from "./support.js";

const table = datasetTable(cells);
const read = (query: string) => readQuery(table, query).values;
const unscored = new Float64Array(cells.count).fill(NaN);
const make = () => filteredCells(cells, {network: unscored, colour: unscored}, []);
const names = (shown: Uint32Array) => Array.from(shown, (cell) => fileName(cells, cell));

test("shows what passes all filters, in the order asked for", () => {
  const {select} = make();
  const {shown} = select(read("?label=parasitized&disputed=yes&brightness=0.5..&sort=brightness&reverse=1"), null);
  const wanted = rows
    .filter(({label, disputed, brightness}) => label === "parasitized" && disputed && brightness >= 0.5)
    .map(({file, brightness}, place) => ({file, brightness, place}))
    .sort((a, b) => b.brightness - a.brightness || a.place - b.place);
  expect(wanted.length).toBeGreaterThan(10);
  expect(names(shown)).toEqual(wanted.map(({file}) => file));
});

test("the cells stay the same object until a filter or the order changes", () => {
  const {select} = make();
  const first = select(read("?label=parasitized"), null).shown;
  expect(select(read("?label=parasitized&cell=3&view=0,0,2&size=80"), null).shown).toBe(first);
  const places = {x: new Float64Array(cells.count), y: new Float64Array(cells.count)};
  expect(select(read("?label=parasitized"), places).shown, "the map has come").toBe(first);
  expect(select(read("?label=parasitized&sort=name"), null).shown).not.toBe(first);
  expect(select(read(""), null).shown).toHaveLength(cells.count);
});

test("a dimension is counted without its own filter, and all cells without any", () => {
  const {select, all} = make();
  const {counts, shown} = select(read("?label=parasitized&patient=C100"), null);
  const patient = cells.patients.indexOf("C100");
  expect(shown).toHaveLength(rows.filter((row) => row.label === "parasitized" && row.patient === "C100").length);
  expect(counts("patient").filter((_, bin) => bin % 2 === 1)).toEqual(new Uint32Array(cells.patients.length));
  const parasitized = rows.filter(({label}) => label === "parasitized").length;
  expect(counts("patient").reduce((sum, count) => sum + count)).toBe(parasitized);
  expect(counts("kind").reduce((sum, count) => sum + count)).toBe(
    all.patient[2 * patient]! + all.patient[2 * patient + 1]!
  );
  expect(all.kind.reduce((sum, count) => sum + count)).toBe(cells.count);
});

test("a region waits for the places of the map, and what the map shows ignores it", () => {
  const {select, passesBut} = make();
  const [x, y] = [new Float64Array(cells.count).fill(0.9), new Float64Array(cells.count)];
  x[7] = 0;
  const selection = read("?region=0,0,0.5");
  expect(select(selection, null).shown).toHaveLength(cells.count);
  expect([...select(selection, {x, y}).shown]).toEqual([7]);
  expect(passesBut("map")(8)).toBe(true);
});
