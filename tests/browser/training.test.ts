import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {formatCount} from "../../src/components/ui/format.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {addressOf, openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {tabTo} from "./keyboard.js";

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const manifest = new Map(readManifest().map((row, place) => [row.file, {...row, place}]));
const told = csvParse(readFileSync("models/student/epochs/fold-0.csv", "utf8"));
const last = told.columns.length - 1;
const isRight = (row: Record<string, string>, epoch: number) =>
  Number(row[`epoch_${epoch}`]) >= 0.5 === (manifest.get(row.file!)!.label === "parasitized");

/** The cells that an epoch flipped, by their places in the manifest, to the right answer or to the wrong one. */
const flipped = (epoch: number, toRight: boolean) =>
  told
    .filter((row) => isRight(row, epoch) === toRight && isRight(row, epoch - 1) !== toRight)
    .map((row) => manifest.get(row.file!)!.place);

test("an epoch's flipped cells are shown as pictures, by its bar, by the slider and by the address", async () => {
  const visit = await site.open("/pages/training", {viewport: {width: 1440, height: 900}});
  const {page} = visit;
  await settle(page);
  const figure = page.locator("figure", {hasText: "Cells that each epoch flipped"});
  await figure.scrollIntoViewIfNeeded();
  const all = Array.from({length: last - 1}, (_, i) => [...flipped(i + 2, true), ...flipped(i + 2, false)]).flat();
  const disputed = told.filter(({file}) => manifest.get(file!)!.disputed).map(({file}) => manifest.get(file!)!.place);
  const share = Math.round((100 * all.filter((place) => disputed.includes(place)).length) / all.length);
  const count = (epoch: number) => flipped(epoch, true).length + flipped(epoch, false).length;
  expect(await figure.locator(".figure-finding").textContent()).toBe(
    `Epoch 2 flips ${count(2)} of ${formatCount(told.length)} answers, epoch ${last} flips ${count(last)}; ${share}\u00a0% of all flips are on disputed labels`
  );

  /** Whether the cells of this epoch are shown: how many of each side, all or the eight that moved furthest. */
  const expectEpoch = async (epoch: number) => {
    for (const [n, words] of ["right", "wrong"].entries()) {
      const wanted = flipped(epoch, n === 0);
      const part = page.getByTestId("flips").locator("section").nth(n);
      await expect.poll(() => part.locator("h4").textContent()).toContain(`${wanted.length} flipped to ${words}`);
      const links = await part.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
      expect(links).toHaveLength(Math.min(8, wanted.length));
      for (const link of links) expect(wanted).toContain(Number(new URL(link, site.url).searchParams.get("cell")));
    }
    expect(await figure.locator("svg .chosen").first().getAttribute("data-epoch")).toBe(String(epoch));
  };
  await expectEpoch(2);
  await figure.locator(`svg [data-epoch="3"]`).first().dispatchEvent("click");
  await expectEpoch(3);
  expect((await addressOf(page)).search).toBe("?epoch=3");
  await page.goBack();
  await expectEpoch(2);
  await tabTo(page, ".linked input[type=range]");
  await page.keyboard.press("End");
  await expectEpoch(last);
  await page.keyboard.press("Home");
  await expectEpoch(2);
  await figure.locator(".chart-place").focus();
  for (const key of ["End", "ArrowLeft", "Enter"]) await page.keyboard.press(key);
  await expectEpoch(last - 1);
  await page.goto(new URL("/pages/training?epoch=2", site.url).href);
  await settle(page);
  await expectEpoch(2);

  const first = page.getByTestId("flips").locator("svg").first();
  await first.scrollIntoViewIfNeeded();
  const {channels} = await sharp(await first.screenshot()).stats();
  expect(Math.max(...channels.map(({stdev}) => stdev)), "a cell is drawn").toBeGreaterThan(15);
  const link = page.getByTestId("flips").locator("a").first();
  const place = new URL((await link.getAttribute("href"))!, site.url).searchParams.get("cell");
  await link.click();
  await page.waitForURL(/dataset/);
  await settle(page, {timeout: 120_000});
  expect(await page.getByTestId("cell-detail").getAttribute("data-cell")).toBe(place);
  await visit.close();
});

test("the record's last answers are compared with those of the shipped student", async () => {
  const visit = await site.open("/pages/training");
  await settle(visit.page);
  const caption = await visit.page
    .locator("figure", {hasText: "Cells that each epoch flipped"})
    .locator("figcaption")
    .textContent();
  const rows = csvParse(readFileSync("models/student/validation.csv", "utf8")).filter(({fold}) => fold === "0");
  const shipped = new Map(rows.map(({file, p_parasitized}) => [file, Number(p_parasitized) >= 0.5]));
  const agreeing = told.filter((row) => shipped.get(row.file!) === Number(row[`epoch_${last}`]) >= 0.5).length;
  const right = told.filter((row) => isRight(row, last)).length;
  const percent = (n: number) => `${((100 * n) / told.length).toFixed(1)}\u00a0%`;
  expect(caption).toContain(`${percent(right)} are right in the end`);
  expect(caption).toContain(`${percent(agreeing)} are those of the student on this site`);
  await visit.close();
});

test("a term of the prose says what it means: on a press, by keyboard too", async () => {
  const visit = await site.open("/pages/training");
  const {page} = visit;
  await settle(page);
  await page.locator("main p .tooltip-words").first().waitFor();
  const definition = page.getByRole("tooltip").filter({hasText: "One pass over all training pictures."});
  await tabTo(page, "main p .tooltip-words");
  await page.keyboard.press("Enter");
  expect(await definition.isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  expect(await definition.isVisible()).toBe(false);
  await visit.close();
});

test("a wide window has the page's contents beside it, a narrower one gives the page its width", async () => {
  const visit = await site.open("/pages/training", {viewport: {width: 1920, height: 900}});
  const {page} = visit;
  await settle(page);
  const contents = page.getByRole("navigation", {name: "On this page"});
  const [beside, main] = [(await contents.boundingBox())!, (await page.locator("#observablehq-main").boundingBox())!];
  expect(beside.x).toBeGreaterThanOrEqual(main.x + main.width);
  expect(beside.x + beside.width).toBeLessThanOrEqual(1920);
  expect(await contents.getByRole("link").allTextContents()).toContain("Learning-rate finder");
  await page.setViewportSize({width: 1440, height: 900});
  expect(await contents.isVisible()).toBe(false);
  expect((await page.locator("#observablehq-main").boundingBox())!.width).toBeGreaterThan(1300);
  await visit.close();
});
