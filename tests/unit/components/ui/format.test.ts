import {expect, test} from "vitest";
import {
  formatBytes,
  formatCount,
  formatFigure,
  formatInterval,
  formatMilliseconds,
  formatPercent,
  formatProbability,
  plainName,
  plainNumber,
  plainText
} from "../../../../src/components/ui/format.js";

test("numbers read as a person would write them", () => {
  expect(formatCount(27558)).toBe("27,558");
  expect(formatPercent(0.96625, 3)).toBe("96.625\u00a0%");
  expect(formatPercent(0.5)).toBe("50.0\u00a0%");
  expect(formatFigure(0.99402)).toBe("0.994");
  expect([-24, 0.5, -86.4].map(plainNumber)).toEqual(["−24", "0.5", "−86.4"]);
  expect([formatBytes(0), formatBytes(999), formatBytes(1000), formatBytes(21_400_000)]).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "21.4 MB"
  ]);
});

test("a share stands with its interval", () => {
  const text = formatInterval({estimate: 0.96898, low: 0.9614, high: 0.9763});
  expect(text.replaceAll("\u00a0", " ")).toBe("96.9 % (95 % interval 96.1 to 97.6 %)");
});

test("what is not a number says so", () => {
  expect(formatPercent(NaN)).toBe("n/a");
  expect(formatFigure(0 / 0)).toBe("n/a");
});

test.each([
  [0, "<0.001"],
  [0.00099, "<0.001"],
  [0.001, "0.001"],
  [0.9734, "0.973"],
  [0.999, "0.999"],
  [0.99951, ">0.999"],
  [1, ">0.999"]
])("probability %f is written %s", (value, text) => expect(formatProbability(value)).toBe(text));

test.each([
  [31.4, "31 ms"],
  [999.4, "999 ms"],
  [999.6, "1.0 s"],
  [1234, "1.2 s"]
])("%f milliseconds are written %s", (value, text) => expect(formatMilliseconds(value)).toBe(text));

test("nested values read as one line", () => {
  expect(plainText({size: 96, mean: [0.485, 0.456], corners: true, note: null})).toBe(
    "size 96; mean 0.485, 0.456; corners true; note none"
  );
  expect(plainText([0.026986420154571533, 4.155034637465249e-6, 100000])).toBe("0.02699, 0.000004155, 100000");
  expect(plainText({maxDifference: 1})).toBe("max difference 1");
  expect(plainText([-1, 50, -0.25])).toBe("−1, 50, −0.25");
  expect(["cells", "aucFloat32", "insideTheGraph"].map(plainName)).toEqual([
    "cells",
    "auc float32",
    "inside the graph"
  ]);
  expect(plainText("text")).toBe("text");
  expect(plainText(undefined)).toBe("none");
});
