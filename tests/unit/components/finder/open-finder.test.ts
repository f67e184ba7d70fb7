import {expect, test, vi} from "vitest";
import {finderOn} from "../../../../src/components/finder/open-finder.js";
import {shade} from "./support.js";

test("a field's ground is told once for all its cells", () => {
  const picture = shade(200, [{x: 60, y: 60, radius: 25}]);
  const finder = finderOn({run: async () => new Float32Array(), dispose: vi.fn()}, "cpu");
  const cell = {
    ...({kind: "red", x: 60, y: 60, width: 50, height: 50, certainty: 1} as const),
    outline: Float32Array.of(35, 35, 85, 35, 85, 85, 35, 85)
  };
  const first = finder.cut(picture, cell);
  expect(first).toHaveLength(7500);
  expect(finder.cut(picture, cell)).toEqual(first);
});
