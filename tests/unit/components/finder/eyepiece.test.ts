import {expect, test} from "vitest";
import {leaveOut, roundView, withinView} from "../../../../src/components/finder/eyepiece.js";
import {disc, drawnField, painted} from "../smear/drawn.js";

const round = (x: number, y: number, radius: number) => (u: number, v: number) =>
  Math.hypot(u + 0.5 - x, v + 0.5 - y) < radius ? 220 : 15;

test.each([
  ["in the middle", 320, 240, 200],
  ["cut off above and below", 320, 240, 300],
  ["off the middle", 300, 230, 210]
])("a round view %s is found", (_, x, y, radius) => {
  const circle = roundView(painted(640, 480, round(x, y, radius)))!;
  expect(Math.hypot(circle.x - x, circle.y - y)).toBeLessThan(8);
  expect(Math.abs(circle.radius - radius)).toBeLessThan(8);
});

test("a large picture's is found as well", () => {
  const circle = roundView(painted(3000, 2000, round(1500, 1000, 900)))!;
  expect(Math.abs(circle.radius - 900)).toBeLessThan(30);
});

test.each([
  ["an even picture", painted(640, 480, () => 220)],
  ["a dark one", painted(640, 480, () => 10)],
  ["one whose corners are shaded a little", painted(640, 480, (x, y) => 220 - 0.3 * Math.hypot(x - 320, y - 240))],
  ["a bright rectangle on black", painted(640, 480, (x, y) => (x > 100 && x < 540 && y > 80 && y < 400 ? 220 : 0))],
  ["one with three dark corners", painted(640, 480, (x, y) => (x < 320 && y < 240 ? 220 : round(320, 240, 230)(x, y)))],
  ["a field of cells", drawnField().picture]
])("%s has none", (_, picture) => {
  expect(roundView(picture)).toBeNull();
});

test("what is dark around it gets the ground's colour, and nothing else changes", () => {
  const picture = painted(640, 480, round(320, 240, 200));
  const before = picture.data.slice();
  leaveOut(picture, roundView(picture)!);
  const valueAt = (x: number, y: number) => picture.data[(y * 640 + x) * 3];
  expect([valueAt(0, 0), valueAt(639, 479), valueAt(320, 20)]).toEqual([220, 220, 220]);
  for (let y = 60; y < 420; y += 7) {
    for (let x = 0; x < 640; x++) {
      if (Math.hypot(x - 320, y - 240) < 190) expect(valueAt(x, y)).toBe(before[(y * 640 + x) * 3]);
    }
  }
});

test("a cell that its edge cuts is cut off, and one outside is none", () => {
  const circle = {x: 300, y: 300, radius: 200};
  const kinds = withinView([disc(300, 300, 60), disc(480, 300, 60), disc(540, 300, 60)], circle).map(({kind}) => kind);
  expect(kinds).toEqual(["red", "cut"]);
});
