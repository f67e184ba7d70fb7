import {describe, expect, it} from "vitest";
import {
  areaResize,
  augment,
  cut,
  dihedralMatrix,
  affineMatrix,
  fold,
  hiddenAreaStep,
  drawCrop,
  drawGrid,
  gridRange,
  itemResize,
  lightValue,
  normalise,
  project,
  coordinate,
  warpHomography
} from "../../../../src/components/augment/index.js";
import type {Draw, Picture} from "../../../../src/components/augment/index.js";
import {windows} from "../../../../src/components/augment/sampling.js";
import {channel, farthest, golden, large, pictureOf, pixel, small} from "./support.js";

interface SmallCase {
  in: [number, number, number];
  mat_used: number[][];
  H: number[][] | null;
  d_z_area: [number, number, boolean];
  channel0: number[][];
}
interface LargeCase {
  mat?: number[][];
  H?: number[][];
  d_z_area?: [number, number, boolean];
  area_size?: [number, number];
  px: Record<string, number[]>;
}
interface Reference {
  small: Record<string, SmallCase>;
  dihedral_mats: Record<string, number[][]>;
  "dihedral_effect_on_[[0,1,2],[3,4,5],[6,7,8]]/10": Record<string, number[][]>;
  rotate_sign: Record<string, number[][]>;
  reflect_n5: {t: number[]; idx: number[]};
  presizing: Record<string, LargeCase>;
  area_windows_460_to_448_first: number[][];
  max_abs_sampling_coordinate_default_settings: number;
  lighting: Record<string, number>;
  "rrc_gpu_460_min_scale_.75": {crop_side_min: number; crop_side_max: number; E_side: number; "P(area step)": number};
  pil: Record<string, number[] & number[][]>;
}
const reference = golden<Reference>("fastai-reference");
const tolerance = 1e-5;

const smallDraws: Record<string, {draw: Draw; size?: number}> = {
  identity_8_to_5: {draw: {}, size: 5},
  flip_8: {draw: {flip: true}},
  "rotate+10_8": {draw: {degrees: 10}},
  "zoom1.1_c.25_.75_8": {draw: {zoom: 1.1, zoomCenter: [0.25, 0.75]}},
  "warp_p.2_q-.1_8": {draw: {warpX: 0.2, warpY: -0.1}},
  all_8: {draw: {flip: true, degrees: 10, zoom: 1.1, zoomCenter: [0.25, 0.75], warpX: 0.2, warpY: -0.1}},
  "rotate+10_6x9(nonsquare)": {draw: {degrees: 10}},
  all_6x9_to_5x5: {
    draw: {flip: true, degrees: -7.5, zoom: 1.05, zoomCenter: [0.9, 0.1], warpX: -0.15, warpY: 0.05},
    size: 5
  }
};

describe("the small cases of fastai-reference.json", () => {
  it("covers all of them", () => expect(Object.keys(smallDraws)).toEqual(Object.keys(reference.small)));

  it.each(Object.entries(reference.small))("%s", (name, expected) => {
    const {draw, size} = smallDraws[name]!;
    const [, height, width] = expected.in;
    const image = small(height, width);
    expect(farthest(channel(augment(image, draw, {size})).flat(), expected.channel0.flat())).toBeLessThan(tolerance);
    expect(farthest(affineMatrix(draw, width, height).slice(0, 6), expected.mat_used.flat())).toBeLessThan(1e-6);
    if (expected.H) expect(farthest(warpHomography(draw.warpX!, draw.warpY!), expected.H.flat())).toBeLessThan(1e-6);
    const grid = drawGrid(draw, image, {width: size ?? width, height: size ?? height, alignCorners: true});
    const [min, max] = gridRange(grid);
    expect(2 / (max - min)).toBeCloseTo(expected.d_z_area[1], 5);
    expect(hiddenAreaStep(image, grid) !== null).toBe(expected.d_z_area[2]);
  });
});

describe("poses, signs and edges", () => {
  const nine = pictureOf(3, 3, (_, y, x) => (3 * y + x) / 10);

  it.each(Object.entries(reference.dihedral_mats))("pose %s has its matrix and its effect", (key, matrix) => {
    expect(dihedralMatrix(Number(key)).slice(0, 6)).toEqual(matrix.flat());
    const effect = reference["dihedral_effect_on_[[0,1,2],[3,4,5],[6,7,8]]/10"][key]!;
    expect(farthest(channel(augment(nine, {dihedral: Number(key)})).flat(), effect.flat())).toBeLessThan(tolerance);
  });

  it("turns clockwise for positive degrees", () => {
    const expected = reference.rotate_sign["theta=+90 on same 3x3"]!;
    expect(farthest(channel(augment(nine, {degrees: 90})).flat(), expected.flat())).toBeLessThan(tolerance);
  });

  it("reflects at the centres of the border pixels", () => {
    const {t, idx} = reference.reflect_n5;
    expect(t.map((position) => fold(position, 5, "reflection", true))).toEqual(idx);
  });

  it("averages the windows of 460 → 448", () => {
    const flat = reference.area_windows_460_to_448_first.flat();
    expect([...windows(460, 448)].slice(0, flat.length)).toEqual(flat);
  });

  it("stays within the stated excursion at default settings, and reaches it", () => {
    let most = 0;
    for (const flip of [false, true])
      for (const degrees of [-10, 10])
        for (const x of [0, 1])
          for (const y of [0, 1])
            for (const warpX of [-0.2, 0, 0.2])
              for (const warpY of [-0.2, 0, 0.2])
                for (const zoom of [1, 1.1]) {
                  const draw = {flip, degrees, zoom, zoomCenter: [x, y] as const, warpX, warpY};
                  const grid = drawGrid(draw, {width: 9, height: 9}, {width: 9, height: 9, alignCorners: true});
                  most = Math.max(most, ...gridRange(grid).map(Math.abs));
                }
    expect(most).toBeCloseTo(reference.max_abs_sampling_coordinate_default_settings, 4);
  });
});

describe("presizing a 460-pixel picture", () => {
  const image = large();
  const draw: Draw = {flip: true, degrees: 7.5, zoom: 1.07, zoomCenter: [0.3, 0.8], warpX: 0.12, warpY: -0.08};
  const lit: Draw = {...draw, brightness: 0.58, contrast: 1.15};
  const shrink = {size: 224};
  const pictures: Record<string, () => Picture> = {
    valid_path_460_to_224: () => augment(image, {}, shrink),
    "train_min_scale_1: draws flip=1 rot=7.5 zoom=1.07(.3,.8) warp=(.12,-.08), size=224": () =>
      augment(image, draw, shrink),
    "  + brightness .58, contrast 1.15": () => augment(image, lit, shrink),
    "  + ImageNet normalise": () => normalise(augment(image, lit, shrink)),
    "presized min_scale<1: same affine at 460->460, then crop 430 at (top=11,left=19) -> 224": () =>
      augment(image, {...draw, crop: {top: 11, left: 19, width: 430, height: 430}}, shrink),
    "presized: crop 455 at (0,0) -> 224 (area step fires)": () =>
      augment(image, {...draw, crop: {top: 0, left: 0, width: 455, height: 455}}, shrink)
  };

  it("covers all of them", () => expect(Object.keys(pictures)).toEqual(Object.keys(reference.presizing)));

  it.each(Object.entries(reference.presizing))("%s", (name, {px}) => {
    const result = pictures[name]!();
    expect([result.width, result.height]).toEqual([224, 224]);
    expect(Object.keys(px)).toHaveLength(7);
    for (const [at, expected] of Object.entries(px)) {
      const [y, x] = at.split(",").map(Number);
      expect(farthest(pixel(result, y!, x!), expected), at).toBeLessThan(tolerance);
    }
  });

  it("shrinks by area to 448 first, at the stated z", () => {
    const output = {width: 224, height: 224, alignCorners: true};
    for (const [key, expected] of Object.entries(reference.presizing)) {
      if (!expected.area_size || key.startsWith("presized")) continue;
      const grid = drawGrid(key.startsWith("valid") ? {} : draw, image, output);
      expect(hiddenAreaStep(image, grid)).toEqual(expected.area_size);
      const [min, max] = gridRange(grid);
      expect(2 / (max - min)).toBeCloseTo(expected.d_z_area![1], 6);
    }
  });

  it("sees the same at any step", () => {
    const full = augment(image, lit, shrink);
    const third = augment(image, lit, {...shrink, step: 3});
    expect([third.width, third.height]).toEqual([75, 75]);
    for (const [y, x] of [
      [0, 0],
      [10, 74],
      [74, 3]
    ] as const)
      expect(pixel(third, y, x)).toEqual(pixel(full, 3 * y, 3 * x));
  });

  it("cuts and shrinks as two steps would", () => {
    const turned = augment(image, draw);
    const window = cut(turned, {top: 0, left: 0, width: 455, height: 455});
    const both = augment(image, {...draw, crop: {top: 0, left: 0, width: 455, height: 455}}, shrink);
    expect(farthest(augment(areaResize(window, 448, 448), {}, shrink).data, both.data)).toBeLessThan(1e-6);
  });
});

describe("lighting", () => {
  it.each(Object.entries(reference.lighting))("%s", (name, expected) => {
    const [x, b, c] = name.match(/[\d.]+/g)!.map(Number);
    expect(Math.abs(lightValue(x!, b, c) - expected)).toBeLessThan(1e-6);
    const image = pictureOf(1, 1, () => x!);
    expect(Math.abs(augment(image, {brightness: b, contrast: c}).data[0]! - expected)).toBeLessThan(1e-6);
  });
});

it("draws the sides of RandomResizedCropGPU", () => {
  const expected = reference["rrc_gpu_460_min_scale_.75"];
  const count = 4000;
  const sides = Array.from({length: count}, (_, i) => {
    const numbers = [(i + 0.5) / count, 0.5, 0.5];
    return drawCrop(() => numbers.shift()!, {width: 460, height: 460}, 0.75).width;
  });
  expect(sides[0]).toBe(expected.crop_side_min);
  expect(sides.at(-1)).toBe(expected.crop_side_max);
  expect(sides.reduce((a, b) => a + b) / count).toBeCloseTo(expected.E_side, 1);
  expect(sides.filter((side) => side > 448).length / count).toBeCloseTo(expected["P(area step)"], 3);
});

it("resizes items as Pillow", () => {
  const floats = small(13, 11);
  const image = {...floats, data: Uint8Array.from(floats.data, (x) => Math.round(x * 255))};
  expect(channel(itemResize(image, {size: 16}))[0]).toEqual(reference.pil["to16 R row0"]);
  expect(channel(itemResize(image, {size: 16}))[7]).toEqual(reference.pil["to16 R row7"]);
  expect(channel(itemResize(image, {size: 5}))).toEqual(reference.pil["to5 (antialias) R"]);
});

it("projects the corners of the grid to the corners of a trapezium and back", () => {
  const matrix = warpHomography(0.2, -0.1);
  const corner = coordinate(7, 8, true);
  expect(corner).toBe(1);
  const [x, y] = project(matrix, 1 - 0.1, -1 + 0.2);
  expect(x).toBeCloseTo(1, 12);
  expect(y).toBeCloseTo(-1, 12);
});
