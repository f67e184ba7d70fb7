import {expect, it} from "vitest";
import {listFirst, problemsError} from "../../../../src/data/pack/problem.js";

it("lists ten names at most", () => {
  expect(listFirst(["a", "b"])).toBe("a, b");
  expect(listFirst([..."abcdefghij"])).toBe("a, b, c, d, e, f, g, h, i, j");
  expect(listFirst([..."abcdefghijkl"])).toBe("a, b, c, d, e, f, g, h, i, j, … and 2 more");
});

it("says how many problems there are, which, and what to do", () => {
  expect(problemsError(["x is bad", "y is bad"], "Do z.").message).toBe(
    "2 problems found, nothing was written:\n  - x is bad\n  - y is bad\nDo z."
  );
  expect(problemsError(["x is bad"], "").message).toMatch(/^1 problem found/);
});
