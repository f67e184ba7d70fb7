import {expect, it} from "vitest";
import {drawStain, stain} from "../../../../src/components/augment/stain.js";
import {small} from "./support.js";

const grey = {data: Float32Array.of(0, 0, 0, 0.4, 0.4, 0.4, 0.8, 0.3, 0.5), width: 3, height: 1};

it("is as in the training: the formula of models/training/augmentation.py", () => {
  // stain(tensor([[[[.8]], [[.3]], [[.5]]]]), hue .3, saturation 1.2, gain (1.1, .9, 1)) in NumPy.
  const {data} = stain(grey, {hue: 0.3, saturation: 1.2, gain: [1.1, 0.9, 1]});
  const expected = [0.926777, 0.213686, 0.710654];
  [...data].slice(6).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
});

it("leaves black black and grey grey, whatever the hue and the saturation", () => {
  const {data} = stain(grey, {hue: 1, saturation: 2});
  expect([...data].slice(0, 3)).toEqual([0, 0, 0]);
  for (const value of [...data].slice(3, 6)) expect(value).toBeCloseTo(0.4, 3);
});

it("changes nothing where it is neutral, is undone by its opposite, and stays in 0…1", () => {
  const picture = small(6, 5);
  expect(stain(picture, {})).toBe(picture);
  const pale = {...picture, data: picture.data.map((value) => 0.4 + 0.2 * value)};
  const back = stain(stain(pale, {hue: 0.2, saturation: 1.1}), {hue: -0.2, saturation: 1 / 1.1});
  back.data.forEach((value, i) => expect(value).toBeCloseTo(pale.data[i]!, 5));
  const strong = stain(picture, {saturation: 9, gain: [9, 9, 9]}).data;
  expect(Math.max(...strong)).toBeLessThanOrEqual(1);
  expect(Math.min(...strong)).toBeGreaterThanOrEqual(0);
});

it("draws each of the three by its own gate, in the same order whatever the options", () => {
  let state = 1;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const options = {pStain: 0.5, maxHue: 0.4, maxSaturation: 0.4, maxGain: 0.2};
  const drawn = Array.from({length: 4000}, () => drawStain(random, options));
  for (const name of ["hue", "saturation", "gain"] as const) {
    const share = drawn.filter((one) => one[name] !== undefined).length / drawn.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
  }
  const both = drawn.filter(({hue, gain}) => hue !== undefined && gain !== undefined).length / drawn.length;
  expect(Math.abs(both - 0.25)).toBeLessThan(0.05);
  for (const {hue = 0, saturation = 1} of drawn) {
    expect(Math.abs(hue)).toBeLessThanOrEqual(0.4);
    expect(Math.abs(Math.log(saturation))).toBeLessThanOrEqual(0.4 + 1e-12);
  }
  const after = (maxHue: number) => {
    state = 7;
    return drawStain(random, {...options, maxHue, pStain: 1}).gain;
  };
  expect(after(0)).toEqual(after(0.4));
  expect(() => drawStain(random, {pStain: 2})).toThrow(/^pStain /);
});
