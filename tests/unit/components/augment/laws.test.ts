import {expect, it} from "vitest";
import {cumulative, laws, poseProbabilities} from "../../../../src/components/augment/index.js";

it("states fastai's ranges and gates", () => {
  expect(laws().map(({parameter, gate}) => [parameter, gate])).toEqual([
    ["degrees", 0.75],
    ["zoom", 0.75],
    ["warpX", 0.75],
    ["warpY", 0.75],
    ["brightness", 0.75],
    ["contrast", 0.75]
  ]);
  const contrast = laws()[5]!;
  expect([contrast.low, contrast.high]).toEqual([0.8, 1.25]);
  expect(laws({mult: 2})[0]).toMatchObject({low: -20, high: 20});
  expect(laws({maxWarp: 0})[2]!.gate).toBe(0);
});

it("is half way at the neutral value of symmetric laws, 0 below and 1 above", () => {
  for (const law of laws()) {
    if (law.parameter !== "zoom") expect(cumulative(law, law.neutral)).toBeCloseTo(0.5, 12);
    expect(cumulative(law, law.low - 1)).toBe(0);
    expect(cumulative(law, law.high + 1)).toBe(1);
  }
});

it("gives each pose its probability", () => {
  expect(poseProbabilities()).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0]);
  expect(poseProbabilities({flipVert: true})[0]).toBe(0.5625);
  expect(poseProbabilities({flipVert: true}).reduce((a, b) => a + b)).toBe(1);
  expect(poseProbabilities({doFlip: false})[0]).toBe(1);
});
