import {describe, expect, test} from "vitest";
import {fitGate, invert} from "../../../../models/gate/fit.js";
import type {DescribedCells} from "../../../../models/gate/fit.js";
import type {Descriptors} from "../../../../src/components/gate/descriptors.js";
import {featureDistance, jointDistance} from "../../../../src/components/gate/gate.js";
import {random} from "../../../../src/components/metrics/index.js";

const names = [
  ...["ring", "corners", "together", "area", "extent", "red", "green", "blue", "redness", "blueness"],
  ...["relief", "grain", "edges"]
];

function made(count: number, seed: number): DescribedCells {
  const uniform = random(seed);
  return {
    descriptors: Array.from(
      {length: count},
      () => Object.fromEntries(names.map((name) => [name, 1 + uniform()])) as unknown as Descriptors
    ),
    features: Array.from({length: count}, (_, n) => Float32Array.of(uniform() + (n % 2) * 10, uniform())),
    classes: Array.from({length: count}, (_, n) => n % 2)
  };
}

describe("fitGate", () => {
  const [train, validation] = [made(400, 1), made(100, 2)];
  const gate = fitGate(train, validation, 40);

  test("ranges reach a tenth beyond what training cells have, shares at least a twentieth", () => {
    const [low, high] = gate.ranges.red;
    expect(low).toBeCloseTo(0.9, 1);
    expect(high).toBeCloseTo(2.1, 1);
    expect(gate.ranges.corners[1]).toBeCloseTo(3, 1);
  });

  test("the limits of both distances lie a twentieth above what validation cells have", () => {
    const joint = Math.max(...validation.descriptors.map((cell) => jointDistance(cell, gate.joint)));
    expect(gate.joint.limit / joint).toBeCloseTo(1.05, 3);
    const features = Math.max(...validation.features.map((cell) => featureDistance(cell, gate.features)));
    expect(gate.features.limit / features).toBeCloseTo(1.05, 3);
  });

  test("features are compared with the nearest class", () => {
    expect(featureDistance([10.5, 0.5], gate.features)).toBeLessThan(1);
    expect(featureDistance([5, 0.5], gate.features)).toBeGreaterThan(5);
  });
});

test("invert gives the inverse, and says when there is none", () => {
  const matrix = [
    [0, 2],
    [4, 1]
  ];
  expect(invert(matrix)).toEqual([
    [-0.125, 0.25],
    [0.5, 0]
  ]);
  expect(() => invert([[0]])).toThrow(RangeError);
});
