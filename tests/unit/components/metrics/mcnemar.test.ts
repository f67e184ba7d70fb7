import fc from "fast-check";
import {expect, test} from "vitest";
import {mcnemar} from "../../../../src/components/metrics/index.js";
import {expectClose, fixture} from "./fixture.js";

test.each(fixture.mcnemar)("agrees with scipy: $onlyFirst, $onlySecond", (row) => {
  const {exact, chiSquare, approximate, pValue} = mcnemar(row);
  expect(Math.abs(exact / row.exact - 1)).toBeLessThan(1e-10);
  expectClose(chiSquare, row.chiSquare);
  expectClose(approximate, row.approximate);
  expect(pValue).toBe(row.onlyFirst + row.onlySecond < 25 ? exact : approximate);
});

test("by hand: 1 against 9 is 22 in 1024", () => {
  expect(mcnemar({onlyFirst: 1, onlySecond: 9})).toMatchObject({chiSquare: 4.9, exact: expect.closeTo(22 / 1024, 15)});
});

test("is two-sided, in 0…1 and symmetrical", () => {
  const count = fc.integer({min: 0, max: 3000});
  fc.assert(
    fc.property(count, count, (onlyFirst, onlySecond) => {
      const result = mcnemar({onlyFirst, onlySecond});
      expect(result).toEqual(mcnemar({onlyFirst: onlySecond, onlySecond: onlyFirst}));
      expect(result.pValue).toBeGreaterThanOrEqual(0);
      expect(result.pValue).toBeLessThanOrEqual(1);
    })
  );
});

test("refuses counts that are not whole", () => {
  expect(() => mcnemar({onlyFirst: 1.5, onlySecond: 0})).toThrow("onlyFirst is 1.5; it must be a whole number");
  expect(() => mcnemar({onlyFirst: 0, onlySecond: -1})).toThrow("onlySecond is -1; it must be a whole number");
});
