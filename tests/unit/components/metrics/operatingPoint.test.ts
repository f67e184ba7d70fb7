import {expect, test} from "vitest";
import {operatingPoint, scoreIndex} from "../../../../src/components/metrics/index.js";

test("takes the highest merit and, of equals, the highest threshold, which may be infinite", () => {
  const index = scoreIndex(Float64Array.of(0.9, 0.8, 0.7, 0.6), Uint8Array.of(1, 0, 1, 0));
  expect(operatingPoint(index, (found) => found).threshold).toBe(0.7);
  expect(operatingPoint(index, (_, alarms) => alarms)).toMatchObject({threshold: 0.6, sensitivity: 1, specificity: 0});
  expect(operatingPoint(index, () => 0)).toMatchObject({threshold: Infinity, sensitivity: 0, specificity: 1});
});
