import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {CELL} from "../fixtures/pictures.js";
import {choose, file, openClassify, state} from "./classify-page.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

// That a page on paper is a page: by day, whole, its bars and keys in their colours, without what only works on a screen.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** What a reader of the paper could only press, or would find over the text. */
const onlyOnScreen = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "button:not(.cell, .tooltip-words, td > [data-kind], th > [data-patient], .kinds *), select, input, summary, .skip-link, #observablehq-header"
      )
    ]
      .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 1)
      .map((one) => one.outerHTML.slice(0, 100))
  );

test.each(["/", ...config.pages.map(({path}) => path)])("%s is printed by day, without controls", async (path) => {
  const visit = await site.open(path, {colorScheme: "dark", viewport: {width: 1024, height: 900}});
  await settle(visit.page);
  await visit.page.emulateMedia({media: "print"});
  expect(await onlyOnScreen(visit.page)).toEqual([]);
  const shown = await visit.page.evaluate(() => {
    const {color, backgroundColor} = getComputedStyle(document.body);
    const keys = [...document.querySelectorAll(".key")];
    const colours = keys.map((key) => getComputedStyle(key).getPropertyValue("print-color-adjust"));
    return {color, backgroundColor, adjust: [...new Set(colours)]};
  });
  const brightness = (text: string) =>
    (text.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, value) => sum + Number(value), 0);
  expect(brightness(shown.color)).toBeLessThan(200);
  expect(shown.adjust.every((value) => value === "exact")).toBe(true);
  const paper = await visit.page.pdf();
  expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  expect((paper.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(0);
  await visit.close();
});

test("what was out of sight is drawn before the page is printed", async () => {
  const visit = await site.open("/pages/dataset", {viewport: {width: 1024, height: 500}});
  await settle(visit.page);
  const canvas = visit.page.locator(".map-canvas");
  expect(await canvas.count()).toBe(0);
  await visit.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await canvas.waitFor({state: "attached"});
  await visit.close();
});

test("counts in the dataset's table are read on paper, and Home's figures are not cut off", async () => {
  const dataset = await site.open("/pages/dataset", {viewport: {width: 717, height: 1010}});
  await settle(dataset.page);
  await dataset.page.emulateMedia({media: "print"});
  const counts = await dataset.page.locator(".kinds td button").filter({visible: true}).allInnerTexts();
  expect(counts).toHaveLength(9);
  expect(counts.every((count) => /^[\d,]+$/.test(count))).toBe(true);
  await dataset.close();
  const home = await site.open("/", {viewport: {width: 717, height: 1010}});
  await settle(home.page);
  await home.page.emulateMedia({media: "print"});
  const row = home.page.locator(".figures-row");
  expect(await row.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  await home.close();
});

test("pictures that may come late are there on paper", async () => {
  const {page, close} = await openClassify(site);
  await state(page, "ready");
  await choose(page, [file("mine.png", readFileSync(CELL))]);
  const late = () =>
    page.evaluate(
      () =>
        [...document.images].filter(
          ({complete, loading, decoding}) => !complete || loading === "lazy" || decoding === "async"
        ).length
    );
  expect(await late()).toBeGreaterThan(0);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await late()).toBe(0);
  expect(await page.locator("img.uploaded").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
    0
  );
  await close();
});

test("every figure of the evaluation is drawn on paper, whichever part is shown", async () => {
  const visit = await site.open("/pages/evaluation", {viewport: {width: 1024, height: 700}});
  const {page} = visit;
  await settle(page);
  await page.evaluate(() => {
    addEventListener("afterprint", () => {
      const figures = [...document.querySelectorAll<HTMLElement>("figure.chart:not([hidden])")];
      const names = (wanted: boolean) =>
        figures
          .filter((figure) => (figure.querySelector("svg[role=img]") !== null) === wanted)
          .map((figure) => figure.querySelector(".figure-name")!.textContent);
      const pictures = [...document.querySelectorAll<HTMLImageElement>(".saliency img")];
      const come = pictures.filter(({complete, naturalWidth}) => complete && naturalWidth > 0).length;
      Object.assign(window, {printed: {drawn: names(true), missing: names(false), pictures: pictures.length, come}});
    });
  });
  const paper = await page.pdf();
  const printed = await page.evaluate("window.printed");
  expect(printed).toMatchObject({missing: []});
  const {drawn, pictures, come} = printed as {drawn: string[]; pictures: number; come: number};
  expect(drawn.length).toBeGreaterThan(10);
  expect(pictures).toBeGreaterThan(20);
  expect(come).toBe(pictures);
  await page.emulateMedia({media: "print"});
  expect(await page.locator(".saliency").isVisible()).toBe(true);
  const counts = page.locator(".errors td button, .ranking th button");
  expect(await counts.count()).toBeGreaterThan(100);
  expect(await counts.filter({visible: true}).count()).toBe(await counts.count());
  expect((paper.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(3);
  await visit.close();
});

test("an answer keeps its bar and its colour on paper", async () => {
  const {page, close} = await openClassify(site, {}, {colorScheme: "dark"});
  await state(page, "ready");
  await choose(page, [file("mine.png", readFileSync(CELL))]);
  await page.emulateMedia({media: "print"});
  expect(await onlyOnScreen(page)).toEqual([]);
  const bar = await page.locator(".scale-bar").screenshot();
  const {channels} = await sharp(bar).stats();
  // White paper, and a line, a band and a mark on it.
  expect(Math.min(...channels.map(({max}) => max))).toBeGreaterThan(230);
  expect(Math.max(...channels.map(({stdev}) => stdev))).toBeGreaterThan(10);
  await close();
});
