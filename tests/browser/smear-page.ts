import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {FIELD} from "../fixtures/laid-field.js";
import {drop} from "./classify-page.js";

const patient = {timeout: 180_000};

/** Drops a composed field on the page. */
export async function dropField(page: Page, name: string, as = `${name}.jpg`): Promise<void> {
  const buffer = readFileSync(`src/data/samples/smear/${name}.jpg`);
  await drop(page, [{name: as, mimeType: "image/jpeg", buffer}]);
}

/** Part of a composed field as a picture of its own, which is no sample of the site: a third of the cells, in a third of the time. */
export const partOfField = (left: number, width = 1200) =>
  sharp(FIELD).extract({left, top: 0, width, height: 1000}).jpeg({quality: 90}).toBuffer();

/** Drops a part of a composed field on the page. */
export async function dropPart(page: Page): Promise<void> {
  await drop(page, [{name: "part.jpg", mimeType: "image/jpeg", buffer: await partOfField(0)}]);
}

/** Waits until nothing is read or judged any more. */
export async function judged(page: Page): Promise<void> {
  await page.locator(".numbers[data-cells]:not([data-cells='0'])").waitFor(patient);
  await page
    .locator(".pending li[data-over=false]")
    .first()
    .waitFor({...patient, state: "detached"});
}

/** Waits until so many files are fields or have their sentence, and none is read or judged any more. */
export async function idle(page: Page, files: number): Promise<void> {
  await page.waitForFunction(
    (most) =>
      document.querySelectorAll(".pending li, .fields li").length >= most &&
      document.querySelector(".pending li[data-over=false]") === null,
    files,
    {timeout: 800_000, polling: 500}
  );
}

/** The fields of the smear in their order, with their counts. */
export const fieldsOf = (page: Page): Promise<{name: string; infected: number; cells: number}[]> =>
  page.locator(".fields li").evaluateAll((all) =>
    all.map((one) => {
      const [infected, cells] = one.querySelector(".number")!.textContent.replaceAll(",", "").match(/\d+/g)!;
      return {name: one.querySelector(".field-name")!.textContent, infected: Number(infected), cells: Number(cells)};
    })
  );

/** Loads the page anew, once more where the one before is so slow to go that it counts as another tab. */
export async function reload(page: Page): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await page.reload();
    const kept = page.getByTestId("kept").filter({hasText: /./});
    await kept.waitFor(patient);
    if (!(await kept.textContent())!.startsWith("Another tab")) return;
  }
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
