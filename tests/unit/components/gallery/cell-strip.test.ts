import fc from "fast-check";
import {expect, test} from "vitest";
import {cellStrip, fitProportions} from "../../../../src/components/gallery/cell-strip.js";

test("each cell has its proportions, an alternative text and its patient", () => {
  const cell = {image: "data:image/png;base64,AA==", label: "parasitized", patient: "C7", width: 100, height: 50};
  const list = cellStrip([cell], {side: 80});
  const picture = list.querySelector("img")!;
  expect([picture.width, picture.height, picture.alt]).toEqual([80, 40, "A parasitized cell"]);
  expect(list.textContent).toBe("parasitizedpatient C7");
});

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
