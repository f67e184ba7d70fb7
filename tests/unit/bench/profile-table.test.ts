import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {replacePart} from "../../../models/readme-part.js";
import {partsOf, profileTable, rateOf} from "../../bench/profile-table.js";
import type {ProfileReport} from "../../bench/profile-table.js";

const stored: ProfileReport = JSON.parse(readFileSync("tests/bench/profile.json", "utf8"));

const times = {
  milliseconds: 10,
  kernels: {
    multiplyPlanes: {milliseconds: 4, products: 60e6},
    multiply: {milliseconds: 1, products: 15e6},
    transformInput: {milliseconds: 2, products: 0},
    transformOutput: {milliseconds: 0.5, products: 0},
    finish: {milliseconds: 0.25, products: 0}
  }
};

test("parts are summed by what kernels do, and the rest is JavaScript's", () => {
  expect(partsOf(times)).toEqual([4, 2.5, 1, 0.25, 2.25]);
});

test("the rate is that of the kernels that multiply", () => {
  expect(rateOf(times)).toBe(15);
});

test("the table has a column a network and number of threads, and shares of its time", () => {
  const table = profileTable({...stored, profiles: [{...times, model: "student", threads: 2}]}).split("\n");
  expect(table[0]).toBe("| ms a cell | student, 2 threads |");
  expect(table[2]).toBe("| products of 3×3 filters (Winograd) | 4.00 (40 %) |");
  expect(table.slice(-5, -3)).toEqual([
    "| in all | 10.00 |",
    "| 10⁹ multiplications and additions a second, in products | 15.0 |"
  ]);
});

describe("the stored profile", () => {
  test("is what docs/speed.md shows", () => {
    const speed = readFileSync("docs/speed.md", "utf8");
    expect(replacePart(speed, "profile: npm run bench:profile", profileTable(stored))).toBe(speed);
  });

  test("has both networks on one and two threads, with the same work whatever the threads", () => {
    expect(stored.profiles.map(({model, threads}) => `${model} ${threads}`)).toEqual([
      ...["resnet34 1", "resnet34 2", "student 1", "student 2"]
    ]);
    const [one, two] = stored.profiles.map(({kernels}) => kernels.multiply!.products);
    expect(two).toBe(one);
    for (const profile of stored.profiles) expect(partsOf(profile).every((part) => part > 0)).toBe(true);
  });
});
