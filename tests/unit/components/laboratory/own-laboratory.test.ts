import {describe, expect, test} from "vitest";
import {FEWEST, UnfitCells, checkCells, placeThreshold} from "../../../../src/components/laboratory/own-laboratory.js";
import type {HealthyCell} from "../../../../src/components/laboratory/own-laboratory.js";
import {shiftLogit} from "../../../../src/components/metrics/calibration.js";
import {random} from "../../../../src/components/metrics/index.js";

const cell = (probability: number, n = 0, dye = 0.3): HealthyCell => ({
  path: `slide/cell_${n}.png`,
  probability,
  dyes: [dye, dye * 1.6, dye * 1.4]
});

describe("placeThreshold", () => {
  test("calls the wanted share of further healthy cells parasitized, and its interval holds the true share", () => {
    const uniform = random(3);
    const score = () => 0.1 + 0.8 * uniform() ** 3;
    const trueShare = (offset: number) => {
      // A score s is called from .45 on where its moved logit is that of .45: 0.1 + 0.8 u³ ≥ limit.
      const limit = shiftLogit(0.45, -offset);
      return 1 - Math.cbrt((limit - 0.1) / 0.8);
    };
    const runs = Array.from({length: 400}, () => {
      const own = placeThreshold(
        Array.from({length: 100}, () => cell(score())),
        0.45,
        0.05
      );
      const share = trueShare(own.offset);
      return {share, isInside: share >= own.falseAlarms.low && share <= own.falseAlarms.high, own};
    });
    const mean = runs.reduce((sum, {share}) => sum + share, 0) / runs.length;
    expect(runs[0]!.own.falseAlarms.estimate).toBeCloseTo(5 / 101, 6);
    expect(mean).toBeCloseTo(5 / 101, 2);
    const inside = runs.filter(({isInside}) => isInside).length / runs.length;
    expect(inside).toBeGreaterThan(0.92);
    expect(inside).toBeLessThan(0.98);
  });

  test("says of 20 cells that less than one in 21 cannot be promised: the exact interval of Clopper and Pearson's kind", () => {
    const {falseAlarms} = placeThreshold(
      Array.from({length: 20}, (_, n) => cell(0.01 * (n + 1))),
      0.5,
      0.01
    );
    expect(falseAlarms.estimate).toBeCloseTo(1 / 21, 6);
    // Beta(1, 20): 1 − (1 − p)^(1/20).
    expect(falseAlarms.low).toBeCloseTo(1 - 0.975 ** (1 / 20), 6);
    expect(falseAlarms.high).toBeCloseTo(1 - 0.025 ** (1 / 20), 6);
  });

  test("moves either way: cells that score low get a more sensitive threshold", () => {
    expect(
      placeThreshold(
        Array.from({length: 40}, () => cell(0.2)),
        0.5,
        0.05
      ).offset
    ).toBeCloseTo(Math.log(4), 3);
    expect(
      placeThreshold(
        Array.from({length: 40}, () => cell(0.8)),
        0.5,
        0.05
      ).offset
    ).toBeCloseTo(-Math.log(4), 3);
    expect(
      placeThreshold(
        Array.from({length: 40}, () => cell(0)),
        0.5,
        0.05
      ).offset
    ).toBe(4);
  });

  test("does not learn from parasites, and names them", () => {
    const cells = [...Array.from({length: 25}, () => cell(0.1)), cell(0.999, 7), cell(0.998, 8), cell(0.995, 9)];
    expect(() => placeThreshold(cells, 0.45, 0.05)).toThrow(UnfitCells);
    expect(() => placeThreshold(cells, 0.45, 0.05)).toThrow(
      "3 of these 28 cells score as parasites do, not as healthy cells: slide/cell_7.png, slide/cell_8.png, slide/cell_9.png."
    );
    // Fewer of them than the false alarms that are put up with do not move the threshold.
    expect(placeThreshold([...Array.from({length: 99}, () => cell(0.1)), cell(0.999)], 0.45, 0.05).offset).toBeCloseTo(
      Math.log(0.45 / 0.55) - Math.log(1 / 9),
      3
    );
  });
});

describe("checkCells", () => {
  const many = Array.from({length: 30}, (_, n) => cell(0.1, n, 0.3 + 0.002 * n));
  test("takes cells of one laboratory", () => expect(() => checkCells(many, 32)).not.toThrow());

  test("too few, refused or of mixed stains: a sentence that says what to do", () => {
    expect(() => checkCells(many.slice(0, FEWEST - 1), 19)).toThrow("These are 19 pictures; it takes at least 20.");
    expect(() => checkCells(many.slice(0, 12), 30)).toThrow("12 of these 30 pictures could be used");
    expect(() => checkCells(many, 60)).toThrow("30 of these 60 pictures show no single cell");
    const mixed = [...many, ...many.map(({path, probability}) => ({...cell(probability, 0, 0.9), path}))];
    expect(() => checkCells(mixed, 60)).toThrow("differ in stain or light");
  });
});
