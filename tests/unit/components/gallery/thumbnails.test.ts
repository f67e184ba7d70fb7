import {expect, test} from "vitest";
import {placeThumbnails} from "../../../../src/components/gallery/thumbnails.js";

const place = placeThumbnails({version: "abc", cells: [5000, 300, 9000]});
const sheetsOf = (cells: number[]) => place(cells).map(({sheet}) => sheet);

test("an easy cell lies on its own sheet, at its slot", () => {
  expect(place([256 + 17])).toEqual([{sheet: "sheet-001.webp", x: 50, y: 50}]);
});

test("hard cells share a sheet of their own, whose address changes with the list", () => {
  expect(place([300, 5000, 9000])).toEqual([
    {sheet: "hard-sheet-000.webp?v=abc", x: 50, y: 0},
    {sheet: "hard-sheet-000.webp?v=abc", x: 0, y: 0},
    {sheet: "hard-sheet-000.webp?v=abc", x: 100, y: 0}
  ]);
});

test("a hard cell among its neighbours comes from their sheet, which is on the screen anyway", () => {
  expect(sheetsOf([299, 300, 301, 9000])).toEqual([
    ...Array<string>(3).fill("sheet-001.webp"),
    "hard-sheet-000.webp?v=abc"
  ]);
});
