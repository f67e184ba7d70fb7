import fc from "fast-check";
import {expect, it} from "vitest";
import {comparePatients, parseCellName, placeOnSheet, sheetName} from "../../../../src/data/shapes/cells.js";

it("takes names apart, and tells C47's two microscopes to be one patient", () => {
  expect(parseCellName("C33P1thinF_IMG_20150619_114756a_cell_179.png")).toEqual({
    patient: "C33",
    photograph: "C33P1thinF_IMG_20150619_114756a",
    number: 179
  });
  expect(parseCellName("C47P8thinOriginalOlympusCX21_IMG_20150717_174750_cell_14.png")?.patient).toBe("C47");
  expect(parseCellName("C47P8thinF_Original_Motic_IMG_20150714_104020_cell_1.png")?.patient).toBe("C47");
});

it.each(["Thumbs.db", "cell_1.png", "C1_cell_1.jpg", "C1_cell_x.png"])("is null for %s", (name) => {
  expect(parseCellName(name)).toBeNull();
});

it("orders patients by C-number", () => {
  expect(["C100", "C9", "C10"].sort(comparePatients)).toEqual(["C9", "C10", "C100"]);
});

it("cells lie row by row, 16 in a row, 256 on a sheet", () => {
  expect(placeOnSheet(0)).toEqual({sheet: 0, x: 0, y: 0});
  expect(placeOnSheet(17)).toEqual({sheet: 0, x: 50, y: 50});
  expect(placeOnSheet(27_557)).toEqual({sheet: 107, x: 250, y: 500});
});

it("no two cells share a place", () => {
  fc.assert(
    fc.property(fc.nat(27_557), fc.nat(27_557), (a, b) => {
      fc.pre(a !== b);
      expect(placeOnSheet(a)).not.toEqual(placeOnSheet(b));
    })
  );
});

it("names are padded to three digits", () => {
  expect([sheetName(7), sheetName(107)]).toEqual(["sheet-007.webp", "sheet-107.webp"]);
});
