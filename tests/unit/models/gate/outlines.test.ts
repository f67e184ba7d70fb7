import {expect, test} from "vitest";
import {outlineFigures} from "../../../../models/gate/outlines.js";
import type {LaboratoryCell} from "../../../../models/laboratories/cells.js";
import {loneDisc, painted} from "../../components/smear/drawn.js";

const cell = (side: number, box: LaboratoryCell["box"]): LaboratoryCell => ({
  image: "1.png",
  x: 0,
  y: 0,
  label: "healthy",
  group: "1",
  picture: painted(side, side, () => 230),
  box
});

test("outlines are compared with the boxes that there are, and a cell that is not found overlaps with none", async () => {
  const findSingle = async ({width}: {width: number}) =>
    width === 50 ? ("several" as const) : loneDisc(width, width, 40);
  const cells = [
    cell(100, {left: 30, top: 30, right: 70, bottom: 70}),
    cell(100, {left: 30, top: 30, right: 70, bottom: 78}),
    cell(100, {left: 0, top: 0, right: 80, bottom: 80}),
    cell(50, {left: 0, top: 0, right: 50, bottom: 50}),
    cell(100, null)
  ];
  expect(await outlineFigures("One", cells, {findSingle})).toEqual({
    laboratory: "One",
    pictures: 4,
    found: 3,
    median: 0.833,
    overlapping: 2
  });
  expect(await outlineFigures("One", [cell(100, null)], {findSingle})).toBeNull();
});
