import {expect, test} from "vitest";
import {plainName, plainText} from "../../../../src/components/ui/plain-text.js";

test("nested values read as one line", () => {
  expect(plainText({size: 96, mean: [0.485, 0.456], corners: true, note: null})).toBe(
    "size 96; mean 0.485, 0.456; corners true; note none"
  );
  expect(plainText([0.026986420154571533, 4.155034637465249e-6, 100000])).toBe("0.02699, 0.000004155, 100000");
  expect(plainText({maxDifference: 1})).toBe("max difference 1");
  expect(["cells", "aucFloat32", "insideTheGraph"].map(plainName)).toEqual([
    "cells",
    "auc float32",
    "inside the graph"
  ]);
  expect(plainText("text")).toBe("text");
  expect(plainText(undefined)).toBe("none");
});
