import {beforeAll, describe, expect, test} from "vitest";
import {convolution, turnedConvolution, turnFilter} from "../../../../src/components/kernels/convolution.js";
import type {Pass} from "../../../../src/components/kernels/convolution.js";
import {createMachine, takeMaps} from "../../../../src/components/kernels/machine.js";
import type {StartKernels} from "../../../../src/components/kernels/machine.js";
import type {Convolution} from "../../../../src/components/kernels/plan.js";
import {random} from "../../../../src/components/metrics/index.js";
import {kernelStarter} from "./start.js";

let start: StartKernels;
beforeAll(async () => {
  ({start} = await kernelStarter());
});

interface Case {
  size: number;
  stride: number;
  padding: number;
  /** Of the input. */
  side: number;
}
const CELLS = 2;
const [DEPTH, COLUMNS] = [8, 16];
const outputSide = ({size, stride, padding, side}: Case) => Math.floor((side + 2 * padding - size) / stride) + 1;
const values = (length: number, seed: number) => {
  const uniform = random(seed);
  return Float32Array.from({length}, () => uniform() * 2 - 1);
};

/** Lays out one way through a convolution, writes what it needs and computes it. */
function compute(
  lay: typeof convolution,
  filter: {shape: number[]; values: Float32Array},
  {size, stride, padding}: Case,
  {
    from,
    to,
    channels,
    residual,
    mask,
    inPlace = false,
    bias,
    rectify = false
  }: {
    from: Float32Array;
    to: number;
    channels: [source: number, target: number];
    residual?: Float32Array;
    mask?: Float32Array;
    inPlace?: boolean;
    bias?: Float32Array;
    rectify?: boolean;
  }
): Float32Array {
  const machine = createMachine(start, CELLS);
  const source = takeMaps(machine, Math.sqrt(from.length / CELLS / channels[0]), channels[0]);
  const target = takeMaps(machine, to, channels[1]);
  const length = CELLS * to * to * channels[1];
  const at = (data: Float32Array | undefined, address = machine.layout.take(length)) => {
    if (data) machine.prepare(() => machine.floats.set(data, address / 4));
    return data ? address : 0;
  };
  // What lies there before must not matter.
  machine.prepare(() => machine.floats.fill(7, target.address / 4, target.address / 4 + length));
  const pass: Pass = {
    source,
    target,
    bias: at(bias),
    rectify,
    mask: at(mask),
    residual: at(residual, inPlace ? target.address : undefined)
  };
  at(from, source.address);
  const step = {kind: "convolution", size, stride, padding} as Convolution;
  const run = lay(machine, step, {shape: filter.shape, values: () => filter.values}, pass);
  machine.ready();
  run(CELLS);
  return machine.floats.slice(target.address / 4, target.address / 4 + length);
}

/** The convolution as its definition has it, in double precision. */
function plainly(filter: {shape: number[]; values: Float32Array}, own: Case, from: ArrayLike<number>): Float64Array {
  const {size, stride, padding, side} = own;
  const to = outputSide(own);
  const [, , depth, columns] = filter.shape as [number, number, number, number];
  const out = new Float64Array(CELLS * to * to * columns);
  for (let n = 0; n < out.length; n++) {
    const [column, place] = [n % columns, Math.floor(n / columns)];
    const [x, y, cell] = [place % to, Math.floor(place / to) % to, Math.floor(place / (to * to))];
    for (let tap = 0; tap < size * size; tap++) {
      const [row, line] = [y * stride + Math.floor(tap / size) - padding, x * stride + (tap % size) - padding];
      if (row < 0 || line < 0 || row >= side || line >= side) continue;
      for (let k = 0; k < depth; k++) {
        const weight = filter.values[(tap * depth + k) * columns + column]!;
        out[n]! += weight * from[((cell * side + row) * side + line) * depth + k]!;
      }
    }
  }
  return out;
}

const CASES: [name: string, own: Case][] = [
  ["3×3 by Winograd", {size: 3, stride: 1, padding: 1, side: 6}],
  ["3×3 by Winograd, last tiles over the edge", {size: 3, stride: 1, padding: 1, side: 8}],
  ["3×3 on small maps", {size: 3, stride: 1, padding: 1, side: 3}],
  ["3×3 in steps of two", {size: 3, stride: 2, padding: 1, side: 6}],
  ["3×3 in steps of two, odd side", {size: 3, stride: 2, padding: 1, side: 7}],
  ["1×1 in steps of two", {size: 1, stride: 2, padding: 0, side: 6}]
];

describe.each(CASES)("%s", (_, own) => {
  const {size, side} = own;
  const to = outputSide(own);
  const filter = {shape: [size, size, DEPTH, COLUMNS], values: values(size * size * DEPTH * COLUMNS, 1)};
  const input = values(CELLS * side * side * DEPTH, 2);
  const seed = values(CELLS * to * to * COLUMNS, 3);
  const back = {from: seed, to: side, channels: [COLUMNS, DEPTH] as [number, number]};

  test("is the convolution, with bias, residual and ReLU", () => {
    const [bias, residual] = [values(COLUMNS, 4), values(seed.length, 5)];
    const forward = {from: input, to, channels: [DEPTH, COLUMNS] as [number, number]};
    const found = compute(convolution, filter, own, {...forward, bias, residual, rectify: true});
    plainly(filter, own, input).forEach((value, n) =>
      expect(found[n]).toBeCloseTo(Math.max(0, value + bias[n % COLUMNS]! + residual[n]!), 4)
    );
  });

  test("its way back gives the derivative that small steps in the input give", () => {
    const found = compute(turnedConvolution, filter, own, back);
    const loss = (from: Float64Array) =>
      plainly(filter, own, from).reduce((sum, value, n) => sum + value * seed[n]!, 0);
    for (let n = 1; n < input.length; n += 37) {
      const [up, down] = [Float64Array.from(input), Float64Array.from(input)];
      up[n]! += 1e-3;
      down[n]! -= 1e-3;
      expect(found[n]).toBeCloseTo((loss(up) - loss(down)) / 2e-3, 4);
    }
  });

  test.each([false, true])("another gradient is added and a ReLU passed; in place: %s", (inPlace) => {
    const [residual, mask] = [values(input.length, 6), values(input.length, 7)];
    mask.fill(0, 0, 5);
    const alone = compute(turnedConvolution, filter, own, back);
    const found = compute(turnedConvolution, filter, own, {...back, residual, mask, inPlace});
    found.forEach((value, n) => expect(value).toBeCloseTo(mask[n]! > 0 ? alone[n]! + residual[n]! : 0, 5));
  });
});

test("worked by hand: the gradient of one output lies on the input as the filter does, clipped at the edge", () => {
  const own = {size: 3, stride: 1, padding: 1, side: 3};
  const filter = {shape: [3, 3, 8, 8], values: new Float32Array(9 * 64)};
  for (let tap = 0; tap < 9; tap++) filter.values[tap * 64] = tap + 1;
  const back = (place: number) => {
    const seed = new Float32Array(CELLS * 9 * 8);
    seed[place * 8] = 1;
    const all = compute(turnedConvolution, filter, own, {from: seed, to: 3, channels: [8, 8]});
    return Array.from({length: 9}, (_, n) => all[n * 8]);
  };
  expect(back(4)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(back(0)).toEqual([5, 6, 0, 8, 9, 0, 0, 0, 0]);
  expect(back(5)).toEqual([0, 1, 2, 0, 4, 5, 0, 7, 8]);
});

test("worked by hand: in steps of two, only the places that were read get a gradient", () => {
  const own = {size: 1, stride: 2, padding: 0, side: 4};
  const filter = {shape: [1, 1, 8, 8], values: new Float32Array(64)};
  filter.values[0] = 3;
  const seed = new Float32Array(CELLS * 4 * 8).map((_, n) => (n % 8 === 0 && n < 32 ? 1 + n / 8 : 0));
  const all = compute(turnedConvolution, filter, own, {from: seed, to: 4, channels: [8, 8]});
  expect(Array.from({length: 16}, (_, n) => all[n * 8])).toEqual([3, 0, 6, 0, 0, 0, 0, 0, 9, 0, 12, 0, 0, 0, 0, 0]);
});

test("refuses channels that it cannot take, and filters that leave places out", () => {
  const lay = (columns: number, own: Case) => () =>
    compute(
      convolution,
      {shape: [own.size, own.size, 8, columns], values: new Float32Array(own.size ** 2 * 8 * columns)},
      own,
      {
        from: new Float32Array(CELLS * own.side ** 2 * 8),
        to: outputSide(own),
        channels: [8, columns]
      }
    );
  expect(lay(12, {size: 3, stride: 1, padding: 1, side: 3})).toThrow("multiples of eight");
  expect(lay(8, {size: 3, stride: 1, padding: 3, side: 3})).toThrow("leaves places out");
});

test("turns the places of a filter and exchanges its channels", () => {
  // Two by two places of 1 → 3 channels; the hundreds are the place, the ones the channel.
  const filter = [1, 2, 3, 101, 102, 103, 201, 202, 203, 301, 302, 303];
  expect([...turnFilter(filter, [2, 2, 1, 3])]).toEqual([301, 302, 303, 201, 202, 203, 101, 102, 103, 1, 2, 3]);
  // One place of 2 → 2 channels becomes its transpose, and twice is the filter again.
  expect([...turnFilter([1, 2, 3, 4], [1, 1, 2, 2])]).toEqual([1, 3, 2, 4]);
  expect([...turnFilter(turnFilter(filter, [2, 2, 1, 3]), [2, 2, 3, 1])]).toEqual(filter);
});
