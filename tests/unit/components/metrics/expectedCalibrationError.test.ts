import fc from "fast-check";
import {expect, test} from "vitest";
import {calibrationCurve, expectedCalibrationError} from "../../../../src/components/metrics/index.js";
import {cells} from "./fixture.js";

test("by hand, empty bins ignored", () => {
  const curve = calibrationCurve(Float64Array.of(0.1, 0.2, 0.9, 0.7), Uint8Array.of(0, 1, 1, 1), {bins: 2});
  expect(expectedCalibrationError(curve)).toBeCloseTo((2 * 0.35 + 2 * 0.2) / 4, 14);
  expect(expectedCalibrationError(calibrationCurve(Float64Array.of(0.75), Uint8Array.of(1)))).toBe(0.25);
});

test("lies in 0…1 and is the plain bias in a single bin", () => {
  fc.assert(
    fc.property(cells, fc.integer({min: 1, max: 20}), ({scores, labels}, bins) => {
      const error = expectedCalibrationError(calibrationCurve(scores, labels, {bins}));
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(1);
      const bias = scores.reduce((sum, score, i) => sum + score - labels[i]!, 0) / scores.length;
      const single = expectedCalibrationError(calibrationCurve(scores, labels, {bins: 1}));
      expect(single).toBeCloseTo(Math.abs(bias), 12);
      expect(error).toBeGreaterThanOrEqual(single - 1e-12);
    })
  );
});

test("NaN if no cell has weight", () => {
  const weights = Float64Array.of(0);
  expect(expectedCalibrationError(calibrationCurve(Float64Array.of(1), Uint8Array.of(1), {weights}))).toBeNaN();
});
