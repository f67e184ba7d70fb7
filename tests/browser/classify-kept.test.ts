import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {choose, file, openClassify, results, state} from "./classify-page.js";
import {addressOf, openSite} from "./harness.js";
import type {Site} from "./harness.js";

// That results and queue survive another page, Back and a reload, and what is said where they cannot.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const fate = (page: Page) => page.getByTestId("kept");
const KEPT = "Kept in this browser, on this device, until you clear them.";
const broken = file("notes.png", "no picture");

/** What the cards say to machines, and what they are called. */
const shown = (page: Page) =>
  results(page).evaluateAll((cards) =>
    cards.map((card) => {
      const {testid, p, code, file: name} = (card as HTMLElement).dataset;
      return {testid, p, code, name, title: card.querySelector("h2")!.textContent};
    })
  );

describe("results", () => {
  test("are there after a reload, after another page and Back, can be asked about, and are gone once cleared", async () => {
    const {page, faults, close} = await openClassify(site);
    await state(page, "ready");
    await choose(page, [file("mine.png", readFileSync(CELL)), broken]);
    await page.locator("button.sample").nth(1).click();
    await expect.poll(() => results(page).count()).toBe(3);
    await expect.poll(async () => (await addressOf(page)).searchParams.has("cell")).toBe(true);
    expect(await fate(page).textContent()).toBe(KEPT);
    const before = await shown(page);
    expect(before.map(({name}) => name).slice(1)).toEqual(["mine.png", "notes.png"]);

    await page.reload();
    await expect.poll(() => results(page).count()).toBe(3);
    expect(await shown(page)).toEqual(before);
    expect(await page.locator("button.sample[aria-pressed=true]").count()).toBe(1);
    await state(page, "ready");
    await page.getByRole("button", {name: "Turn and mirror it: mine.png"}).click();
    await page.getByTestId("views").first().waitFor();

    await page.goto(new URL("/pages/data-card", site.url).href);
    await page.goBack();
    await expect.poll(() => results(page).count()).toBe(3);
    expect(await shown(page)).toEqual(before);

    await page.getByRole("button", {name: "Clear all results"}).click();
    expect(await results(page).count()).toBe(0);
    await expect.poll(async () => (await addressOf(page)).searchParams.has("cell")).toBe(false);
    await page.reload();
    await state(page, "ready");
    await page.waitForTimeout(500);
    expect(await results(page).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test("of many files come back as a table", async () => {
    const {page, close} = await openClassify(site);
    await state(page, "ready");
    const cell = readFileSync(CELL);
    const many = Array.from({length: 40}, (_, n) => file(`cell_${n}.png`, cell));
    await page.getByLabel("Pictures of single cells").setInputFiles(many);
    const status = page.getByTestId("batch-status");
    await expect.poll(() => status.textContent()).toMatch(/^40 of 40 files answered/);
    await page.waitForTimeout(600);
    await page.reload();
    await expect.poll(() => status.textContent()).toMatch(/^40 of 40 files answered/);
    expect(await results(page).count()).toBe(0);
    await close();
  });
});

describe("what waits", () => {
  test("is asked about once the page is back, and leaving it asks first", async () => {
    let isHeld = true;
    const {page, close} = await openClassify(site, {
      async prepare(opened) {
        await opened.route("**/models/resnet34/*", (route) => (isHeld ? undefined : route.fallback()));
      }
    });
    await page.getByLabel("Pictures of single cells").setInputFiles([file("mine.png", readFileSync(CELL))]);
    await page.locator(".result").waitFor();
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    // A page that nobody has touched may not ask.
    await page.getByRole("heading", {level: 1}).click();
    await page.waitForTimeout(600);
    isHeld = false;
    await page.reload();
    expect(asked).toEqual(["beforeunload"]);
    await expect.poll(() => results(page).count()).toBe(1);
    expect(await results(page).getAttribute("data-testid")).toBe("prediction");
    await page.getByRole("heading", {level: 1}).click();
    await page.reload();
    expect(asked).toEqual(["beforeunload"]);
    await close();
  });
});

describe("where nothing can be kept", () => {
  test("because the browser keeps nothing, it is said, and answers come all the same", async () => {
    const {page, faults, close} = await openClassify(site, {
      async prepare(opened) {
        await opened.addInitScript(
          "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
        );
      }
    });
    await state(page, "ready");
    await choose(page, [file("mine.png", readFileSync(CELL))]);
    expect(await fate(page).textContent()).toMatch(/^This browser keeps nothing here/);
    await page.reload();
    await state(page, "ready");
    expect(await results(page).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test("because another tab does, it is said in the second", async () => {
    const {page, close} = await openClassify(site);
    await state(page, "ready");
    await choose(page, [file("mine.png", readFileSync(CELL))]);
    await page.waitForTimeout(600);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByLabel("Pictures of single cells").setInputFiles([broken]);
    await expect.poll(() => fate(second).textContent()).toMatch(/^Another tab keeps its results/);
    expect(await second.locator(".result").count()).toBe(1);
    await second.close();
    await page.reload();
    await expect.poll(() => results(page).count()).toBe(1);
    expect(await results(page).getAttribute("data-file")).toBe("mine.png");
    await close();
  });
});
