import {expect, test} from "vitest";
import {contrastOf, resizeByArea, toNetworkPicture} from "../../../../src/components/finder/network-picture.js";

const picture = (width: number, height: number, value: (x: number, y: number) => number) => ({
  data: Uint8ClampedArray.from({length: width * height * 3}, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % width, Math.floor(pixel / width));
  }),
  width,
  height,
  channels: 3 as const
});

test("a smaller picture's pixels are means of the areas that they stand for", () => {
  const small = resizeByArea(
    picture(4, 2, (x) => x * 10),
    2,
    1
  );
  expect([...small.data]).toEqual([5, 5, 5, 25, 25, 25]);
  const thirds = resizeByArea(
    picture(3, 1, (x) => [0, 90, 180][x]!),
    2,
    1
  );
  expect([...thirds.data.filter((_, at) => at % 3 === 0)]).toEqual([30, 150]);
});

test("a larger picture repeats pixels", () => {
  const large = resizeByArea(
    picture(2, 1, (x) => x * 100),
    4,
    1
  );
  expect([...large.data.filter((_, at) => at % 3 === 0)]).toEqual([0, 0, 100, 100]);
});

test("contrast is stretched between a channel's quantiles, which are far enough apart", () => {
  const ramp = picture(100, 1, (x) => x + 50);
  expect(contrastOf(ramp)).toEqual([
    [50, 147],
    [50, 147],
    [50, 147]
  ]);
  const {data, width, height} = toNetworkPicture(ramp, contrastOf(ramp));
  expect([width, height]).toEqual([112, 16]);
  expect(data[0]).toBe(0);
  expect(data[97 * 3]).toBe(1);
  expect(data[105 * 3]).toBe(0);
  const flat = picture(10, 10, () => 128);
  expect(toNetworkPicture(flat, contrastOf(flat)).data[0]).toBe(1);
  const faint = picture(10, 10, (x) => 100 + (x > 5 ? 12 : 0));
  expect(toNetworkPicture(faint, contrastOf(faint)).data[0]).toBe(0.5);
});
