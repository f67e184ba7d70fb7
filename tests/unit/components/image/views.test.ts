import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {dihedralViews} from "../../../../src/components/image/views.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";

const noise = fc
  .array(fc.nat(255), {minLength: 97, maxLength: 97})
  .map((values) => Uint8ClampedArray.from({length: cellValues}, (_, i) => values[(i * i + i) % 97]!));
const key = (cell: Uint8ClampedArray) => cell.join();
const at = (cell: Uint8ClampedArray, x: number, y: number) => [
  ...cell.subarray((y * 50 + x) * 3, (y * 50 + x) * 3 + 3)
];

describe("dihedralViews", () => {
  test("begins with the cell itself, and the views of any view are the same eight", () => {
    fc.assert(
      fc.property(noise, fc.nat(7), (cell, which) => {
        const views = dihedralViews(cell);
        expect(views[0]).toEqual(cell);
        expect(new Set(dihedralViews(views[which]!).map(key))).toEqual(new Set(views.map(key)));
      }),
      {numRuns: 20}
    );
  });

  test("moves a corner to each corner twice, and its neighbour to all eight places beside them", () => {
    const cell = new Uint8ClampedArray(cellValues);
    cell.set([1, 2, 3], 0);
    cell.set([4, 5, 6], 3);
    const corners = dihedralViews(cell).map((view) =>
      [0, 49].flatMap((y) => [0, 49].map((x) => (at(view, x, y)[0] === 1 ? [x, y].join() : ""))).join("")
    );
    expect([...corners].sort()).toEqual(["0,0", "0,0", "0,49", "0,49", "49,0", "49,0", "49,49", "49,49"]);
    expect(new Set(dihedralViews(cell).map(key)).size).toBe(8);
  });
});
