import * as d3 from "d3";
import fc from "fast-check";
import {expect, test} from "vitest";
import {toCsv} from "../../../../src/components/ui/csv.js";

test("text that a spreadsheet would run gets an apostrophe, numbers don't", () => {
  const rows = [
    {name: "=1+1", value: -2},
    {name: "@cmd", value: 0.5},
    {name: 'a "b", c', value: null}
  ];
  expect(toCsv(rows)).toBe('name,value\n\'=1+1,-2\n\'@cmd,0.5\n"a ""b"", c",\n');
});

test("no rows, but columns, gives a header alone", () => {
  expect(toCsv([], ["a", "b"])).toBe("a,b\n");
});

test("any harmless text comes back as it was", () => {
  const text = fc.string().filter((value) => !/^[=+\-@\t\r']/.test(value));
  fc.assert(
    fc.property(fc.array(fc.record({a: text, b: text}), {minLength: 1}), (rows) => {
      const [, ...read] = d3.csvParseRows(toCsv(rows));
      expect(read).toEqual(rows.map(({a, b}) => [a, b]));
    })
  );
});

test("no cell of any text begins like a formula", () => {
  fc.assert(
    fc.property(fc.string({minLength: 1}), fc.constantFrom("=", "+", "-", "@", "\t", "\r"), (rest, start) => {
      const [, [cell]] = d3.csvParseRows(toCsv([{text: start + rest}])) as [string[], [string]];
      expect(cell).toBe(`'${start}${rest}`);
    })
  );
});
