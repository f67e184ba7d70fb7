import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {addressOf, openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** The pixels of the first draw and the titles of the stages, once the worker has answered. */
async function shown(page: Page): Promise<{pixels: string; stages: string[]}> {
  await page.waitForSelector(".draws[aria-busy=false]");
  return page.evaluate(() => ({
    pixels: document.querySelector<HTMLCanvasElement>(".draws canvas")!.toDataURL(),
    stages: [...document.querySelectorAll(".stages b")].map((title) => title.textContent!)
  }));
}

test("rerolls with the seed in the address, and a link shows the same draws", async () => {
  const visit = await site.open("/pages/augmentation?seed=7");
  const {page} = visit;
  await settle(page);
  const seven = await shown(page);
  expect(seven.stages).toHaveLength(6);
  await page.getByRole("button", {name: "Reroll"}).click();
  const other = await shown(page);
  expect((await addressOf(page)).searchParams.get("seed")).not.toBe("7");
  expect(other.pixels).not.toBe(seven.pixels);
  await page.goBack();
  expect((await shown(page)).pixels).toBe(seven.pixels);
  await visit.close();
});

test("switches to the notebook's transforms, and to a cell found by name", async () => {
  const visit = await site.open("/pages/augmentation");
  const {page} = visit;
  await settle(page);
  const before = await shown(page);
  const preset = (name: string) => page.getByRole("button", {name});
  await preset("As this network was trained").click();
  await expect
    .poll(async () => (await shown(page)).stages.map((title) => title.slice(3)))
    .toEqual([...["Original", "50 × 50", "Geometry", "size=96", "Lighting", "Stain", "Normalised"]]);
  expect((await addressOf(page)).searchParams.get("maxRotate")).toBe("180");
  await preset("The old notebook").click();
  await expect.poll(async () => (await shown(page)).stages[2]).toContain("CenterCrop(224)");
  expect(await page.getByRole("slider", {name: "max_rotate"}).isDisabled()).toBe(true);
  await preset("fastai's defaults").click();
  expect(await page.getByRole("slider", {name: "max_rotate"}).isDisabled()).toBe(false);
  await page.getByLabel("Search by file name").fill("C1_thinF_IMG_20150604_104722_cell_9");
  await page.locator(".search-results button").first().click();
  await page.getByTestId("cell-about").filter({hasText: "C1_thinF_IMG_20150604_104722_cell_9"}).waitFor();
  expect((await shown(page)).pixels).not.toBe(before.pixels);
  await visit.close();
});

test("refuses a file that is no picture with a sentence, and goes on", async () => {
  const visit = await site.open("/pages/augmentation");
  const {page} = visit;
  await settle(page);
  const before = await shown(page);
  const upload = page.locator(".cell-picker input[type=file]");
  await upload.setInputFiles({name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture at all")});
  await page.waitForFunction(() => !document.querySelector("[data-testid=cell-about]")!.textContent!.includes("C101"));
  expect((await shown(page)).pixels).toBe(before.pixels);
  await visit.close();
});
