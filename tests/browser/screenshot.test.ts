import {readFileSync} from "node:fs";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {PAGES, photograph, photographPage} from "./screenshot.js";
import type {Shown} from "./screenshot.js";

/** What the pictures show, as it was written beside them. */
interface Stored extends Shown {
  found: Record<keyof typeof PAGES, string[]>;
}
const {found, ...classify}: Stored = JSON.parse(readFileSync("src/assets/screenshot.json", "utf8"));

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

test("the README's picture shows what the page shows: run npm run screenshot where it does not", async () => {
  expect((await photograph(site)).shown).toEqual(classify);
});

test.each(Object.keys(PAGES) as (keyof typeof PAGES)[])("the picture of %s shows what the page found", async (name) => {
  const {shown} = await photographPage(site, name);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown).toEqual(found[name]);
});
