import fc from "fast-check";
import {expect, test} from "vitest";
import {neighbours} from "../../../../src/components/explorer/neighbours.js";

test("the nearest cells are those that sorting all distances finds; unknown cells are left out", () => {
  const byte = fc.integer({min: -127, max: 127});
  const cell = fc.record({values: fc.tuple(byte, byte, byte), known: fc.boolean()});
  fc.assert(
    fc.property(fc.array(cell, {minLength: 1, maxLength: 40}), (list) => {
      const features = {
        values: [0, 1, 2].map((i) => Int8Array.from(list, ({values}) => values[i]!)),
        known: Uint8Array.from(list, ({known}) => Number(known))
      };
      const distance = (other: number) =>
        Math.hypot(...list[0]!.values.map((value, i) => value - list[other]!.values[i]!));
      const expected = [...list.keys()]
        .filter((other) => other > 0 && list[0]!.known && list[other]!.known)
        .map(distance)
        .sort((a, b) => a - b)
        .slice(0, 5);
      const found = neighbours(features, 0, 5);
      expect(found.map((near) => near.distance)).toEqual(expected.map((value) => expect.closeTo(value, 9)));
      for (const near of found) expect(distance(near.cell)).toBeCloseTo(near.distance, 9);
    })
  );
});
