import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {discordantPairs, limitsOfAgreement, mcnemar, wilsonInterval} from "../../../../src/components/metrics/index.js";
import {expectClose, fixture} from "./fixture.js";

describe("discordantPairs", () => {
  test("counts the four combinations", () => {
    expect(discordantPairs(Uint8Array.of(1, 1, 1, 0, 0, 1), Uint8Array.of(1, 0, 0, 1, 0, 0))).toEqual({
      both: 1,
      onlyFirst: 3,
      onlySecond: 1,
      neither: 1
    });
  });

  test("refuses unequal lengths and other values", () => {
    expect(() => discordantPairs(Uint8Array.of(1), Uint8Array.of())).toThrow(
      new RangeError("secondRight has 0 entries, but firstRight has 1")
    );
    expect(() => discordantPairs(Uint8Array.of(1, 0), Uint8Array.of(1, 2))).toThrow(
      new RangeError("secondRight[1] is 2; use 1 for right and 0 for wrong")
    );
  });
});

describe("mcnemar", () => {
  test.each(fixture.mcnemar)("agrees with scipy: $onlyFirst, $onlySecond", (row) => {
    const {exact, chiSquare, approximate, pValue} = mcnemar(row);
    expect(Math.abs(exact / row.exact - 1)).toBeLessThan(1e-10);
    expectClose(chiSquare, row.chiSquare);
    expectClose(approximate, row.approximate);
    expect(pValue).toBe(row.onlyFirst + row.onlySecond < 25 ? exact : approximate);
  });

  test("by hand: 1 against 9 is 22 in 1024", () => {
    expect(mcnemar({onlyFirst: 1, onlySecond: 9})).toMatchObject({
      chiSquare: 4.9,
      exact: expect.closeTo(22 / 1024, 15)
    });
  });

  test("is two-sided, in 0…1 and symmetrical", () => {
    const count = fc.integer({min: 0, max: 3000});
    fc.assert(
      fc.property(count, count, (onlyFirst, onlySecond) => {
        const result = mcnemar({onlyFirst, onlySecond});
        expect(result).toEqual(mcnemar({onlyFirst: onlySecond, onlySecond: onlyFirst}));
        expect(result.pValue).toBeGreaterThanOrEqual(0);
        expect(result.pValue).toBeLessThanOrEqual(1);
      })
    );
  });

  test("refuses counts that are not whole", () => {
    expect(() => mcnemar({onlyFirst: 1.5, onlySecond: 0})).toThrow("onlyFirst is 1.5; it must be a whole number");
    expect(() => mcnemar({onlyFirst: 0, onlySecond: -1})).toThrow("onlySecond is -1; it must be a whole number");
  });
});

describe("wilsonInterval", () => {
  test.each(fixture.wilson)("agrees with scipy: $successes of $trials", ({successes, trials, low, high}) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.estimate).toBe(successes / trials);
    expectClose(interval.low, low);
    expectClose(interval.high, high);
  });

  test("the naive bar at .959 of 27,558 cells is ± .24 points", () => {
    const {low, high} = wilsonInterval(26428, 27558);
    expect(((high - low) / 2) * 100).toBeCloseTo(0.234, 3);
  });

  test("NaN for no trials; refuses impossible counts and z", () => {
    expect(wilsonInterval(0, 0)).toEqual({estimate: NaN, low: NaN, high: NaN});
    expect(() => wilsonInterval(3, 2)).toThrow(new RangeError("trials is 2; it must be a whole number of at least 3"));
    expect(() => wilsonInterval(-1, 2)).toThrow("successes is -1");
    expect(() => wilsonInterval(1, 2, {z: 0})).toThrow("z is 0; it must be finite and above 0");
  });
});

describe("limitsOfAgreement", () => {
  const pairs = [
    {name: "a", truth: 0.02, told: 0.05},
    {name: "b", truth: 0.1, told: 0.09},
    {name: "c", truth: 0, told: 0.04}
  ];

  test("is the mean difference and 1.96 standard deviations to both sides", () => {
    const {bias, low, high} = limitsOfAgreement(pairs);
    const deviation = Math.sqrt((0.01 ** 2 + 0.03 ** 2 + 0.02 ** 2) / 2);
    expect(bias).toBeCloseTo(0.02, 10);
    expect(high).toBeCloseTo(0.02 + 1.96 * deviation, 10);
    expect(low).toBeCloseTo(0.02 - 1.96 * deviation, 10);
  });

  test("is not told from a single pair, nor from none", () => {
    expect(limitsOfAgreement(pairs.slice(0, 1))).toEqual({bias: expect.closeTo(0.03), low: NaN, high: NaN});
    expect(limitsOfAgreement([]).bias).toBeNaN();
  });
});
