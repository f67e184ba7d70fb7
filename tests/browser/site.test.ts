import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {
  countMoving,
  findViolations,
  hyphenated,
  lookAnew,
  looks,
  ofLook,
  openIn,
  overhang,
  paths,
  shortenTables,
  sizes,
  smallTargets,
  states
} from "./accessibility.js";
import {openSite, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";

// Each page, and each state that it has only in use, is visited once: all of axe-core in the first look, then what hangs
// on the look in the others. Pages opened anew in these, and tables of full length, are in site.slow.test.ts.

const patient = {timeout: 90_000};
const [first, ...others] = looks;
const zoomed = {scheme: "light", size: "zoomed"} as const;

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

describe.each(paths)("%s", (path) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await openIn(site, path, first!);
  });

  test("loads whole, from this origin only, with a language, a title and one heading", async () => {
    const {page, requests} = visit;
    expect(await page.getAttribute("html", "lang")).toBe("en");
    expect(await page.title()).toContain(config.title);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("meta[name=description]").getAttribute("content")).toBeTruthy();
    // Markdown within an expression is not rendered, and a missing value reads as one of these words.
    expect(await page.locator("main").innerText()).not.toMatch(/\*\*|\]\(\.|\bundefined\b|\bNaN\b/);
    expect(await hyphenated(page), "a minus is a minus, not a hyphen").toEqual([]);
    expect(await page.locator("main dfn").count(), "every term has its definition").toBe(0);
    expect(requests.length).toBeGreaterThan(1);
    const network = requests.filter((url) => /tensorflow|tf\.fesm|\/models\//.test(url));
    if (path === "/pages/classify" || path === "/pages/smear") expect(network).not.toEqual([]);
    else expect(network, "only what judges cells loads a network").toEqual([]);
  });

  test("is accessible, fits, and does not move for whoever asks for less motion", async () => {
    expect(await findViolations(visit.page)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
    expect(await countMoving(visit.page)).toBe(0);
  });

  test.each(others)("keeps its contrast and fits: $scheme, $size", async (look) => {
    await lookAnew(visit.page, look);
    expect(await findViolations(visit.page, ofLook)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
  });

  test.each([900, 1440, 1920])("fits a window of %i px", async (width) => {
    await visit.page.setViewportSize({width, height: 900});
    await settle(visit.page);
    expect(await overhang(visit.page)).toBe(0);
  });

  test("has targets of 24 px; reflows at 400 %, where they are 44 px high, as on a phone", async () => {
    expect(await smallTargets(visit.page)).toEqual([]);
    await lookAnew(visit.page, zoomed);
    expect(await overhang(visit.page)).toBe(0);
    expect(await smallTargets(visit.page, {height: 44})).toEqual([]);
  });

  test("had no fault all the while", () => visit.close());
});

describe.each(states)("$name", ({path, fill}) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await openIn(site, path, first!);
    await fill(visit.page);
    await shortenTables(visit.page);
  });

  test("is accessible and fits", async () => {
    expect(await findViolations(visit.page)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
  });

  test.each([...others, zoomed])("keeps its contrast and fits: $scheme, $size", async (look) => {
    await lookAnew(visit.page, look);
    // In another window a page draws its tables anew.
    await shortenTables(visit.page);
    expect(await findViolations(visit.page, ofLook)).toEqual([]);
    expect(await overhang(visit.page)).toBe(0);
  });

  test("had no fault all the while", () => visit.close());
});

test("the focus is seen at every stop of the keyboard, and nothing traps it", async () => {
  const visit = await site.open("/pages/model-card", {viewport: sizes.wide});
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

test("on a narrow page a button opens the menu, and Escape closes it and gives the focus back", async () => {
  const visit = await site.open("/", {viewport: sizes.narrow, reducedMotion: "reduce"});
  const {page} = visit;
  const button = page.getByRole("button", {name: "Menu"});
  const menu = page.getByRole("navigation", {name: "Pages"});
  expect(await menu.isVisible()).toBe(false);
  await button.focus();
  await page.keyboard.press("Enter");
  await menu.waitFor(patient);
  expect(await button.getAttribute("aria-expanded")).toBe("true");
  expect(await overhang(page)).toBe(0);
  expect(await findViolations(page, ofLook)).toEqual([]);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("nav")?.id)).toBe("site-menu");
  await page.keyboard.press("Escape");
  expect(await menu.isVisible()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("menu-button");
  await visit.close();
});

test("on a narrow page the menu is closed after a way to another page, back, and a reload", async () => {
  const visit = await site.open("/", {viewport: sizes.narrow});
  const {page} = visit;
  const menu = page.getByRole("navigation", {name: "Pages"});
  await page.getByRole("button", {name: "Menu"}).click();
  await menu.getByRole("link", {name: "Data card"}).click();
  await page.waitForURL("**/pages/data-card");
  await settle(page);
  expect(await menu.isVisible()).toBe(false);
  await page.getByRole("button", {name: "Menu"}).click();
  expect(await menu.isVisible()).toBe(true);
  await page.reload();
  await settle(page);
  expect(await menu.isVisible()).toBe(false);
  await page.goBack();
  await settle(page);
  expect(new URL(page.url()).pathname).toBe("/");
  expect(await menu.isVisible()).toBe(false);
  await visit.close();
});

test("the menu leads to every page, Classify first, and says which is the current one", async () => {
  expect(config.pages[0]!.name).toBe("Classify");
  const visit = await site.open("/", {viewport: sizes.wide});
  for (const {name, path} of config.pages) {
    await visit.page.getByRole("navigation", {name: "Pages"}).getByRole("link", {name, exact: true}).click();
    await visit.page.waitForURL((url) => url.pathname === path);
    expect(await visit.page.locator("#site-menu [aria-current=page]").textContent()).toBe(name);
    await settle(visit.page);
  }
  await visit.close();
});

test("the first stop of the keyboard leads past the menu", async () => {
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
