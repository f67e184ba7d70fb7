import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {smallTargets} from "./accessibility.js";
import {file, openClassify, results, state} from "./classify-page.js";
import {addressOf, openSite} from "./harness.js";
import type {Site} from "./harness.js";

// That the page needs no scrolling and no reading: the answer comes into view by itself, whatever the window.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** What of the newest answer, or of something else, stands out of the window, or lies under the bar over the page, in CSS pixels. */
const hidden = (page: Page, what = ".result"): Promise<number> =>
  page
    .locator(what)
    .first()
    .evaluate((card) => {
      const {top, right, bottom, left} = card.getBoundingClientRect();
      const bar = document.querySelector("#observablehq-header")!.getBoundingClientRect().bottom;
      return Math.max(0, bar - top, bottom - innerHeight, -left, right - document.documentElement.clientWidth);
    });

describe.each([
  {width: 1440, height: 900},
  {width: 1024, height: 768},
  {width: 390, height: 844}
])("in a window of $width × $height", (viewport) => {
  const look = {viewport, isMobile: viewport.width < 500, hasTouch: viewport.width < 500};

  test("the whole answer to a sample, and to an upload after it, is seen without scrolling, and is there after a reload", async () => {
    const {page, faults, close} = await openClassify(site, {}, look);
    await state(page, "ready");
    const sample = page.locator("button.sample").nth(1);
    await sample.click();
    await expect.poll(() => results(page).count()).toBe(1);
    await expect.poll(() => hidden(page)).toBe(0);
    expect(await sample.getAttribute("aria-pressed")).toBe("true");
    await page.getByLabel("Pictures of single cells").setInputFiles([file("mine.png", readFileSync(CELL))]);
    await expect.poll(() => results(page).count()).toBe(2);
    await expect.poll(() => hidden(page)).toBe(0);
    expect(await page.locator(".result h2").allTextContents()).toEqual(["mine.png", "Pale centre, easy"]);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.file)).toBe("mine.png");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await expect.poll(async () => (await addressOf(page)).searchParams.has("cell")).toBe(false);
    await page.reload();
    await expect.poll(() => results(page).count()).toBe(2);
    expect(await page.locator(".result h2").allTextContents()).toEqual(["mine.png", "Pale centre, easy"]);
    expect(await page.locator("#menu-button").getAttribute("aria-expanded")).toBe("false");
    expect(faults).toEqual([]);
    await close();
  });

  test("a network that could not be loaded is said where the answer will come, with what helps, and then what waits is answered", async () => {
    let away = true;
    const intercept = (name: string) => (away && name.endsWith(".bin") ? new Uint8Array(3) : undefined);
    const {page, close} = await openClassify(site, {intercept}, look);
    await state(page, "failed");
    const place = page.getByTestId("answer-place");
    expect(await place.innerText()).toMatch(/^Choose a cell.*\n+ResNet-34 could not be loaded\.\n+Retry$/);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    for (const part of ["button.primary, .upload .button", "button.sample", "[data-testid=answer-place]"]) {
      expect(await hidden(page, part), part).toBe(0);
    }
    await page.locator("button.sample").nth(1).click();
    const retry = page.locator(".result").getByRole("button", {name: "Retry"});
    await retry.waitFor();
    await expect.poll(() => hidden(page)).toBe(0);
    away = false;
    await retry.click();
    await page.getByTestId("prediction").waitFor();
    expect(await page.locator(".hindrance").filter({visible: true}).count()).toBe(0);
    if (look.hasTouch) expect(await smallTargets(page, {height: 44})).toEqual([]);
    await page.getByRole("button", {name: "Clear all results"}).click();
    expect(await place.innerText()).toMatch(/^Choose a cell: the answer appears here\.\s*$/);
    await close();
  });

  test("the link of a sample opens its answer, and asks for no more of the data set", async () => {
    const {page, close} = await openClassify(site, {}, look);
    await page.locator("button.sample").nth(2).click();
    await expect.poll(async () => (await addressOf(page)).searchParams.get("cell")).toMatch(/\.png$/);
    const cell = (await addressOf(page)).searchParams.get("cell")!;
    await close();
    const opened = await openClassify(site, {cell}, look);
    await expect.poll(() => results(opened.page).count()).toBe(1);
    await expect.poll(() => hidden(opened.page)).toBe(0);
    expect(await results(opened.page).getAttribute("data-file")).toBe(cell);
    expect(await opened.page.locator("button.sample[aria-pressed=true]").count()).toBe(1);
    expect(opened.requests.filter((url) => /cells\.\w+\.arrow|sheet-/.test(url))).toEqual([]);
    await opened.page.getByLabel("Pictures of single cells").setInputFiles([file("mine.png", readFileSync(CELL))]);
    await expect.poll(async () => (await addressOf(opened.page)).searchParams.has("cell")).toBe(false);
    await opened.close();
  });
});
