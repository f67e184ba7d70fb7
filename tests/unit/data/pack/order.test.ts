import {expect, it} from "vitest";
import {compareCells} from "../../../../src/data/pack/order.js";
import {parseCellName} from "../../../../src/data/shapes/cells.js";

it("orders by C-number, label, photograph and cell number", () => {
  const cell = (name: string, label: "parasitized" | "uninfected") => ({...parseCellName(name)!, label});
  const sorted = [
    cell("C2_b_cell_9.png", "parasitized"),
    cell("C2_b_cell_10.png", "parasitized"),
    cell("C2_c_cell_1.png", "parasitized"),
    cell("C2_a_cell_1.png", "uninfected"),
    cell("C10_a_cell_1.png", "parasitized")
  ];
  expect([...sorted].reverse().sort(compareCells)).toEqual(sorted);
});
