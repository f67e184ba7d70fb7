import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

const paths = ["/", ...config.pages.map(({path}) => path)];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Opens a page, its data held back by `delay` ms, and sums what moved without a reader's doing. */
async function shiftOf(path: string, {width, delay = 0}: {width: number; delay?: number}): Promise<string[]> {
  const context = await site.browser.newContext({viewport: {width, height: 900}, serviceWorkers: "block"});
  const page = await context.newPage();
  await page.route(/\/_file\/.*\.(json|arrow)$/, async (route) => {
    await new Promise((resume) => setTimeout(resume, delay));
    await route.continue();
  });
  await page.addInitScript(`
    const moved = (window.moved = []);
    new PerformanceObserver((list) => {
      for (const {value, hadRecentInput, sources} of list.getEntries()) {
        if (hadRecentInput || value < 0.001) continue;
        moved.push({value, what: sources.map(({node}) => (node?.parentElement?.outerHTML ?? "").slice(0, 120))});
      }
    }).observe({type: "layout-shift", buffered: true});
  `);
  await page.goto(new URL(path, site.url).href);
  await settle(page);
  await page.waitForTimeout(1000);
  const moved = (await page.evaluate("window.moved")) as {value: number; what: string[]}[];
  await context.close();
  return moved.reduce((sum, {value}) => sum + value, 0) <= 0.05
    ? []
    : moved.map(({value, what}) => `${value.toFixed(3)} ${what.join(", ")}`);
}

describe("nothing moves while a page loads (layout shift at most .05)", () => {
  test.each(paths.flatMap((path) => [1280, 360].map((width) => ({path, width}))))(
    "$path at $width px",
    async ({path, width}) => expect(await shiftOf(path, {width})).toEqual([])
  );

  test.each(paths)("%s when its data are late", async (path) =>
    expect(await shiftOf(path, {width: 1280, delay: 700})).toEqual([])
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
  expect(await visible("main h1")).toBe(1);
  expect(await visible("main h2, #observablehq-footer")).toBe(0);
  // Those inside the first paragraph that waits.
  const shown = page.locator("main observablehq-loading").filter({visible: true});
  expect(new Set(await shown.evaluateAll((all) => all.map((one) => one.parentElement!.className)))).toEqual(
    new Set(["lead"])
  );
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
  expect(await page.locator(".big-number").count()).toBe(5);
  await expect.poll(() => page.locator("main h2").filter({visible: true}).count()).toBeGreaterThan(3);
  await context.close();
});

test.each(paths)("without scripts the words of %s are there", async (path) => {
  const context = await site.browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(new URL(path, site.url).href);
  const words = page.locator("main").locator("p, li, h2");
  expect(await words.filter({visible: true}).count()).toBe(await words.count());
  expect(await page.locator("#observablehq-footer").isVisible()).toBe(true);
  await context.close();
});
