import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {addressOf, openSite, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";
import {press, tabTo} from "./keyboard.js";

// The tasks of every page by the keyboard alone; those of the dataset page are in dataset.test.ts.
const patient = {timeout: 90_000};
let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

async function open(path: string): Promise<Visit> {
  const visit = await site.open(path);
  await settle(visit.page, patient);
  return visit;
}

const query = async (page: Page) => (await addressOf(page)).searchParams;
const focused = (page: Page) => page.evaluate(() => document.activeElement!.outerHTML.slice(0, 200));

/** The text of the file that the focused button saves when Enter is pressed. */
async function saved(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download", patient), press(page, "Enter")]);
  return readFileSync(await download.path(), "utf8");
}

/** Saves the first figure that the keyboard comes to both ways, and opens the numbers behind it. */
async function saveFigure(page: Page): Promise<void> {
  await tabTo(page, "figure.chart button.download");
  await page.locator("figure.chart:has(:focus) svg[role=img]").first().waitFor(patient);
  expect((await saved(page)).split("\n").length).toBeGreaterThan(2);
  await press(page, "Tab");
  expect(await saved(page)).toContain("<svg");
  await tabTo(page, "figure.chart:has(:focus) summary");
  await press(page, "Enter");
  await page.locator("figure.chart:has(:focus) details[open] table").waitFor(patient);
}

test("classifier: choose files, read the answers, take a sample, remove an answer, save all", async () => {
  const visit = await open("/pages/classify?backend=wasm");
  const {page} = visit;
  await page.locator("[data-testid=model-status][data-state=ready]").waitFor(patient);
  await tabTo(page, "#cell-files");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser", patient), press(page, " ")]);
  await chooser.setFiles([CELL]);
  const answers = page.getByTestId("prediction");
  await answers.first().waitFor(patient);
  const spoken = () => page.locator("[role=status]").allTextContents();
  await expect.poll(async () => (await spoken()).join(" "), patient).toMatch(/parasitized|uninfected/i);

  await tabTo(page, "button.sample");
  await press(page, "Enter");
  await expect.poll(() => answers.count(), patient).toBe(2);
  await tabTo(page, ".all-results summary");
  await press(page, "Enter");
  await tabTo(page, ".all-results button.download");
  const lines = (await saved(page)).trim().split("\n");
  expect(lines).toHaveLength(3);

  await tabTo(page, "button[aria-label^=Remove]");
  await press(page, "Enter");
  await expect.poll(() => answers.count(), patient).toBe(1);
  expect(await focused(page)).toContain("Remove");
  await press(page, "Enter");
  await expect.poll(() => answers.count(), patient).toBe(0);
  expect(await focused(page)).toContain("cell-files");
  await visit.close();
});

test("evaluation: move the threshold, take a preset, save a figure", async () => {
  const visit = await open("/pages/evaluation?tab=threshold");
  const {page} = visit;
  await tabTo(page, ".threshold input[type=range]");
  await press(page, "ArrowRight", "ArrowRight");
  await expect.poll(async () => Number((await query(page)).get("threshold")), patient).toBeGreaterThan(0);
  const chosen = (await query(page)).get("threshold");
  await tabTo(page, "button[data-threshold]");
  await press(page, "Enter");
  await expect.poll(async () => (await query(page)).get("threshold"), patient).not.toBe(chosen);
  await saveFigure(page);
  await visit.close();
});

test.each(["training", "model-card"])("%s: save a figure", async (name) => {
  const visit = await open(`/pages/${name}`);
  await saveFigure(visit.page);
  await visit.close();
});

test("augmentation: draw anew, follow a draw, turn further", async () => {
  const visit = await open("/pages/augmentation?seed=7");
  const {page} = visit;
  const ready = () => page.waitForSelector(".draws[aria-busy=false]", patient);
  await ready();
  await tabTo(page, ".draw-controls button");
  await press(page, "Enter");
  await expect.poll(async () => (await query(page)).get("seed"), patient).not.toBe("7");
  await ready();
  await tabTo(page, ".draws li:nth-child(3) button");
  await press(page, "Enter");
  await expect.poll(() => page.locator(".draws [aria-pressed=true]").textContent(), patient).toContain("Draw 3");
  await tabTo(page, "[data-setting=maxRotate] input");
  await press(page, "End");
  await expect.poll(async () => [...(await query(page)).values()].includes("180"), patient).toBe(true);
  await visit.close();
});
