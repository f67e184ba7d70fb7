import {expect, test} from "vitest";
import {attribution} from "../../../../src/components/engine/attribution.js";

test("sums gradient × activation over channels and leaves negative sums out", () => {
  const gradient = Float32Array.of(1, 2, -1, 0.5, 0, 4);
  const activation = Float32Array.of(3, 0.5, 2, 1, 9, 0.25);
  expect([...attribution(gradient, activation, 2)]).toEqual([4, 0, 1]);
  expect([...attribution(gradient, activation, 3)]).toEqual([2, 1.5]);
});
