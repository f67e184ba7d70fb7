import type {Page} from "playwright-core";
import {expect} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {settle} from "./harness.js";
import type {Site} from "./harness.js";
import {dropPart, judged} from "./smear-page.js";
import {touchEverything} from "./touch.js";

const patient = {timeout: 90_000};

const interactions: Record<string, (page: Page) => Promise<unknown>> = {
  "/pages/dataset": async (page) => {
    await page.locator(".gallery-view").focus();
    await page.keyboard.press("Enter");
    await page.locator(".neighbours li").first().waitFor(patient);
    await page.getByRole("spinbutton", {name: "Brightness from"}).fill("0.6");
    await page.locator(".map-place").scrollIntoViewIfNeeded();
    await page.getByRole("button", {name: "Zoom in"}).click(patient);
    await page.locator(".map-canvas").press("Enter");
    const saving = page.waitForEvent("download");
    await page.getByRole("button", {name: /^Save CSV of/}).click();
    await (await saving).path();
  },
  "/pages/augmentation": async (page) => {
    await page.getByRole("button", {name: "Reroll"}).click();
    await page.waitForSelector(".draws[aria-busy=false]");
  },
  "/pages/training": async (page) => {
    await page.locator("figure svg").first().hover();
    await saveFrom(page, "figure");
  },
  "/pages/evaluation": async (page) => {
    await page.locator("main input[type=range]").first().focus();
    await page.keyboard.press("ArrowRight");
    await saveFrom(page, "figure");
  },
  "/pages/classify": async (page) => {
    await page.locator("[data-testid=model-status][data-state=ready]").waitFor(patient);
    await page.getByLabel("Pictures of single cells").setInputFiles(CELL);
    await page.getByTestId("prediction").first().waitFor(patient);
    await page.getByRole("button", {name: /^Turn and mirror it/}).click();
    await page.getByTestId("views").first().waitFor(patient);
    for (const [name, id] of [
      [/^Why\? Show where/, "why"],
      [/^Try to fool it/, "fool"],
      [/^Mark the cell yourself/, "crop"],
      [/^Share/, "share"]
    ] as const) {
      await page.getByRole("button", {name}).first().click();
      await page.getByTestId(id).first().waitFor(patient);
    }
  },
  "/pages/smear": async (page) => {
    await dropPart(page);
    await judged(page);
    await page.locator(".suspect").first().focus();
    for (const key of ["j", "x", "u"]) await page.keyboard.press(key);
    await page.getByRole("button", {name: "Zoom in"}).click();
    for (const name of ["Save as CSV", "Save as JSON", "Save pictures with outlines"]) {
      const saving = page.waitForEvent("download");
      await page.getByRole("button", {name}).click();
      await (await saving).path();
    }
  },
  "/pages/model-card": (page) => saveFrom(page, "figure")
};

async function saveFrom(page: Page, selector: string): Promise<void> {
  const part = page.locator(selector).first();
  await part.locator("summary").first().click();
  const saving = page.waitForEvent("download");
  await part.getByRole("button", {name: "Save SVG"}).first().click();
  await (await saving).path();
}

/**
 * Opens a page at `root`, does what it is for, then uses all that it has.
 * @returns whether the page was cross-origin isolated
 * @throws Error on any console error, foreign or failed request, and any violation of the policy.
 */
export async function useWhole(site: Site, root: string, path: string): Promise<boolean> {
  const query = path === "/pages/classify" ? "?backend=wasm" : "";
  // Copying a block of code is allowed in a browser that has windows.
  const visit = await site.open(new URL(path.slice(1) + query, root).href, {permissions: ["clipboard-write"]});
  const {page} = visit;
  await settle(page);
  await interactions[path]?.(page);
  const used = await touchEverything(page);
  expect(Object.values(used).some((count) => count > 0) || !interactions[path], JSON.stringify(used)).toBe(true);
  const isolated = await page.evaluate(() => crossOriginIsolated);
  await visit.close();
  return isolated;
}
