import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {shiftOf} from "./layout-shift.js";

const paths = ["/", ...config.pages.map(({path}) => path)];

// That a wide page keeps still when its data come at once is in loading.slow.test.ts.
let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

describe.concurrent("nothing moves while a page loads (layout shift 0)", () => {
  test.each(paths)("%s on a narrow screen", async (path) =>
    expect(await shiftOf(site, path, {width: 360})).toEqual([])
  );

  test.each(paths)("%s on a wide one when its data are late", async (path) =>
    expect(await shiftOf(site, path, {width: 1280, delay: 700})).toEqual([])
  );
});

test("what is still computed shows one spinner, and nothing below it", async () => {
  const context = await site.browser.newContext({serviceWorkers: "block"});
  const page = await context.newPage();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/_file\/data\/training\..*json$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(new URL("/pages/training", site.url).href);
  const visible = (selector: string) => page.locator(selector).filter({visible: true}).count();
  await page.waitForSelector("main observablehq-loading");
  expect(await visible("main h1, main .lead")).toBe(2);
  expect(await visible("main h2, #observablehq-footer")).toBe(0);
  // Those inside the first paragraph that waits.
  const shown = page.locator("main observablehq-loading").filter({visible: true});
  const places = await shown.evaluateAll((all) => all.map((one) => one.parentElement!.textContent!.slice(0, 18)));
  expect(new Set(places)).toEqual(new Set(["Each training took"]));
  release();
  await settle(page);
  expect(await visible("main h2")).toBeGreaterThan(3);
  expect(await visible("#observablehq-footer")).toBe(1);
  await context.close();
});

test("a figure that cannot be had leaves the rest of the page to read", async () => {
  const context = await site.browser.newContext({serviceWorkers: "block"});
  const page = await context.newPage();
  await page.route(/\/_file\/data\/strip\..*json$/, (route) => route.abort());
  await page.goto(site.url);
  await expect.poll(() => page.locator("main .observablehq--error").count()).toBe(1);
  await expect.poll(() => page.locator(".big-number").count()).toBe(5);
  await expect.poll(() => page.locator("main h2").filter({visible: true}).count()).toBeGreaterThan(3);
  await page.locator("main .observablehq--error", {hasText: "Not loaded: check your connection"}).waitFor();
  await context.close();
});

test.concurrent.each(paths)("without scripts the words of %s are there, or unfold", async (path) => {
  const context = await site.browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(new URL(path, site.url).href);
  for (const fold of await page.locator("main details > summary").all()) await fold.click();
  const words = page.locator("main").locator("p, li, h2");
  expect(await words.filter({visible: true}).count()).toBe(await words.count());
  expect(await page.locator("#observablehq-footer").isVisible()).toBe(true);
  await context.close();
});
