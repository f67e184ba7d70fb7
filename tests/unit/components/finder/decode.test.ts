import {expect, test} from "vitest";
import {CHANNELS, thingsIn} from "../../../../src/components/finder/decode.js";
import type {Maps} from "../../../../src/components/finder/decode.js";
import {DIRECTIONS} from "../../../../src/components/finder/star.js";
import {mapsOfDiscs} from "../../../fixtures/disc-maps.js";

/** Where the kinds' logits stand in a pixel of {@link mapsOfDiscs}. */
const kindsAt = ({data, width}: Maps, row: number, column: number) =>
  data.subarray((row * width + column) * CHANNELS + 1 + DIRECTIONS, (row * width + column + 1) * CHANNELS);

test("each disc is one thing, in pixels of the network's picture, with the outline that its surest pixel tells", () => {
  const things = thingsIn(
    mapsOfDiscs([
      {x: 14.5, y: 16.5, radius: 10, nearness: 0.8},
      {x: 50.5, y: 40.5, radius: 14, kind: "white"}
    ])
  );
  const [small, large] = things.sort((a, b) => a.x - b.x);
  expect(things).toHaveLength(2);
  expect(small).toMatchObject({x: 14.5, y: 16.5, kind: "red", certainty: expect.closeTo(0.8, 5)});
  expect(large).toMatchObject({x: 50.5, y: 40.5, kind: "white", certainty: expect.closeTo(0.95, 5)});
  for (const radius of small!.radii) expect(radius).toBeCloseTo(10, 3);
});

test("what is nowhere near enough to a centre is no thing, nor is a single pixel that others do not bear out", () => {
  expect(thingsIn(mapsOfDiscs([{x: 30.5, y: 30.5, radius: 12, nearness: 0.58}]))).toEqual([]);
  expect(thingsIn(mapsOfDiscs([{x: 30.5, y: 30.5, radius: 12, nearness: 0.62}]))).toHaveLength(1);
  const alone = mapsOfDiscs([{x: 30.5, y: 30.5, radius: 12}]);
  for (let place = 0; place < alone.width * alone.height; place++)
    if (place !== 15 * alone.width + 15) alone.data[place * CHANNELS] = -8;
  expect(thingsIn(alone)).toEqual([]);
});

test.each([28, 20, 12])("two discs of 24 pixels, %i apart, are two", (apart) => {
  const things = thingsIn(
    mapsOfDiscs([
      {x: 22.5, y: 30.5, radius: 12},
      {x: 22.5 + apart, y: 30.5, radius: 12}
    ])
  );
  expect(things.map(({x}) => x).sort((a, b) => a - b)).toEqual([22.5, 22.5 + apart]);
});

test("two under one top of nearness are two where the pixels on its sides tell two outlines", () => {
  const maps = mapsOfDiscs([
    {x: 24.5, y: 30.5, radius: 12},
    {x: 38.5, y: 30.5, radius: 12}
  ]);
  const plateau = Math.log(0.9 / 0.1);
  for (let row = 12; row <= 18; row++)
    for (let column = 12; column <= 19; column++)
      maps.data[(row * maps.width + column) * CHANNELS] = plateau - Math.hypot(row - 15, column - 15.5) / 10;
  expect(thingsIn(maps)).toHaveLength(2);
});

test("of two that all but cover one another one stays, and of one that two others cover together nothing is new", () => {
  const inside = mapsOfDiscs([
    {x: 30.5, y: 30.5, radius: 14, nearness: 0.7},
    {x: 33.5, y: 30.5, radius: 9}
  ]);
  expect(thingsIn(inside)).toHaveLength(1);
  const three = (across: number) =>
    mapsOfDiscs([
      {x: 36.5 - across, y: 30.5, radius: 12},
      {x: 36.5 + across, y: 30.5, radius: 12},
      {x: 36.5, y: 30.5, radius: 12, nearness: 0.8}
    ]);
  expect(thingsIn(three(7))).toHaveLength(2);
  expect(thingsIn(three(14))).toHaveLength(3);
});

test("what might be a red cell is one: another kind must be surer by far, and clumps are not told by the network", () => {
  const maps = mapsOfDiscs([{x: 30.5, y: 30.5, radius: 12, kind: "clump"}]);
  expect(thingsIn(maps)).toMatchObject([{kind: "red"}]);
  const kinds = kindsAt(maps, 15, 15);
  kinds.set([2, 3, -8, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "red"}]);
  kinds.set([2, 4, -8, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "white"}]);
  kinds.set([2, -8, 4, -8]);
  expect(thingsIn(maps)).toMatchObject([{kind: "platelet"}]);
});
