import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {drop} from "./classify-page.js";

const patient = {timeout: 180_000};

/** Drops a composed field on the page. */
export async function dropField(page: Page, name: string, as = `${name}.jpg`): Promise<void> {
  const buffer = readFileSync(`src/data/samples/smear/${name}.jpg`);
  await drop(page, [{name: as, mimeType: "image/jpeg", buffer}]);
}

/** Waits until nothing is read or judged any more. */
export async function judged(page: Page): Promise<void> {
  await page.locator(".numbers[data-cells]:not([data-cells='0'])").waitFor(patient);
  await page
    .locator(".pending li[data-over=false]")
    .first()
    .waitFor({...patient, state: "detached"});
}

/** How many fields there are. */
export const count = (page: Page) => page.locator(".fields li").count();

/** Red cells, and those called parasitized, after the review. */
export async function numbers(page: Page): Promise<{cells: number; infected: number}> {
  const {cells, infected} = await page
    .locator(".numbers")
    .evaluate((node) => ({...(node as HTMLElement).dataset}) as {cells: string; infected: string});
  return {cells: Number(cells), infected: Number(infected)};
}
