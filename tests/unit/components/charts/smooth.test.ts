import fc from "fast-check";
import {expect, test} from "vitest";
import {smooth} from "../../../../src/components/charts/smooth.js";

test("weight 0 keeps the values, the first is never biased, and an average stays between the values", () => {
  const values = fc.array(fc.double({min: -10, max: 10, noNaN: true}), {minLength: 1});
  fc.assert(
    fc.property(values, fc.double({min: 0, max: 0.99, noNaN: true}), (list, weight) => {
      smooth(list, 0).forEach((value, i) => expect(value).toBeCloseTo(list[i]!, 12));
      const smoothed = smooth(list, weight);
      expect(smoothed[0]).toBeCloseTo(list[0]!, 12);
      smoothed.forEach((value) => {
        expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...list) + 1e-9);
      });
    })
  );
});

test("TensorBoard's recursion gives the same values", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const weight = 0.6;
  let last = 0;
  const expected = values.map((value, i) => {
    last = last * weight + (1 - weight) * value;
    return last / (1 - weight ** (i + 1));
  });
  smooth(values, weight).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
});

test("a weight of 1 would never end", () => expect(() => smooth([1], 1)).toThrow("weight is 1"));
