import {expect, test} from "vitest";
import {createStops} from "../../../../src/components/classifier/stops.js";

test("a backend is started anew once, given up the second time, and forgiven after ten minutes", () => {
  let time = 0;
  const stops = createStops(() => time);
  stops.add("webgl");
  expect(stops.allows("webgl")).toBe(true);
  expect(stops.sentences()).toEqual(["WebGL stopped and was started anew."]);
  time = 599_999;
  stops.add("webgl");
  expect([stops.allows("webgl"), stops.allows("wasm")]).toEqual([false, true]);
  expect(stops.sentences()).toEqual(["WebGL stopped twice, so it is not used for now."]);
  time = 600_000;
  expect(stops.allows("webgl")).toBe(true);
  stops.add("webgl");
  stops.forget();
  expect([stops.allows("webgl"), stops.sentences()]).toEqual([true, []]);
});
