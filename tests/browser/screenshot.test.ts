import {readFileSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {photograph} from "./screenshot.js";
import type {Shown} from "./screenshot.js";

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

test("the README's picture shows what the page shows: run npm run screenshot where it does not", async () => {
  const stored: Shown = JSON.parse(readFileSync("src/assets/screenshot.json", "utf8"));
  expect((await photograph(site)).shown).toEqual(stored);
});
