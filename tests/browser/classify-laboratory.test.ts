import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {cellSide, cellValues} from "../../src/data/shapes/cells.js";
import {CELL} from "../fixtures/pictures.js";
import {choose, file, openClassify, results} from "./classify-page.js";
import type {Upload} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// That healthy cells of one's own place the threshold of one's own files, are remembered, and can be forgotten.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** Held-out cells of a label as files. */
async function cells(label: string, count: number): Promise<Upload[]> {
  const places = readManifest().flatMap((row, place) => (row.fold === 0 && row.label === label ? [place] : []));
  const some = places.slice(0, count);
  const bytes = await readPackedCells(some);
  const raw = {width: cellSide, height: cellSide, channels: 3} as const;
  return Promise.all(
    some.map(async (_, n) => {
      const pixels = bytes.subarray(n * cellValues, (n + 1) * cellValues);
      return file(`${label}_${n}.png`, await sharp(pixels, {raw}).png().toBuffer());
    })
  );
}

const said = (page: Page) => page.getByTestId("laboratory");
const own = (page: Page) => page.getByLabel("Healthy cells of your laboratory");
const isReady = (page: Page) => page.locator("[data-testid=student-status][data-state=ready]").waitFor();
const newest = (page: Page) => results(page).first();

test("healthy cells place the threshold for the visitor's own files, until it is taken back", async () => {
  const {page, faults, close} = await openClassify(site, {model: null, network: "student"});
  await isReady(page);
  await choose(page, [file("before.png", readFileSync(CELL))]);
  await expect.poll(() => newest(page).getAttribute("data-p")).not.toBe(null);
  const before = await newest(page).getAttribute("data-p");

  await page.getByText("Your laboratory", {exact: true}).click();
  await own(page).setInputFiles((await cells("parasitized", 24)).slice(0, 12));
  await expect.poll(() => said(page).textContent()).toContain("it takes at least 20");
  await own(page).setInputFiles(await cells("parasitized", 24));
  await expect.poll(() => said(page).textContent()).toMatch(/score as parasites do.*: parasitized_/);
  await own(page).setInputFiles(await cells("uninfected", 40));
  await expect.poll(() => said(page).textContent()).toMatch(/^Set by (3[5-9]|40) of your healthy cells on/);

  await choose(page, [file("after.png", readFileSync(CELL))]);
  await expect.poll(() => newest(page).getAttribute("data-file")).toBe("after.png");
  await expect.poll(() => newest(page).getAttribute("data-p")).not.toBe(null);
  expect(await newest(page).getAttribute("data-p")).not.toBe(before);
  const threshold = newest(page).getByText(/^Its threshold: own laboratory, \d+ healthy cells on/);
  expect(await threshold.count()).toBe(1);
  // A cell of the data set is called as ever.
  await page.locator("button.sample").first().click();
  await expect.poll(() => newest(page).getAttribute("data-file")).not.toBe("after.png");
  await expect.poll(() => newest(page).getAttribute("data-p")).not.toBe(null);
  expect(
    await newest(page)
      .getByText(/Its threshold: own laboratory/)
      .count()
  ).toBe(0);

  await page.reload();
  await isReady(page);
  await page.getByText("Your laboratory", {exact: true}).click();
  expect(await said(page).textContent()).toMatch(/^Set by \d+ of your healthy cells on/);
  await page.getByRole("button", {name: "Back to the model's own threshold"}).click();
  await choose(page, [file("again.png", readFileSync(CELL))]);
  await expect.poll(() => newest(page).getAttribute("data-file")).toBe("again.png");
  await expect.poll(() => newest(page).getAttribute("data-p")).toBe(before);
  expect(faults).toEqual([]);
  await close();
});
