import {expect, it} from "vitest";
import {formatManifest} from "../../../../src/data/pack/manifest.js";

it("writes the columns in order, figures rounded, unknown sizes empty", () => {
  const row = {
    file: "C1_a_cell_1.png",
    label: "parasitized" as const,
    disputed: 1 as const,
    patient: "C1",
    photograph: "C1_a",
    fold: 3,
    sheet: 0,
    slot: 17,
    width: undefined,
    height: undefined,
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
