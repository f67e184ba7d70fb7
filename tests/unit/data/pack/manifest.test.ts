import {expect, it} from "vitest";
import {compareCells, formatManifest} from "../../../../src/data/pack/manifest.js";
import {parseCellName} from "../../../../src/data/shapes/cells.js";

it("writes the columns in order, figures rounded, unknown sizes empty", () => {
  const row = {
    file: "C1_a_cell_1.png",
    label: "parasitized" as const,
    disputed: true,
    patient: "C1",
    photograph: "C1_a",
    fold: 3,
    sheet: 0,
    slot: 17,
    width: null,
    height: null,
    frame: 0.25004,
    red: 200.126,
    green: 100,
    blue: 99.999,
    hue: 359.499,
    saturation: 0.123456,
    brightness: 0.5,
    spread: 12.345678
  };
  expect(formatManifest([row, {...row, width: 120, height: 99}])).toBe(
    "file,label,disputed,patient,photograph,fold,sheet,slot,width,height,frame,red,green,blue,hue,saturation,brightness,spread\n" +
      "C1_a_cell_1.png,parasitized,1,C1,C1_a,3,0,17,,,0.25,200.13,100,100,359.5,0.1235,0.5,12.35\n" +
      "C1_a_cell_1.png,parasitized,1,C1,C1_a,3,0,17,120,99,0.25,200.13,100,100,359.5,0.1235,0.5,12.35\n"
  );
});

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
