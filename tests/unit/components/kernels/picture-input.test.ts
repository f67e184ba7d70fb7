import {expect, test} from "vitest";
import type {Machine} from "../../../../src/components/kernels/machine.js";
import {SIDE, pictureInput} from "../../../../src/components/kernels/picture-input.js";

const ADDRESS = 64;

function written(side: number, value: (x: number, y: number, channel: number) => number, count = 1) {
  const border = 2;
  const outer = side + 2 * border;
  const floats = new Float32Array(ADDRESS / 4 + count * outer * outer * 3);
  const frame = {address: ADDRESS, side, channels: 3, border};
  const write = pictureInput({floats} as unknown as Machine, frame, {mean: [0.5, 0, 0], factor: [2, 1, 1]});
  const cells = Float32Array.from({length: count * SIDE * SIDE * 3}, (_, n) => {
    const place = Math.floor(n / 3) % (SIDE * SIDE);
    return value(place % SIDE, Math.floor(place / SIDE), n % 3) + Math.floor(n / (SIDE * SIDE * 3));
  });
  write(cells, count);
  return (cell: number, x: number, y: number, channel: number) =>
    floats[ADDRESS / 4 + ((cell * outer + y + border) * outer + x + border) * 3 + channel];
}

test("cells of the network's own size are written as they are, normalised, within their border", () => {
  const at = written(SIDE, (x, y, channel) => x + 100 * y + 0.25 * channel, 2);
  expect(at(0, 3, 7, 0)).toBe((703 - 0.5) * 2);
  expect(at(0, 3, 7, 1)).toBe(703.25);
  expect(at(1, 49, 49, 2)).toBe(4949.5 + 1);
  expect(at(0, -1, 5, 0)).toBe(0);
  expect(at(0, 50, 5, 1)).toBe(0);
});

test("for a larger network they are enlarged, corners on corners and even between", () => {
  const at = written(99, (x, y) => x + 100 * y);
  expect(at(0, 0, 0, 1)).toBe(0);
  expect(at(0, 98, 98, 1)).toBeCloseTo(4949, 3);
  expect(at(0, 6, 14, 1)).toBeCloseTo(703, 3);
  expect(at(0, 7, 15, 1)).toBeCloseTo(753.5, 3);
  expect(at(0, 7, 15, 0)).toBeCloseTo((753.5 - 0.5) * 2, 3);
});
