import * as d3 from "d3";
import {expect, it} from "vitest";
import {augment, augmenter, drawAugmentation, toRgba} from "../../../../src/components/augment/index.js";
import {large} from "./support.js";

/** Least processor time of 31 calls in milliseconds: whatever else a machine does can only add to it. */
function milliseconds(call: (round: number) => unknown): number {
  for (let round = 0; round < 15; ++round) call(round);
  const times = Array.from({length: 31}, (_, round) => {
    const start = process.cpuUsage();
    call(round);
    const {user, system} = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return d3.min(times)!;
}

const image = large();
const random = d3.randomLcg(8);
const draws = Array.from({length: 31}, () => ({...drawAugmentation(random), brightness: 0.45, contrast: 1.1}));

it("takes one cell from 460 to 224 in 15 ms", () => {
  expect(milliseconds((round) => augment(image, draws[round]!, {size: 224}))).toBeLessThan(15);
});

it("makes a frame of 12 draws, every second pixel, in 33 ms", () => {
  const apply = augmenter(image);
  const frame = (round: number) =>
    Array.from({length: 12}, (_, i) => toRgba(apply(draws[(round + i) % 31]!, {size: 224, step: 2})));
  expect(milliseconds(frame)).toBeLessThan(33);
});
