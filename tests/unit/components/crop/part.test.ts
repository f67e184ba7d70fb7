import {expect, test} from "vitest";
import {partOf, stepOf} from "../../../../src/components/crop/part.js";

const picture = {x: 100, y: 50, width: 400, height: 200};

test("a box on the screen is a part of the picture below it, cut off at its rim", () => {
  expect(partOf({x: 200, y: 100, width: 100, height: 100}, picture)).toEqual({
    x: 0.25,
    y: 0.25,
    width: 0.25,
    height: 0.5
  });
  expect(partOf({x: 0, y: 0, width: 200, height: 100}, picture)).toEqual({x: 0, y: 0, width: 0.25, height: 0.25});
  expect(partOf({x: 450, y: 200, width: 900, height: 900}, picture)).toEqual({
    x: 0.875,
    y: 0.75,
    width: 0.125,
    height: 0.25
  });
});

test("a box beside the picture, and one without size, mark nothing", () => {
  expect(partOf({x: 0, y: 0, width: 90, height: 40}, picture)).toBeNull();
  expect(partOf({x: 200, y: 100, width: 0, height: 0}, picture)).toBeNull();
});

test("arrow keys move, plus and minus size, with Shift farther; other keys do nothing", () => {
  const key = (name: string, shiftKey = false) => stepOf({key: name, shiftKey});
  expect(key("ArrowLeft")).toEqual({x: -0.05, y: 0, grow: 0});
  expect(key("ArrowDown", true)).toEqual({x: 0, y: 0.25, grow: 0});
  expect(key("+")!.grow).toBeGreaterThan(0);
  expect(key("-")!.grow).toBeLessThan(0);
  for (const other of ["Tab", "Enter", "Escape", "a"]) expect(key(other)).toBeNull();
});
