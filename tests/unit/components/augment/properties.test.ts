import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  affineMatrix,
  areaResize,
  augment,
  augmenter,
  denormalise,
  dihedralMatrix,
  lightValue,
  product,
  normalise,
  toFloats,
  toRgba,
  warpHomography
} from "../../../../src/components/augment/index.js";
import type {Draw, Picture} from "../../../../src/components/augment/index.js";
import {farthest, pictureOf, small} from "./support.js";

const pictures = fc
  .record({width: fc.integer({min: 1, max: 9}), height: fc.integer({min: 1, max: 9}), seed: fc.nat()})
  .map(({width, height, seed}) =>
    pictureOf(height, width, (c, y, x) => ((seed + 37 * x + 91 * y + 53 * c) % 101) / 100)
  );
const squares = pictures.map(({width}) => small(width, width));
const unit = fc.double({min: 0, max: 1, noNaN: true});
const draws: fc.Arbitrary<Draw> = fc.record(
  {
    flip: fc.boolean(),
    dihedral: fc.integer({min: 0, max: 7}),
    degrees: fc.double({min: -180, max: 180, noNaN: true}),
    zoom: fc.double({min: 0.5, max: 2, noNaN: true}),
    zoomCenter: fc.tuple(unit, unit),
    warpX: fc.double({min: -0.3, max: 0.3, noNaN: true}),
    warpY: fc.double({min: -0.3, max: 0.3, noNaN: true}),
    brightness: fc.double({min: 0.3, max: 0.7, noNaN: true}),
    contrast: fc.double({min: 0.7, max: 1.4, noNaN: true})
  },
  {requiredKeys: []}
);

/** Bilinear resizing with aligned corners, written out anew. */
function plainResize(image: Picture, size: number): Picture {
  const at = (i: number, n: number) => {
    const t = size > 1 ? (i * (n - 1)) / (size - 1) : (n - 1) / 2;
    const low = Math.min(Math.floor(t), Math.max(n - 2, 0));
    return [low, Math.min(low + 1, n - 1), t - low] as const;
  };
  return pictureOf(size, size, (c, y, x) => {
    const [top, bottom, v] = at(y, image.height);
    const [left, right, u] = at(x, image.width);
    const value = (row: number, column: number) => image.data[(row * image.width + column) * 3 + c]!;
    return (
      (value(top, left) * (1 - u) + value(top, right) * u) * (1 - v) +
      (value(bottom, left) * (1 - u) + value(bottom, right) * u) * v
    );
  });
}

describe("geometry", () => {
  it("a neutral draw is a plain resize", () => {
    const neutral: Draw = {
      flip: false,
      dihedral: 0,
      degrees: 0,
      zoom: 1,
      zoomCenter: [0.2, 0.9],
      warpX: 0,
      warpY: 0,
      brightness: 0.5,
      contrast: 1
    };
    fc.assert(
      fc.property(pictures, fc.integer({min: 5, max: 12}), (image, size) => {
        const expected = plainResize(image, size).data;
        expect(farthest(augment(image, {}, {size}).data, expected)).toBeLessThan(1e-6);
        expect(farthest(augment(image, neutral, {size}).data, expected)).toBeLessThan(1e-6);
      })
    );
  });

  it("a neutral draw to less than half is a plain resize of the picture averaged first", () => {
    const image = small(23, 23);
    expect(farthest(augment(image, {}, {size: 8}).data, plainResize(areaResize(image, 16, 16), 8).data)).toBeLessThan(
      1e-6
    );
  });

  it("two flips change nothing", () => {
    fc.assert(
      fc.property(pictures, (image) => {
        const once = augment(image, {flip: true});
        expect(farthest(augment(once, {flip: true}).data, image.data)).toBeLessThan(1e-6);
        if (image.width > 2) expect(once.data).not.toEqual(image.data);
      })
    );
  });

  it("the poses of a square form a group of eight", () => {
    const key = (matrix: readonly number[]) => matrix.map((value) => value + 0).join(" ");
    const all = Array.from({length: 8}, (_, pose) => dihedralMatrix(pose));
    const keys = new Set(all.map(key));
    expect(keys.size).toBe(8);
    for (const a of all) {
      for (const b of all) expect(keys).toContain(key(product(a, b)));
      expect(all.filter((b) => key(product(a, b)) === key(all[0]!))).toHaveLength(1);
    }
  });

  it("two poses of a picture are one pose of it", () => {
    const image = small(5, 5);
    const seen = Array.from({length: 8}, (_, pose) => augment(image, {dihedral: pose}).data);
    for (const first of [1, 3, 6])
      for (let second = 0; second < 8; ++second) {
        const twice = augment(augment(image, {dihedral: first}), {dihedral: second}).data;
        expect(seen.filter((data) => farthest(data, twice) < 1e-6)).toHaveLength(1);
      }
  });

  it("a quarter turn is a pose, and a full turn is nothing", () => {
    fc.assert(
      fc.property(squares, (image) => {
        expect(farthest(augment(image, {degrees: 90}).data, augment(image, {dihedral: 5}).data)).toBeLessThan(1e-6);
        expect(farthest(augment(image, {degrees: 360}).data, image.data)).toBeLessThan(1e-6);
      })
    );
  });

  it("every draw stays within the values of the picture, and makes no NaN", () => {
    fc.assert(
      fc.property(pictures, draws, fc.integer({min: 1, max: 9}), (image, {brightness, contrast, ...draw}, size) => {
        const {data} = augment(image, draw, {size});
        const [low, high] = [Math.min(...image.data), Math.max(...image.data)];
        for (const value of data) expect(value >= low - 1e-6 && value <= high + 1e-6).toBe(true);
        for (const value of augment(image, {...draw, brightness, contrast}, {size}).data)
          expect(value >= 0 && value <= 1).toBe(true);
      })
    );
  });

  it("one augmenter gives what single calls give, and leaves the picture alone", () => {
    const image = small(21, 21);
    const before = image.data.slice();
    const apply = augmenter(image);
    fc.assert(
      fc.property(draws, fc.constantFrom(5, 8, 21), (draw, size) => {
        expect(apply(draw, {size}).data).toEqual(augment(image, draw, {size}).data);
      }),
      {numRuns: 30}
    );
    expect(image.data).toEqual(before);
  });

  it("no warp is no homography, and it is symmetric", () => {
    expect(warpHomography(0, 0).map((value) => value + 0)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const [, b, c, d, , f, g, h] = warpHomography(0.17, -0.08);
    expect([d, g, h]).toEqual([b, c, f]);
  });

  it("zooming keeps its window inside the picture", () => {
    fc.assert(
      fc.property(fc.double({min: 1, max: 5, noNaN: true}), unit, unit, (zoom, x, y) => {
        const matrix = affineMatrix({zoom, zoomCenter: [x, y]}, 460, 460);
        for (const row of [0, 3])
          expect(Math.abs(matrix[row]! + matrix[row + 1]!) + Math.abs(matrix[row + 2]!)).toBeLessThan(1 + 1e-9);
      })
    );
  });
});

describe("lighting", () => {
  const options = [fc.double({min: 0.05, max: 0.95, noNaN: true}), fc.double({min: 0.2, max: 5, noNaN: true})] as const;

  it("is monotone", () => {
    fc.assert(
      fc.property(unit, unit, ...options, (a, b, brightness, contrast) => {
        const [dark, bright] = [Math.min(a, b), Math.max(a, b)];
        expect(lightValue(dark, brightness, contrast)).toBeLessThanOrEqual(lightValue(bright, brightness, contrast));
      })
    );
    for (const contrast of [0.8, 1, 1.25])
      for (let i = 1; i <= 255; ++i)
        expect(lightValue(i / 255, 0.45, contrast)).toBeGreaterThan(lightValue((i - 1) / 255, 0.45, contrast));
  });

  it("rises with brightness, and contrast pivots on one half", () => {
    fc.assert(
      fc.property(fc.double({min: 0.01, max: 0.99, noNaN: true}), ...options, (x, brightness, contrast) => {
        expect(lightValue(x, brightness + 0.01)).toBeGreaterThan(lightValue(x, brightness));
        expect(lightValue(0.5, 0.5, contrast)).toBeCloseTo(0.5, 12);
      })
    );
  });

  it("leaves black black and white white, at every setting of fastai's range", () => {
    const image = pictureOf(2, 2, (_, y) => y);
    for (const brightness of [0.4, 0.5, 0.6])
      for (const contrast of [0.8, 1, 1.25]) {
        const {data} = augment(image, {brightness, contrast});
        expect(Math.max(...data.subarray(0, 6))).toBeLessThan(5e-6);
        expect(Math.min(...data.subarray(6))).toBeGreaterThan(1 - 5e-6);
      }
  });

  it("gives a large picture the same through its table, to 3e-6", () => {
    const ramp = pictureOf(100, 100, (c, y, x) => Math.min(1, (300 * y + 3 * x + c) / 29_999));
    fc.assert(
      fc.property(
        fc.double({min: 0.1, max: 0.9, noNaN: true}),
        fc.oneof(fc.constant(1), fc.double({min: 0.4, max: 2.5, noNaN: true})),
        (brightness, contrast) => {
          const expected = ramp.data.map((x) => lightValue(x, brightness, contrast));
          expect(farthest(augment(ramp, {brightness, contrast}).data, expected)).toBeLessThan(3e-6);
        }
      ),
      {numRuns: 40}
    );
  });

  it("matches the sigmoid of the logit as fastai writes it", () => {
    fc.assert(
      fc.property(fc.double({min: 1e-6, max: 1 - 1e-6, noNaN: true}), ...options, (x, brightness, contrast) => {
        const logit = (p: number) => Math.log(p / (1 - p));
        const expected = 1 / (1 + Math.exp(-(logit(x) + logit(brightness)) * contrast));
        expect(lightValue(x, brightness, contrast)).toBeCloseTo(expected, 9);
      })
    );
  });
});

describe("values", () => {
  it("normalisation is undone by its inverse", () => {
    fc.assert(
      fc.property(pictures, (image) => {
        expect(farthest(denormalise(normalise(image)).data, image.data)).toBeLessThan(1e-6);
      })
    );
    expect(
      [...normalise(pictureOf(1, 1, (c) => [0.485, 0.456, 0.406][c]!)).data].map((x) => Math.abs(x) < 1e-6)
    ).toEqual([true, true, true]);
  });

  it("bytes come back as they were, opaque", () => {
    const data = Uint8Array.from({length: 256 * 3}, (_, i) => Math.floor(i / 3));
    const rgba = toRgba(toFloats({data, width: 16, height: 16}));
    expect(rgba.filter((_, i) => i % 4 !== 3)).toEqual(new Uint8ClampedArray(data));
    expect(rgba.filter((_, i) => i % 4 === 3)).toEqual(new Uint8ClampedArray(256).fill(255));
  });
});
