import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {AxeResults} from "axe-core";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {CELL} from "../fixtures/pictures.js";
import {openSite, screenshot, settle} from "./harness.js";
import type {Site} from "./harness.js";

const paths = ["/", ...config.pages.map((page) => page.path), "/404"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// 320 × 256 CSS pixels are what is left of 1280 × 1024 at a zoom of 400 % (WCAG 1.4.10).
const widths = {
  wide: {width: 1280, height: 900},
  narrow: {width: 360, height: 740},
  zoomed: {width: 320, height: 256}
};
const cases = (["light", "dark"] as const).flatMap((scheme) =>
  (["wide", "narrow"] as const).map((width) => ({scheme, width}))
);
const patient = {timeout: 90_000};
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
    // Markdown within an expression is not rendered, and a missing value reads as one of these words.
    expect(await page.locator("main").innerText()).not.toMatch(/\*\*|\]\(\.|\bundefined\b|\bNaN\b/);
    expect(visit.requests.length).toBeGreaterThan(1);
    await visit.close();
  });

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

// States that a page has only once it was used.
const full: {name: string; path: string; fill(page: Page): Promise<unknown>}[] = [
  {
    name: "a cell of the dataset opened",
    path: "/pages/dataset?disputed=yes",
    async fill(page) {
      await page.locator(".gallery-view").focus();
      await page.keyboard.press("Enter");
      await page.getByTestId("cell-detail").waitFor(patient);
    }
  },
  {name: "nonsense in the address", path: "/pages/dataset?label=cat", fill: async () => {}},
  // A healthy patient has no parasitized cell.
  {name: "no cell of the dataset left", path: "/pages/dataset?patient=C241&label=parasitized", fill: async () => {}},
  {
    name: "a part of the map chosen and enlarged",
    path: "/pages/dataset?region=0.2,-0.1,0.1",
    async fill(page) {
      await page.locator(".map-place").scrollIntoViewIfNeeded();
      const closer = page.getByRole("button", {name: "Zoom in"});
      for (let n = 0; n < 4; n++) await closer.click(patient);
    }
  },
  {
    name: "an augmentation of a cell that was looked for",
    path: "/pages/augmentation?transforms=notebook",
    async fill(page) {
      await page.getByRole("searchbox").fill("C1_thinF");
      await page.locator(".search-results button").first().waitFor(patient);
    }
  },
  {
    name: "every fold of a page opened",
    path: "/pages/evaluation?threshold=0.6",
    fill: (page) =>
      page.locator("main details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")))
  },
  {
    name: "answers, views and a refusal of the classifier",
    path: "/pages/classify?backend=wasm",
    async fill(page) {
      await page.locator("[data-testid=model-status][data-state=ready]").waitFor(patient);
      const broken = {name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture")};
      await page.getByLabel("Pictures of single cells").setInputFiles(CELL);
      await page.getByTestId("prediction").first().waitFor(patient);
      await page.getByRole("button", {name: /^Turn and mirror it/}).click();
      await page.getByTestId("views").first().waitFor(patient);
      await page.getByLabel("Pictures of single cells").setInputFiles(broken);
      await page.getByTestId("prediction-error").waitFor(patient);
    }
  }
];
describe.each(full)("$name", ({name, path, fill}) => {
  test.each([...cases, {scheme: "light", width: "zoomed"} as const])(
    "is accessible and fits: $scheme, $width",
    async ({scheme, width}) => {
      const visit = await site.open(path, {colorScheme: scheme, viewport: widths[width], reducedMotion: "reduce"});
      const {page} = visit;
      await settle(page);
      await fill(page);
      await screenshot(page, `${name.replaceAll(" ", "-")}-${scheme}-${width}`);
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(widths[width].width);
      await visit.close();
    }
  );
});

test.each(paths)("%s reflows at 400 %% and has targets of 24 px", async (path) => {
  const visit = await site.open(path, {viewport: widths.zoomed});
  const {page} = visit;
  await settle(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const small = await page.evaluate(() => {
    const targets = document.querySelectorAll<HTMLElement>(
      "button, select, summary, input:not([type=range]), .observablehq-link a, a.button"
    );
    return [...targets]
      .filter((target) => target.checkVisibility({visibilityProperty: true}))
      .map((target) => ({target, box: (target.closest("label") ?? target).getBoundingClientRect()}))
      .filter(({box}) => box.width > 0 && (box.width < 23.5 || box.height < 23.5))
      .map(({target, box}) => `${target.outerHTML.slice(0, 90)}: ${box.width.toFixed(0)}×${box.height.toFixed(0)}`);
  });
  expect(small).toEqual([]);
  await visit.close();
});

test("the focus is seen at every stop of the keyboard, and nothing traps it", async () => {
  const visit = await site.open("/pages/model-card", {viewport: widths.wide});
  const {page} = visit;
  await settle(page);
  const stops = new Set<string>();
  for (let n = 0; n < 25; n++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const {activeElement: element} = document;
      const {outlineStyle, outlineWidth} = getComputedStyle(element!);
      return {html: element!.outerHTML.slice(0, 120), seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2};
    });
    expect(stop).toMatchObject({seen: true});
    stops.add(stop.html);
  }
  expect(stops.size).toBeGreaterThan(15);
  await visit.close();
});

test("on a narrow page a button opens the list of pages, and Escape closes it and gives the focus back", async () => {
  const visit = await site.open("/", {viewport: widths.narrow, reducedMotion: "reduce"});
  const {page} = visit;
  const button = page.getByRole("button", {name: "List of pages"});
  const list = page.getByRole("navigation", {name: "Pages"});
  await expect.poll(() => button.getAttribute("aria-expanded"), patient).toBe("false");
  await button.focus();
  await page.keyboard.press("Enter");
  await list.waitFor(patient);
  await expect.poll(() => button.getAttribute("aria-expanded"), patient).toBe("true");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("nav")?.id)).toBe("observablehq-sidebar");
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id), patient).toBe("sidebar-button");
  await expect.poll(() => button.getAttribute("aria-expanded"), patient).toBe("false");
  await visit.close();
});

test.each(paths)("%s does not move for whoever asks for less motion", async (path) => {
  const visit = await site.open(path, {reducedMotion: "reduce"});
  await settle(visit.page);
  const moving = await visit.page.evaluate(
    () =>
      [...document.querySelectorAll("*")]
        .map((element) => getComputedStyle(element))
        .filter(({transitionDuration, animationDuration}) =>
          [transitionDuration, animationDuration].some((text) =>
            text.split(",").some((part) => parseFloat(part) > 0.001)
          )
        ).length
  );
  expect(moving).toBe(0);
  await visit.close();
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

/** All findings of axe-core, whatever their weight, as `rule: element`. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() => (globalThis as unknown as {axe: {run(): Promise<AxeResults>}}).axe.run());
  return results.violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
}
