import type {Page} from "playwright-core";
import sharp from "sharp";
import {expect} from "vitest";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {cellPixels} from "../../src/data/shapes/cells.js";
import {CELL, pixelsOf} from "../fixtures/pictures.js";
import type {Site} from "./harness.js";
import {computesWith, countTurns} from "./main-thread.js";

/** Milliseconds that a backend in software may take. */
export const PATIENCE = 540_000;

/** Opens the Classify page with the shipped networks, once they are there. */
export async function openShipped(site: Site, backend: string) {
  const context = await site.browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(new URL(`/pages/classify?backend=${backend}`, site.url).href);
  await page.locator("[data-testid=model-status][data-state=ready]").waitFor();
  return {page, faults, close: () => context.close()};
}

/** Chooses pictures, and waits for their cards. */
export async function choosePictures(page: Page, pictures: [name: string, picture: RgbPicture][]) {
  const files = await Promise.all(
    pictures.map(async ([name, {data, width, height}]) => ({
      name,
      mimeType: "image/png",
      buffer: await sharp(data, {raw: {width, height, channels: 3}})
        .png()
        .toBuffer()
    }))
  );
  await page.getByLabel("Pictures of single cells").setInputFiles(files);
  return answersOf(
    page,
    files.map(({name}) => name)
  );
}

/** Waits until all of these files have an answer or a refusal, and reads what the cards tell machines. */
export async function answersOf(page: Page, names: string[]) {
  const cards = names.map((name) => page.locator(`.result[data-testid][data-file="${name}"]`));
  const found: Record<string, string | undefined>[] = [];
  for (const card of cards) {
    await card.waitFor();
    found.push(await card.evaluate((element: HTMLElement) => ({...element.dataset, text: element.textContent ?? ""})));
  }
  return found;
}

/** Asks for a map. @returns its values */
export async function mapOf(page: Page, name: string): Promise<number[]> {
  const card = page.locator(`.result[data-file="${name}"]`);
  await card.getByRole("button", {name: /^Why\? Show where/}).click();
  const why = card.locator("[data-testid=why][data-state=shown]");
  await why.waitFor();
  return (await why.getAttribute("data-map"))!.split(" ").map(Number);
}

/**
 * Has maps of so many cells shown, compared and uncovered, and expects that they ask for nothing, hang on the weights, and leave
 * the page quick.
 * @returns the first map
 */
export async function expectQuickMaps(site: Site, backend: string, names: string[]): Promise<number[]> {
  const cell = await pixelsOf(CELL);
  const {page, faults, close} = await openShipped(site, backend);
  const shown = await choosePictures(
    page,
    names.map((name) => [name, cell])
  );
  for (const answer of shown) expect(answer).toMatchObject({testid: "prediction", backend});
  const requests: string[] = [];
  let first: number[] | undefined;
  page.on("request", (request) => requests.push(request.url()));
  const most = await countTurns(page, async () => {
    for (const name of names) {
      const map = await mapOf(page, name);
      first ??= map;
      const card = page.locator(`.result[data-file="${name}"]`);
      for (const value of ["20", "100"]) await card.getByLabel("From the cell to the map").fill(value);
      if (name !== "first.png") continue;
      await card.getByRole("button", {name: "Compare with shuffled weights: first.png"}).click();
      const why = card.locator("[data-testid=why][data-shuffled]");
      await why.waitFor();
      expect(Math.abs(Number(await why.getAttribute("data-likeness")))).toBeLessThan(0.6);
      expect(await why.textContent()).toContain("not evidence of reasoning");
      expect(await why.textContent()).toMatch(/On \d+ held-out cells/);
    }
  });
  console.log(`The most in one go with maps on ${backend}: ${JSON.stringify(most)}`);
  expect(requests.filter((url) => !/^blob:|\/thread-worker\./.test(url))).toEqual([]);
  expect(await computesWith(page)).toEqual([]);
  expect(most.pixels).toBeGreaterThanOrEqual(cellPixels);
  expect(most.pixels).toBeLessThanOrEqual(4 * cellPixels);
  expect(most.changes).toBeLessThan(100);
  expect(most.messages).toBeLessThanOrEqual(2);
  expect(faults).toEqual([]);
  await close();
  return first!;
}
