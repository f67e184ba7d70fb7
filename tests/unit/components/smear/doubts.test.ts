import {expect, test} from "vitest";
import type {FoundField} from "../../../../src/components/finder/find-cells.js";
import {doubtsOf, fieldMeasures} from "../../../../src/components/smear/doubts.js";
import {disc, drawnField, painted} from "./drawn.js";
import type {Drawing} from "./drawn.js";

const doubts = (drawing: Drawing) => {
  const {picture, field} = drawnField(drawing);
  return doubtsOf(fieldMeasures(picture, field), field);
};

test("nothing is doubtful about a plain field, of whatever magnification", () => {
  expect(doubts({})).toEqual([]);
  expect(doubts({diameter: 36, spacing: 60, blur: 3})).toEqual([]);
  expect(doubts({width: 1200, height: 1000, diameter: 150, spacing: 200, blur: 12})).toEqual([]);
});

test.each<[string, Drawing, RegExp]>([
  ["out of focus", {blur: 40}, /^This field is out of focus.*Focus, and take it again\.$/],
  ["dark", {light: 0.4}, /^This field is underexposed.*Raise the lamp/],
  ["white", {ground: 255, spacing: 100}, /^This field is overexposed.*Lower the lamp/],
  ["of few cells", {spacing: 150}, /^Only 8 red cells were found, too few/],
  ["crowded", {width: 610, height: 427, spacing: 61}, /^The cells lie too close/],
  [
    "of small cells",
    {diameter: 20, spacing: 40, blur: 2},
    /^The cells are only 20 pixels across.*higher magnification/
  ],
  [
    "of large cells",
    {width: 1500, height: 1200, diameter: 200, spacing: 240, blur: 10},
    /^The cells are 200 pixels across, more than the finder knows\. Reduce/
  ]
])("a field %s gets its sentence, and no other", (_, drawing, sentence) => {
  expect(doubts(drawing)).toEqual([expect.stringMatching(sentence)]);
});

const nothing = (width: number, height: number): FoundField => ({width, height, diameter: NaN, cells: []});

test("an empty glass has no red cell; many dark dots without one are a thick smear", () => {
  const glass = painted(600, 400, () => 230);
  const thick = painted(600, 400, (x, y) => (x % 30 < 5 && y % 30 < 5 ? 60 : 190));
  const said = [glass, thick].map((picture) => doubtsOf(fieldMeasures(picture, nothing(600, 400)), nothing(600, 400)));
  expect(said[0]).toEqual([expect.stringMatching(/^No whole red cell was found\. Choose/)]);
  expect(said[1]).toEqual([expect.stringMatching(/^This looks like a thick smear.*Use a thin smear/)]);
  const nuclei = {...nothing(600, 400), diameter: 30, cells: [100, 300, 500].map((x) => disc(x, 200, 30))};
  expect(doubtsOf(fieldMeasures(thick, nuclei), nuclei).join(" ")).toMatch(/This looks like a thick smear/);
  const thin = {...nuclei, cells: Array.from({length: 25}, (_, n) => disc(20 + 22 * n, 200, 20))};
  expect(doubtsOf(fieldMeasures(thick, thin), thin).join(" ")).not.toMatch(/thick smear/);
});

test("cells that lie over one another make a field crowded, though each was found; two of them do not", () => {
  const {picture, field} = drawnField({width: 960, height: 640, diameter: 50, spacing: 80});
  const shifted = (count: number) => ({
    ...field,
    cells: [...field.cells, ...field.cells.slice(0, count).map((cell) => ({...cell, x: cell.x + 30}))]
  });
  const said = (count: number) => doubtsOf(fieldMeasures(picture, shifted(count)), shifted(count));
  expect(said(2)).toEqual([]);
  expect(said(60)).toEqual([expect.stringMatching(/^The cells lie too close: many hide one another/)]);
});

test("clumps make a field crowded, however much ground there is", () => {
  const {picture, field} = drawnField({width: 960});
  field.cells.forEach((cell, n) => (cell.kind = n % 2 ? "clump" : "red"));
  expect(doubtsOf(fieldMeasures(picture, field), field)).toEqual([expect.stringMatching(/^The cells lie too close/)]);
});
