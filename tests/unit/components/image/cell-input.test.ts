import {expect, test} from "vitest";
import {toBatch, toCell} from "../../../../src/components/image/cell-input.js";
import {resizeBilinearFixedPoint} from "../../../../src/components/image/resize.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {CELL, pixelsOf} from "../../../fixtures/pictures.js";

test("a cell is the exact 50×50 rendition of its picture", async () => {
  const picture = await pixelsOf(CELL);
  const cell = toCell(picture);
  expect(cell.length).toBe(7500);
  expect([...cell]).toEqual([...resizeBilinearFixedPoint(picture, 50, 50).data]);
});

test("a batch holds the cells one after another, divided by 255", () => {
  const [white, grey] = [new Uint8ClampedArray(cellValues).fill(255), new Uint8ClampedArray(cellValues).fill(51)];
  const batch = toBatch([white, grey]);
  expect(batch.length).toBe(15_000);
  expect(new Set(batch.subarray(0, cellValues))).toEqual(new Set([1]));
  expect(batch[cellValues]).toBeCloseTo(0.2, 7);
  expect(batch[14_999]).toBeCloseTo(0.2, 7);
});
