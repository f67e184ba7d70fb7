import {hsl, rgb} from "d3";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {IN_CELL, colourFigures} from "../../../../src/data/pack/figures.js";

describe("colourFigures", () => {
  it("gives hand-computed figures of two pixels in the cell and two outside", () => {
    const figures = colourFigures(Uint8Array.from([200, 100, 100, 100, 50, 150, 0, 0, 0, 23, 23, 23]));
    expect(figures).toMatchObject({frame: 0.5, red: 150, green: 75, blue: 125, spread: 25, hue: 320, saturation: 0.5});
    expect(figures.brightness).toBeCloseTo((0.299 * 150 + 0.587 * 75 + 0.114 * 125) / 255, 12);
  });

  it("counts a pixel in from the threshold on", () => {
    expect(colourFigures(Uint8Array.from([0, IN_CELL, 0])).frame).toBe(0);
    expect(colourFigures(Uint8Array.from([0, IN_CELL - 1, 0])).frame).toBe(1);
  });

  it("is all zero but for the frame when no pixel is in the cell", () => {
    expect(Object.values(colourFigures(new Uint8Array(30)))).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("agrees with d3 on the hue of a flat colour, and has no spread there", () => {
    const channel = fc.integer({min: IN_CELL, max: 255});
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        const figures = colourFigures(Uint8Array.from([r, g, b, r, g, b]));
        const expected = hsl(rgb(r, g, b)).h || 0;
        expect(figures.hue).toBeCloseTo(expected, 6);
        expect(figures.saturation).toBeCloseTo(1 - Math.min(r, g, b) / Math.max(r, g, b), 12);
        expect(figures.spread).toBe(0);
      })
    );
  });
});
