import * as d3 from "d3";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {drawBatch, drawCrop, fullCrop} from "../../../../src/components/augment/index.js";
import type {AugTransformsOptions, Draw} from "../../../../src/components/augment/index.js";

const count = 10_000;
const draws = (options: AugTransformsOptions = {}, seed = 5) => {
  const random = d3.randomLcg(seed);
  return Array.from({length: count}, () => drawBatch(random, 1, options)[0]!);
};

/** Kolmogorov–Smirnov: the largest distance of the empirical distribution from `cumulative`, times √n. */
function kolmogorovSmirnov(values: number[], cumulative: (x: number) => number): number {
  const n = values.length;
  const distances = values
    .sort((a, b) => a - b)
    .map((x, i) => Math.max(Math.abs(cumulative(x) - i / n), Math.abs(cumulative(x) - (i + 1) / n)));
  return Math.max(...distances) * Math.sqrt(n);
}

/** The statistic passes this value once in a hundred thousand samples of the right law: 2·exp(−2·2.47²) = 1e−5. */
const critical = 2.47;

const uniform = (low: number, high: number) => (x: number) => (x - low) / (high - low);

const present = <K extends keyof Draw>(all: Draw[], key: K) =>
  all.map((draw) => draw[key]).filter((value): value is NonNullable<Draw[K]> => value !== undefined);

describe("10,000 draws at fastai's defaults", () => {
  const all = draws();

  it.each([
    ["flip", 0.5],
    ["degrees", 0.75],
    ["zoom", 0.75],
    ["warpX", 0.75],
    ["warpY", 0.75],
    ["brightness", 0.75],
    ["contrast", 0.75]
  ] as const)("%s comes with probability %d", (key, probability) => {
    expect(Math.abs(present(all, key).length / count - probability)).toBeLessThan(0.015);
  });

  it.each([
    ["degrees", uniform(-10, 10)],
    ["zoom", uniform(1, 1.1)],
    ["warpX", uniform(-0.2, 0.2)],
    ["warpY", uniform(-0.2, 0.2)],
    ["brightness", uniform(0.4, 0.6)],
    ["contrast", (x: number) => (Math.log(x) - Math.log(0.8)) / (Math.log(1.25) - Math.log(0.8))]
  ] as const)("%s follows its law", (key, law) => {
    expect(kolmogorovSmirnov(present(all, key), law)).toBeLessThan(critical);
  });

  it("places the zoom uniformly, in x and in y", () => {
    const centres = present(all, "zoomCenter");
    for (const axis of [0, 1] as const)
      expect(
        kolmogorovSmirnov(
          centres.map((centre) => centre[axis]),
          uniform(0, 1)
        )
      ).toBeLessThan(critical);
  });

  it("gates every parameter by itself", () => {
    const keys = ["flip", "degrees", "zoom", "warpX", "warpY", "brightness", "contrast"] as const;
    for (const a of keys)
      for (const b of keys) {
        if (a >= b) continue;
        const both = all.filter((draw) => draw[a] !== undefined && draw[b] !== undefined).length / count;
        const apart = (present(all, a).length / count) * (present(all, b).length / count);
        expect(Math.abs(both - apart), `${a} and ${b}`).toBeLessThan(0.02);
      }
    expect(all.filter((draw) => !draw.brightness && !draw.contrast).length / count).toBeCloseTo(0.0625, 1.6);
  });

  it("would notice a law that is wrong by a fiftieth", () => {
    expect(kolmogorovSmirnov(present(all, "degrees"), uniform(-10.4, 10.4))).toBeLessThan(critical);
    expect(kolmogorovSmirnov(present(all, "degrees"), uniform(-10, 11))).toBeGreaterThan(critical);
    expect(kolmogorovSmirnov(present(all, "contrast"), uniform(0.8, 1.25))).toBeGreaterThan(critical);
  });
});

describe("the options of aug_transforms", () => {
  it("draws the eight poses with flipVert", () => {
    const poses = present(draws({flipVert: true}), "dihedral");
    expect(present(draws({flipVert: true}), "flip")).toEqual([]);
    for (let pose = 0; pose < 8; ++pose) {
      const share = (poses.filter((value) => value === pose).length + (pose === 0 ? count - poses.length : 0)) / count;
      expect(Math.abs(share - (pose === 0 ? 0.5625 : 0.0625)), `pose ${pose}`).toBeLessThan(0.015);
    }
  });

  it("multiplies rotation, lighting and warp by mult, but not the zoom", () => {
    const all = draws({mult: 2});
    expect(kolmogorovSmirnov(present(all, "degrees"), uniform(-20, 20))).toBeLessThan(critical);
    expect(kolmogorovSmirnov(present(all, "warpX"), uniform(-0.4, 0.4))).toBeLessThan(critical);
    expect(kolmogorovSmirnov(present(all, "brightness"), uniform(0.3, 0.7))).toBeLessThan(critical);
    expect(kolmogorovSmirnov(present(all, "zoom"), uniform(1, 1.1))).toBeLessThan(critical);
  });

  it("leaves out what has no range", () => {
    const none = {doFlip: false, maxRotate: 0, maxZoom: 1, maxLighting: 0, maxWarp: 0};
    expect(draws(none).every((draw) => Object.keys(draw).length === 0)).toBe(true);
    expect(draws({doFlip: false, pAffine: 0, pLighting: 0}).every((draw) => Object.keys(draw).length === 0)).toBe(true);
    expect(draws({doFlip: false, flipVert: true}).some((draw) => "dihedral" in draw)).toBe(false);
  });

  it("zooms out where minZoom is below 1", () => {
    const zooms = present(draws({minZoom: 0.8, maxZoom: 1}), "zoom");
    expect(kolmogorovSmirnov(zooms, uniform(0.8, 1))).toBeLessThan(critical);
  });

  it("takes an undefined option for its default", () => {
    expect(draws({maxRotate: undefined}).slice(0, 9)).toEqual(draws().slice(0, 9));
  });

  it("changes no other parameter when one option changes", () => {
    const without = draws({maxRotate: 0}).map((draw) => draw.contrast);
    expect(without).toEqual(draws().map((draw) => draw.contrast));
    expect(draws({pAffine: 0.2}).map((draw) => draw.brightness)).toEqual(draws().map((draw) => draw.brightness));
  });

  it("shares one draw in a batch with batch, and always one crop", () => {
    const same = drawBatch(d3.randomLcg(1), 5, {batch: true});
    expect(same).toHaveLength(5);
    for (const draw of same) expect(draw).toEqual(same[0]);
    const presized = drawBatch(d3.randomLcg(1), 5, {minScale: 0.75, size: 224});
    expect(new Set(presized.map(({degrees}) => degrees)).size).toBeGreaterThan(2);
    for (const {crop} of presized) expect(crop).toEqual(presized[0]!.crop);
    expect(presized[0]!.crop).toBeDefined();
  });
});

describe("drawCrop", () => {
  it("stays inside the picture and keeps at least minScale of it, but for rounding", () => {
    fc.assert(
      fc.property(
        fc.integer({min: 8, max: 500}),
        fc.double({min: 0.05, max: 1, noNaN: true}),
        fc.integer(),
        (side, scale, seed) => {
          const crop = drawCrop(d3.randomLcg(seed), {width: side, height: side}, scale);
          expect(crop.width).toBe(crop.height);
          expect(crop.left + crop.width).toBeLessThanOrEqual(side);
          expect(crop.top + crop.height).toBeLessThanOrEqual(side);
          expect(Math.min(crop.left, crop.top)).toBeGreaterThanOrEqual(0);
          expect(crop.width + 0.5).toBeGreaterThanOrEqual(side * Math.sqrt(scale));
        }
      )
    );
  });

  it("falls back to the centre where no square of that area fits", () => {
    expect(drawCrop(() => 0.99, {width: 400, height: 100}, 0.9)).toEqual(fullCrop({width: 400, height: 100}));
    expect(fullCrop({width: 400, height: 100})).toEqual({top: 0, left: 150, width: 100, height: 100});
  });
});
