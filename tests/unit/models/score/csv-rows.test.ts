import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {csvFormatRows, csvParseRows} from "d3-dsv";
import * as fc from "fast-check";
import {afterAll, beforeAll, expect, test} from "vitest";
import {csvRows} from "../../../../models/score/csv-rows.js";
import type {CsvRow} from "../../../../models/score/csv-rows.js";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "csv-rows-"))));
afterAll(() => rmSync(folder, {recursive: true}));

async function read(text: string, start?: number): Promise<CsvRow[]> {
  const file = join(folder, "list.csv");
  writeFileSync(file, text);
  const rows: CsvRow[] = [];
  for await (const row of csvRows(file, start)) rows.push(row);
  return rows;
}

test("rows are those of the whole text, whatever they hold, and each can be started from", async () => {
  const cell = fc.string({unit: fc.constantFrom(..."ab,\"\n é細'")});
  const table = fc.array(fc.array(cell, {minLength: 2, maxLength: 3}), {minLength: 1, maxLength: 6});
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const found = await read(`${csvFormatRows(rows)}\n`);
      expect(found.map(({values}) => values)).toEqual(rows);
      expect(found.every(({isWhole}) => isWhole)).toBe(true);
      const {end} = found[0]!;
      expect(await read(`${csvFormatRows(rows)}\n`, end)).toEqual(found.slice(1));
    }),
    {numRuns: 60}
  );
});

test("quotes within an unquoted text are text, line breaks of Windows are none, and a last row may lack its own", async () => {
  const text = '\ufeffa "b" c,d""e\r\nf,"g\r\nh"\r\ni,j';
  const found = await read(text);
  expect(found.map(({values}) => values)).toEqual(csvParseRows(text.slice(1)));
  expect(found.map(({isWhole}) => isWhole)).toEqual([true, true, false]);
  expect(found.at(-1)!.end).toBe(readFileSync(join(folder, "list.csv")).length);
  expect(await read("")).toEqual([]);
});

test("a row that spans what is read at once comes whole", async () => {
  const long = "x".repeat(200_000);
  expect((await read(`"${long}\n",1\n2,3\n`)).map(({values}) => values)).toEqual([
    [`${long}\n`, "1"],
    ["2", "3"]
  ]);
});
