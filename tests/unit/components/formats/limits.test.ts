import {expect, test} from "vitest";
import {MAX_BYTES, checkBytes, checkPixels} from "../../../../src/components/formats/limits.js";

test("files are taken up to the limit, and refused above it with both figures", () => {
  expect(() => checkBytes(MAX_BYTES)).not.toThrow();
  expect(() => checkBytes(34_000_000)).toThrow("This file has 34 MB; the limit is 20 MB. Crop it to a single cell.");
});

test("pictures are taken up to 25 megapixels", () => {
  expect(() => checkPixels({width: 5000, height: 5000})).not.toThrow();
  expect(() => checkPixels({width: 5001, height: 5000})).toThrow("5,001 × 5,000");
  expect(() => checkPixels({width: 0xffffffff, height: 0xffffffff})).toThrow("25 million");
});
