import {expect, test} from "vitest";
import {CHANNELS, NETWORK_KINDS, thingsIn} from "../../../../src/components/finder/decode.js";
import {DIRECTIONS} from "../../../../src/components/finder/star.js";

/** Maps of 40 × 30 in which nothing lies but these things, by column and row, each of a radius in the picture's pixels. */
function mapsWith(
  ...things: {column: number; row: number; logit: number; radius: number; kind?: (typeof NETWORK_KINDS)[number]}[]
) {
  const [width, height] = [40, 30];
  const data = new Float32Array(width * height * CHANNELS).fill(-8);
  for (const {column, row, logit, radius, kind = "red"} of things) {
    const from = (row * width + column) * CHANNELS;
    data[from] = logit;
    data.fill(radius / 14, from + 1, from + 1 + DIRECTIONS);
    data[from + 1 + DIRECTIONS + NETWORK_KINDS.indexOf(kind)] = 5;
  }
  return {data, width, height};
}

test("finds what stands out, surest first, in pixels of the network's picture", () => {
  const [first, second, ...rest] = thingsIn(
    mapsWith({column: 5, row: 6, logit: 1, radius: 8}, {column: 25, row: 20, logit: 2, radius: 10, kind: "white"})
  );
  expect(rest).toEqual([]);
  expect(first).toMatchObject({x: 50.5, y: 40.5, kind: "white", certainty: expect.closeTo(0.881, 3)});
  expect(second).toMatchObject({x: 10.5, y: 12.5, kind: "red"});
  expect(second!.radii[7]).toBeCloseTo(8, 5);
});

test("what is less near to a centre than it must be is no thing", () => {
  const maps = mapsWith({column: 5, row: 6, logit: -0.5, radius: 8});
  expect(thingsIn(maps)).toEqual([]);
  expect(thingsIn(maps, {least: 0.3})).toHaveLength(1);
});

test("of neighbours only the top counts, of two that cover each other the surer, of equals the first", () => {
  const neighbours = mapsWith({column: 5, row: 6, logit: 2, radius: 8}, {column: 6, row: 6, logit: 1, radius: 8});
  expect(thingsIn(neighbours)).toMatchObject([{x: 10.5}]);
  const covering = mapsWith({column: 5, row: 6, logit: 1, radius: 8}, {column: 7, row: 6, logit: 2, radius: 8});
  expect(thingsIn(covering)).toMatchObject([{x: 14.5}]);
  const equal = mapsWith({column: 5, row: 6, logit: 2, radius: 8}, {column: 6, row: 6, logit: 2, radius: 8});
  expect(thingsIn(equal)).toMatchObject([{x: 10.5}]);
});

test("what might be a red cell is one: another kind must be surer by far, and clumps are not told by the network", () => {
  const maps = mapsWith({column: 5, row: 6, logit: 2, radius: 8, kind: "clump"});
  expect(thingsIn(maps)).toMatchObject([{kind: "red"}]);
  const kinds = maps.data.subarray((6 * 40 + 5) * CHANNELS + 1 + DIRECTIONS);
  kinds.set([2, 3, -8, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "red"}]);
  kinds.set([2, 4, -8, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "white"}]);
  kinds.set([2, -8, 4, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "platelet"}]);
});

test.each([12, 8])("two that only touch, or cover half of each other, both stay (%i)", (column) => {
  const both = mapsWith({column: 5, row: 6, logit: 1, radius: 8}, {column, row: 6, logit: 2, radius: 8});
  expect(thingsIn(both)).toHaveLength(2);
});
