import fc from "fast-check";
import {expect, test} from "vitest";
import {fitProportions} from "../../../../src/components/gallery/paint.js";

test("the rectangle has the cell's proportions, touches two sides and lies in the middle", () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 400}), fc.integer({min: 1, max: 400}), (width, height) => {
      const fit = fitProportions(width, height, 50);
      expect(fit.width / fit.height).toBeCloseTo(width / height, 9);
      expect(Math.max(fit.width, fit.height)).toBeCloseTo(50, 9);
      expect(2 * fit.x + fit.width).toBeCloseTo(50, 9);
      expect(2 * fit.y + fit.height).toBeCloseTo(50, 9);
    })
  );
});

test("an unknown size keeps the square", () => {
  expect(fitProportions(0, 0, 50)).toEqual({x: 0, y: 0, width: 50, height: 50});
  expect(fitProportions(0, 120, 50)).toEqual({x: 0, y: 0, width: 50, height: 50});
});
