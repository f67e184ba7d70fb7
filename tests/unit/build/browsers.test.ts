import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {neededFeatures, oldestBrowsers, scriptTarget} from "../../../src/build/browsers.js";

test("the oldest browsers are the first that have all that the site needs", () => {
  for (const name of ["chrome", "firefox", "safari"] as const) {
    const needed = Object.values(neededFeatures).map((versions) => versions[name]);
    expect(oldestBrowsers[name]).toBe(Math.max(...needed));
  }
});

test("README names them, and scripts are made for them", () => {
  const {chrome, firefox, safari} = oldestBrowsers;
  expect(readFileSync("README.md", "utf8").replace(/\s+/g, " ")).toContain(
    `Chrome or Edge ${chrome}, Firefox ${firefox}, Safari ${safari}, or newer`
  );
  expect(scriptTarget).toEqual(["es2022", "chrome110", "firefox115", "safari16.4"]);
});
