import {expect, test} from "vitest";
import {foreignDoubts} from "../../../../src/components/smear/foreign.js";

test("what is foreign about many cells is said once, with how many they are", () => {
  const checks = Array.from({length: 40}, (_, n) =>
    n < 30 ? (["stain", "outline"] as const) : n < 33 ? (["size"] as const) : []
  );
  expect(foreignDoubts(checks)).toEqual([expect.stringMatching(/^30 of 40 cells: The stain or lamp differs/)]);
  expect(foreignDoubts([])).toEqual([]);
});
