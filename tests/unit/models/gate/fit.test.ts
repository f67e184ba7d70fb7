import {describe, expect, test} from "vitest";
import {fitGate, fitOffset, invert} from "../../../../models/gate/fit.js";
import type {DescribedCells} from "../../../../models/gate/fit.js";
import type {Descriptors} from "../../../../src/components/gate/descriptors.js";
import {featureDistance, jointDistance, tintOf} from "../../../../src/components/gate/gate.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";
import {random} from "../../../../src/components/metrics/index.js";

const names = [
  ...["ring", "corners", "together", "area", "extent", "red", "green", "blue"],
  "relief",
  "grain",
  "edges"
];

function made(count: number, seed: number): DescribedCells {
  const uniform = random(seed);
  return {
    descriptors: Array.from(
      {length: count},
      () => Object.fromEntries(names.map((name) => [name, 1 + uniform()])) as unknown as Descriptors
    ),
    dyes: Array.from(
      {length: count},
      () => [0.2 + uniform() / 10, 0.5 + uniform() / 10, 0.4 + uniform() / 10] as const
    ),
    features: Array.from({length: count}, (_, n) => Float32Array.of(uniform() + (n % 2) * 10, uniform())),
    classes: Array.from({length: count}, (_, n) => n % 2)
  };
}

describe("fitGate", () => {
  const [train, validation] = [made(400, 1), made(100, 2)];
  const gate = fitGate(train, validation, {smallest: 40, elsewhere: []});

  test("ranges reach a tenth beyond what training cells have, shares at least a twentieth", () => {
    const [low, high] = gate.ranges.area.caution;
    expect(low).toBeCloseTo(0.9, 1);
    expect(high).toBeCloseTo(2.1, 1);
    expect(gate.ranges.corners.caution[1]).toBeCloseTo(3, 1);
  });

  test("the limits of both distances lie a twentieth above what validation cells have", () => {
    const joint = Math.max(...validation.descriptors.map((cell) => jointDistance(cell, gate.joint)));
    expect(gate.joint.caution / joint).toBeCloseTo(1.05, 3);
    const features = Math.max(...validation.features.map((cell) => featureDistance(cell, gate.features)));
    expect(gate.features.caution / features).toBeCloseTo(1.05, 3);
  });

  test("without other laboratories what is refused is what would be cautioned; with them there is room for theirs", () => {
    expect(gate.ranges.area.refuse).toEqual(gate.ranges.area.caution);
    expect(gate.joint.refuse).toBe(gate.joint.caution);
    const others = made(300, 3);
    for (const cell of others.descriptors) cell.area += 4;
    const wider = fitGate(train, validation, {smallest: 40, elsewhere: [others]});
    expect(wider.ranges.area.caution).toEqual(gate.ranges.area.caution);
    expect(wider.ranges.area.refuse[0]).toBe(gate.ranges.area.caution[0]);
    expect(wider.ranges.area.refuse[1]).toBeGreaterThan(5.9);
    expect(wider.joint.refuse).toBeGreaterThan(2 * wider.joint.caution);
  });

  test("a laboratory never met may lie further out than those that were measured, and be as sharp as it likes", () => {
    const others = made(300, 3);
    for (const cell of others.descriptors) cell.area += 4;
    const wider = fitGate(train, validation, {smallest: 40, elsewhere: [others]});
    const distances = others.descriptors.map((cell) => jointDistance(cell, wider.joint)).sort((a, b) => a - b);
    expect(wider.joint.refuse / distances.at(-1)!).toBeCloseTo(1.3, 1);
    for (const name of ["relief", "grain", "edges"] as const) {
      expect(wider.ranges[name].refuse).toEqual([gate.ranges[name].caution[0], 255]);
      expect(wider.ranges[name].caution[1]).toBeLessThan(3);
    }
  });

  test("the ranges of dyes reach two fifths below and a twentieth above what was measured, and a grey cell has less tint than half of the least", () => {
    const shares = train.dyes.map(([red, green]) => red / green).sort((a, b) => a - b);
    expect(gate.dyes.red[0] / shares[0]!).toBeCloseTo(0.6, 1);
    expect(gate.dyes.red[1] / shares.at(-1)!).toBeCloseTo(1.05, 1);
    expect(gate.dyes.tint).toBeLessThan(0.5 * Math.min(...train.dyes.map(tintOf)) + 0.02);
    expect(gate.dyes.tint).toBeGreaterThan(0);
    expect(gate.stain.usual).toBeGreaterThan(1);
    expect(gate.stain.limit).toBeGreaterThan(gate.stain.usual);
    expect(gate.stain.limitOnBlack).toBeGreaterThanOrEqual(gate.stain.limit);
  });

  test("features are compared with the nearest class", () => {
    expect(featureDistance([10.5, 0.5], gate.features)).toBeLessThan(1);
    expect(featureDistance([5, 0.5], gate.features)).toBeGreaterThan(5);
  });
});

describe("fitOffset", () => {
  const scores = (count: number, highest: number) => Array.from({length: count}, (_, n) => (highest * (n + 1)) / count);

  test("is what lets no laboratory's healthy cells be called more often than asked", () => {
    const offset = fitOffset([scores(100, 0.4), scores(100, 0.9)], 0.5, 0.08);
    expect(offset).toBeLessThan(0);
    const called = scores(100, 0.9).filter((p) => shiftLogit(p, offset) >= 0.5);
    expect(called.length / 100).toBeLessThanOrEqual(0.08);
    expect(called.length / 100).toBeGreaterThan(0.05);
  });

  test("is 0 where the threshold holds already, or too few cells speak", () => {
    expect(fitOffset([scores(100, 0.4)], 0.5, 0.08)).toBe(0);
    expect(fitOffset([scores(20, 0.99)], 0.5, 0.08)).toBe(0);
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
