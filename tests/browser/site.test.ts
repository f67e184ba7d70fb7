import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {AxeResults} from "axe-core";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {openSite, screenshot, settle} from "./harness.js";
import type {Site} from "./harness.js";

const paths = ["/", ...config.pages.map((page) => page.path)];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = {wide: {width: 1280, height: 900}, narrow: {width: 360, height: 740}};
const nameOf = (path: string) => path.split("/").pop() || "index";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe.each(paths)("%s", (path) => {
  test("loads whole, from this origin only, with a language, a title and one heading", async () => {
    const visit = await site.open(path);
    const {page} = visit;
    await settle(page);
    expect(await page.getAttribute("html", "lang")).toBe("en");
    expect(await page.title()).toContain(config.title);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("meta[name=description]").getAttribute("content")).toBeTruthy();
    expect(visit.requests.length).toBeGreaterThan(1);
    await visit.close();
  });

  const cases = (["light", "dark"] as const).flatMap((scheme) =>
    (["wide", "narrow"] as const).map((width) => ({scheme, width}))
  );
  test.each(cases)("is accessible and fits: $scheme, $width", async ({scheme, width}) => {
    const visit = await site.open(path, {colorScheme: scheme, viewport: widths[width], reducedMotion: "reduce"});
    const {page} = visit;
    await settle(page);
    await screenshot(page, `${nameOf(path)}-${scheme}-${width}`);
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(widths[width].width);
    await visit.close();
  });
});

test("WebGL2 works on a page of the site, with float textures", async () => {
  const visit = await site.open("/");
  const support = await visit.page.evaluate(() => {
    const gl = document.createElement("canvas").getContext("webgl2")!;
    return {lost: gl.isContextLost(), float: gl.getExtension("EXT_color_buffer_float") !== null};
  });
  expect(support).toEqual({lost: false, float: true});
  await visit.close();
});

test("the sidebar leads to every page, and says which is the current one", async () => {
  const visit = await site.open("/", {viewport: widths.wide});
  for (const {name, path} of config.pages) {
    await visit.page.getByRole("navigation", {name: "Pages"}).getByRole("link", {name, exact: true}).click();
    await visit.page.waitForURL((url) => url.pathname === path);
    expect(await visit.page.locator("#observablehq-sidebar [aria-current=page]").textContent()).toBe(name);
    await settle(visit.page);
  }
  await visit.close();
});

test("the first stop of the keyboard leads past the sidebar", async () => {
  const visit = await site.open(paths[1]);
  await visit.page.keyboard.press("Tab");
  expect(await visit.page.evaluate(() => document.activeElement?.className)).toBe("skip-link");
  await visit.page.keyboard.press("Enter");
  expect(await visit.page.evaluate(() => document.activeElement?.id)).toBe("observablehq-main");
  await visit.close();
});

test("an unknown address answers 404 with a way back", async () => {
  const page = await site.browser.newPage();
  const response = await page.goto(new URL("/no/such/page", site.url).href);
  expect(response?.status()).toBe(404);
  await page.getByRole("main").getByRole("link", {name: "Go to the start"}).click();
  await page.waitForURL(site.url);
  await page.close();
});

/** Serious and critical findings of axe-core, as `rule: element`. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() => (globalThis as unknown as {axe: {run(): Promise<AxeResults>}}).axe.run());
  return results.violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
}
