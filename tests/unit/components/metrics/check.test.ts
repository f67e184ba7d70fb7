import {describe, expect, test} from "vitest";
import {
  applyTemperature,
  brierScore,
  calibrationCurve,
  fitTemperature,
  logLoss,
  patientIndex,
  patientMatrices,
  scoreIndex
} from "../../../../src/components/metrics/index.js";

const takers = {
  scoreIndex,
  brierScore,
  logLoss,
  calibrationCurve,
  fitTemperature,
  patientMatrices: (scores: Float64Array, labels: Uint8Array) =>
    patientMatrices(patientIndex(["C1", "C2", "C3"]), scores, labels, 0.5)
};

describe.each(Object.entries(takers))("%s refuses", (_, take) => {
  const labels = Uint8Array.of(0, 1, 1);
  test.each([
    ["nothing", Float64Array.of(), Uint8Array.of(), "scores is empty; give at least one score"],
    ["unequal lengths", Float64Array.of(0, 1), labels, "labels has 3 entries, but scores has 2"],
    ["NaN", Float64Array.of(0, 0.5, NaN), labels, "scores[2] is NaN; every score must be a probability in 0…1"],
    ["a logit", Float64Array.of(0, 1.5, -3), labels, "scores[1] is 1.5; every score must be a probability in 0…1"],
    [
      "a negative score",
      Float64Array.of(-0.1, 1, 0),
      labels,
      "scores[0] is -0.1; every score must be a probability in 0…1"
    ],
    [
      "a third class",
      Float64Array.of(0, 1, 0),
      Uint8Array.of(0, 2, 3),
      "labels[1] is 2; use 1 for parasitized and 0 for uninfected"
    ]
  ])("%s", (_, scores, labels, message) => {
    expect(() => take(scores, labels)).toThrow(new RangeError(message));
  });
});

test("weights must fit, be finite and not negative", () => {
  const scores = Float64Array.of(0.2, 0.7);
  const labels = Uint8Array.of(0, 1);
  for (const take of [brierScore, logLoss, calibrationCurve]) {
    const weigh =
      (...weights: number[]) =>
      () =>
        take(scores, labels, {weights: Float64Array.from(weights)});
    expect(weigh(1)).toThrow(new RangeError("weights has 1 entries, but scores has 2"));
    expect(weigh(1, -1)).toThrow(new RangeError("weights[1] is -1; every weight must be finite and not negative"));
    expect(weigh(NaN, 1)).toThrow(new RangeError("weights[0] is NaN; every weight must be finite and not negative"));
    expect(weigh(1, Infinity)).toThrow(RangeError);
  }
});

test("temperatures must be finite and above 0, scores in 0…1", () => {
  for (const temperature of [0, -1, NaN, Infinity])
    expect(() => applyTemperature(Float64Array.of(0.5), temperature)).toThrow(`temperature is ${temperature}`);
  expect(() => applyTemperature(Float64Array.of(0.5, 2), 1)).toThrow(
    new RangeError("scores[1] is 2; every score must be a probability in 0…1")
  );
});
