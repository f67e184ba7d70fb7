import * as d3 from "d3";
import {expect, it} from "vitest";
import {augment, augmenter, drawBatch, toRgba} from "../../../../src/components/augment/index.js";
import {large} from "./support.js";

const image = large();
const random = d3.randomLcg(8);
const draws = Array.from({length: 31}, () => ({...drawBatch(random, 1)[0]!, brightness: 0.45, contrast: 1.1}));

/** The least that a new picture of 224² asks for: four values read, weighed and lit by a power, for each of its values. */
function plain({data, width}: typeof image): Float32Array {
  const out = new Float32Array(224 * 224 * 3);
  for (let n = 0; n < out.length; ++n) {
    const at = (2 * Math.floor(n / 672) * width + 2 * (Math.floor(n / 3) % 224)) * 3 + (n % 3);
    const mean = (data[at]! + data[at + 3]! + data[at + width * 3]! + data[at + width * 3 + 3]!) / 4;
    out[n] = 1 / (1 + ((1 - mean) / mean) ** 1.1);
  }
  return out;
}

/**
 * How many times the processor's work of {@link plain} a call takes: the least of 15 turns each, by turns, since whatever
 * else a machine does can only add to either.
 */
function worth(call: (round: number) => unknown): number {
  const timed = (work: () => unknown) => {
    const {user, system} = process.cpuUsage();
    const before = user + system;
    work();
    const after = process.cpuUsage();
    return after.user + after.system - before;
  };
  for (let round = 0; round < 5; ++round) [call, () => plain(image)].forEach((work) => work(round));
  const rounds = d3.range(15).map((round) => [timed(() => call(round)), timed(() => plain(image))] as const);
  return d3.min(rounds, ([own]) => own)! / d3.min(rounds, ([, least]) => least)!;
}

it("takes one cell from 460 to 224 for a few times the least that it can take", () => {
  expect(worth((round) => augment(image, draws[round]!, {size: 224}))).toBeLessThan(3);
});

it("makes a frame of 12 draws, every second pixel, for a few times the least of as many pixels", () => {
  const apply = augmenter(image);
  const frame = (round: number) =>
    d3.range(12).map((i) => toRgba(apply(draws[(round + i) % 31]!, {size: 224, step: 2})));
  expect(worth(frame)).toBeLessThan(6);
});
