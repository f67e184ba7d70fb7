import {expect, it} from "vitest";
import {comparePatients, parseCellName} from "../../../../src/data/pack/cells.js";

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
