import {describe, expect, it} from "vitest";
import {augment, drawGrid, hiddenAreaStep, toFloats} from "../../../../src/components/augment/index.js";
import type {AugmentOptions, Draw} from "../../../../src/components/augment/index.js";
import {bytes, farthest, floats, golden} from "./support.js";

interface Case {
  width: number;
  height: number;
  image: string;
  draw: Draw;
  options: AugmentOptions;
  area: boolean;
  result: string;
}
const {cases} = golden<{cases: Case[]}>("torch-cases");

describe("200 random draws through PyTorch's grid_sample", () => {
  it("are 200, of every mode and padding", () => {
    expect(cases).toHaveLength(200);
    expect(new Set(cases.map(({options}) => options.mode)).size).toBe(3);
    expect(new Set(cases.map(({options}) => options.padMode)).size).toBe(3);
    expect(cases.filter(({area}) => area).length).toBeGreaterThan(30);
    expect(cases.filter(({options}) => !options.alignCorners).length).toBeGreaterThan(20);
  });

  it.each(cases.map((value, index) => [index, value] as const))("case %i", (_, {draw, options, area, ...rest}) => {
    const image = toFloats({...rest, data: bytes(rest.image)});
    const {size, alignCorners = true} = options;
    const grid = drawGrid(draw, image, {width: size ?? image.width, height: size ?? image.height, alignCorners});
    if (options.mode === "bilinear") expect(hiddenAreaStep(image, grid) !== null).toBe(area);
    expect(farthest(augment(image, draw, options).data, floats(rest.result))).toBeLessThan(1e-5);
  });
});
