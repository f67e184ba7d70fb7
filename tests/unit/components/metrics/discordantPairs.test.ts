import {expect, test} from "vitest";
import {discordantPairs} from "../../../../src/components/metrics/index.js";

test("counts the four combinations", () => {
  expect(discordantPairs(Uint8Array.of(1, 1, 1, 0, 0, 1), Uint8Array.of(1, 0, 0, 1, 0, 0))).toEqual({
    both: 1,
    onlyFirst: 3,
    onlySecond: 1,
    neither: 1
  });
});

test("refuses unequal lengths and other values", () => {
  expect(() => discordantPairs(Uint8Array.of(1), Uint8Array.of())).toThrow(
    new RangeError("secondRight has 0 entries, but firstRight has 1")
  );
  expect(() => discordantPairs(Uint8Array.of(1, 0), Uint8Array.of(1, 2))).toThrow(
    new RangeError("secondRight[1] is 2; use 1 for right and 0 for wrong")
  );
});
