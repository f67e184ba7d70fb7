import {expect, test} from "vitest";
import {createPace, describeDuration} from "../../../../src/components/classifier/pace.js";

test("says nothing until enough is done, then how long the rest takes at the pace so far", () => {
  let time = 0;
  const pace = createPace(() => time);
  expect(pace.tell(10, 990)).toBe("");
  time = 10_000;
  expect(pace.tell(15, 985)).toBe("");
  expect(pace.tell(60, 600)).toBe("About 2 minutes left.");
  time = 20_000;
  expect(pace.tell(110, 6000)).toBe("About 20 minutes left.");
  expect(pace.tell(110, 0)).toBe("");
  expect(pace.tell(110, 500)).toBe("");
});

test("a pause does not count, nor do files that are gone", () => {
  let time = 0;
  const pace = createPace(() => time);
  pace.tell(0, 1000);
  time = 1_000_000;
  pace.forget();
  pace.tell(100, 900);
  time += 10_000;
  expect(pace.tell(200, 800)).toBe("About 1 minute left.");
  expect(pace.tell(5, 800)).toBe("");
});

test("durations are said as people say them", () => {
  expect([1, 59, 61, 89 * 60, 91 * 60, 7300].map((seconds) => describeDuration(seconds * 1000))).toEqual([
    "Less than a minute",
    "Less than a minute",
    "About 1 minute",
    "About 89 minutes",
    "About 2 hours",
    "About 2 hours"
  ]);
});
