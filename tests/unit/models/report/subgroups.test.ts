import {describe, expect, it} from "vitest";
import type {AnsweredCell} from "../../../../models/report/subgroups.js";
import {fewestPatients, subgroupsOf} from "../../../../models/report/subgroups.js";
import {nameFamily} from "../../../../src/components/evaluation/parts.js";
import {random} from "../../../../src/components/metrics/index.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";

const manifest = readManifest();
const options = {draws: 40, seed: 1};

/** Every 40th cell with a seeded score that is right about four times of five. */
function answered(): AnsweredCell[] {
  const next = random(3);
  return manifest
    .filter((_, i) => i % 40 === 0)
    .map((row) => {
      const score = next() < 0.8 === (row.label === "parasitized") ? 0.5 + next() / 2 : next() / 2;
      return {row, score, called: score >= 0.5};
    });
}

describe("subgroupsOf", () => {
  const cells = answered();
  const groups = subgroupsOf(cells, options);
  const of = (factor: string) => groups.filter((group) => group.factor === factor);

  it("parts every cell of which the factor is known, once", () => {
    for (const factor of ["file name", "brightness", "hue", "black frame"]) {
      expect(
        of(factor).reduce((sum, {cells}) => sum + cells, 0),
        factor
      ).toBe(cells.length);
    }
    const sized = cells.filter(({row}) => row.width !== null).length;
    expect(of("crop size").reduce((sum, {cells}) => sum + cells, 0)).toBe(sized);
    expect(of("microscope").reduce((sum, {cells}) => sum + cells, 0)).toBe(
      cells.filter(({row}) => row.patient === "C47").length
    );
  });

  it("makes quarters of like size, in rising order", () => {
    const quarters = of("brightness");
    expect(quarters.map(({group}) => group.split(" ")[0])).toEqual([
      "up",
      expect.any(String),
      expect.any(String),
      "above"
    ]);
    for (const {cells: count} of quarters) expect(Math.abs(count - cells.length / 4)).toBeLessThan(5);
  });

  it("counts what is right, and brackets it", () => {
    const own = cells.filter(({row}) => nameFamily(row.photograph) === "thinf");
    const right = own.filter(({row, called}) => called === (row.label === "parasitized")).length;
    const {accuracy} = of("file name").find(({group}) => group === "thinf")!.figures;
    expect(accuracy.estimate).toBeCloseTo(right / own.length, 6);
    expect(accuracy.low).toBeLessThan(accuracy.estimate);
    expect(accuracy.high).toBeGreaterThan(accuracy.estimate);
  });

  it("gives no interval where there are too few patients to draw", () => {
    for (const {patients, figures} of groups) {
      for (const {low, high} of Object.values(figures)) {
        if (patients < fewestPatients) expect([low, high]).toEqual([NaN, NaN]);
      }
    }
    expect(of("microscope").every(({patients}) => patients === 1)).toBe(true);
  });

  it("leaves undefined figures empty", () => {
    const healthy = cells.filter(({row}) => row.label === "uninfected");
    const [first] = subgroupsOf(healthy, options);
    expect(first!.figures.sensitivity.estimate).toBeNaN();
    expect(first!.figures.specificity.estimate).not.toBeNaN();
  });
});
