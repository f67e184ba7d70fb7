import {describe, expect, test} from "vitest";
import {wilsonInterval} from "../../../../src/components/metrics/comparison.js";
import {
  chanceOfNone,
  falseAlarmChances,
  falseAlarms,
  lowestTold,
  mixedChances,
  parasitaemia,
  perMicrolitre
} from "../../../../src/components/smear/worth.js";

const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

describe("the share of infected cells", () => {
  test("of one field has Wilson's interval", () => {
    expect(parasitaemia([{cells: 214, infected: 7}])).toEqual({...wilsonInterval(7, 214), by: "cells"});
  });

  test("without cells is not a number", () => {
    expect(parasitaemia([{cells: 0, infected: 0}]).estimate).toBeNaN();
  });

  test("of five fields on rests on the fields: the more uneven they are, the wider", () => {
    const fields = (infected: number[]) => parasitaemia(infected.map((n) => ({cells: 100, infected: n})));
    const [even, uneven] = [fields([9, 10, 11, 10, 10, 10]), fields([0, 0, 0, 0, 0, 60])];
    for (const {estimate, by} of [even, uneven]) expect([estimate, by]).toEqual([0.1, "fields"]);
    expect(even.high - even.low).toBeLessThan(0.02);
    expect(uneven.high - uneven.low).toBeGreaterThan(0.2);
    expect(even.low).toBeGreaterThanOrEqual(0.09);
    expect(even.high).toBeLessThanOrEqual(0.11);
  });

  test("of five fields without a parasite is still no certainty", () => {
    const fields = Array.from({length: 6}, () => ({cells: 50, infected: 0}));
    expect(parasitaemia(fields)).toEqual({...wilsonInterval(0, 300), by: "cells"});
  });

  test("times red cells a microlitre is parasites a microlitre", () => {
    const {estimate, low, high} = perMicrolitre({estimate: 0.01, low: 0.005, high: 0.02, by: "cells"}, 4e6);
    expect([estimate, low, high]).toEqual([40_000, 20_000, 80_000]);
  });
});

describe("false alarms", () => {
  test("have chances that add up to one, and the mean that the measured cells say", () => {
    for (const [cells, measured] of [
      [800, {cells: 1000, falseAlarms: 20}],
      [5000, {cells: 300, falseAlarms: 0}],
      [30, {cells: 10, falseAlarms: 10}]
    ] as const) {
      const chances = falseAlarmChances(cells, measured);
      expect(chances.length).toBe(cells + 1);
      expect(sum(chances)).toBeCloseTo(1, 9);
      const mean = (cells * (measured.falseAlarms + 0.5)) / (measured.cells + 1);
      expect(falseAlarms(chances).expected / mean).toBeCloseTo(1, 6);
    }
  });

  test("where any of some laboratories may be like this one lie between theirs, and reach as far as the most", () => {
    const few = {laboratory: "a", cells: 10_000, falseAlarms: 10};
    const many = {laboratory: "b", cells: 10_000, falseAlarms: 1000};
    const [least, most, mixed] = [[few], [many], [few, many]].map((some) => mixedChances(800, some));
    expect(sum(mixed!)).toBeCloseTo(1, 9);
    const mean = (falseAlarms(least!).expected + falseAlarms(most!).expected) / 2;
    expect(falseAlarms(mixed!).expected).toBeCloseTo(mean, 6);
    expect(falseAlarms(mixed!).low).toBe(0);
    expect(falseAlarms(mixed!).high).toBeGreaterThan(falseAlarms(most!).expected);
    expect(mixedChances(800, [few])).toEqual(falseAlarmChances(800, few));
  });

  test("of one cell are the mean of Beta(k + ½, n − k + ½)", () => {
    expect(falseAlarmChances(1, {cells: 9, falseAlarms: 2})[1]).toBeCloseTo(2.5 / 10, 12);
  });

  test("lie between ends that leave little on either side", () => {
    const chances = falseAlarmChances(800, {cells: 100_000, falseAlarms: 2000});
    const {low, expected, high} = falseAlarms(chances);
    // Nearly Poisson of mean 16.
    expect([low, Math.round(expected), high]).toEqual([9, 16, 24]);
    expect(sum(chances.subarray(0, low))).toBeLessThan(0.025);
    expect(sum(chances.subarray(high + 1))).toBeLessThanOrEqual(0.025);
  });

  test("explain 3 of 800 where one cell in a hundred is one, and not where one in a hundred thousand is", () => {
    const often = falseAlarmChances(800, {cells: 10_000, falseAlarms: 100});
    const seldom = falseAlarmChances(800, {cells: 1_000_000, falseAlarms: 10});
    expect(chanceOfNone(3, often)).toBeGreaterThan(0.95);
    expect(chanceOfNone(3, seldom)).toBeLessThan(1e-4);
    expect(chanceOfNone(0, seldom)).toBeCloseTo(1, 9);
  });

  test("cannot be more than the cells that were measured", () => {
    expect(() => falseAlarmChances(10, {cells: 3, falseAlarms: 4})).toThrow("4 false alarms of 3 healthy cells");
    expect(() => falseAlarmChances(1.5, {cells: 3, falseAlarms: 1})).toThrow("cells is 1.5");
  });
});

describe("the lowest parasitaemia that is told from none", () => {
  const measured = {cells: 10_000, falseAlarms: 100};
  const lowest = (cells: number) => lowestTold(falseAlarmChances(cells, measured), 0.95);

  test("falls with the cells", () => {
    const [few, some, many] = [lowest(100), lowest(1000), lowest(10_000)];
    expect(few).toBeGreaterThan(some!);
    expect(some).toBeGreaterThan(many!);
    expect(many).toBeGreaterThan(0);
  });

  test("rises with the false alarms", () => {
    const worse = lowestTold(falseAlarmChances(1000, {cells: 10_000, falseAlarms: 800}), 0.95)!;
    expect(worse).toBeGreaterThan(2 * lowest(1000)!);
  });

  test("is none where cells are too few, or where false alarms are all that is called", () => {
    expect(lowest(0)).toBeNull();
    expect(lowestTold(falseAlarmChances(1, {cells: 10, falseAlarms: 5}), 0.95)).toBeNull();
    expect(lowestTold(falseAlarmChances(1000, measured), 0.01)).toBeNull();
  });
});
