import {expect, test} from "vitest";
import {gateNote, mapNote} from "../../../../src/data/loaders/trust-notes.js";
import type {Trust} from "../../../../src/data/shapes/trust.js";

test("notes tell the measured figures, and nothing where there are none", () => {
  const trust = {
    saliency: {
      withParasite: 479,
      patients: 24,
      onStain: {estimate: 0.8184, low: 0.78, high: 0.85},
      centre: {onStain: 0.023},
      shuffled: {cascade: {}}
    },
    gate: {
      heldOut: {pictures: 5512, refused: 11},
      foreign: {
        noise: {pictures: 100, refused: 98, cautioned: 1},
        platelet: {pictures: 100, refused: 2, cautioned: 98}
      },
      noRed: [
        {pictures: 30, refused: 5, doubted: 6},
        {pictures: 10, refused: 4, doubted: 2}
      ]
    }
  } as unknown as Trust;
  expect(mapNote(trust)).toContain("479 held-out cells of 24 patients");
  expect(mapNote(trust)).toContain("in 81.8 % (95 % interval 78.0 % to 85.0 %)");
  expect(gateNote(trust)).toBe(
    "Of 5,512 held-out cells 11 (0.2 %) are refused. Of made-up foreign pictures (noise) 98.0 % are refused, and 1.0 % get an answer without a caution. A made-up platelet is taken for a red cell, and answered with a caution. Of 40 white cells and platelets of other laboratories 9 are refused and 8 doubted: leave them out yourself."
  );
  expect([mapNote(null), gateNote(null)]).toEqual(["", ""]);
});
