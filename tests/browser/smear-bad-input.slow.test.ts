import {basename} from "node:path";
import type {BrowserContext, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {badFields} from "../fixtures/bad-fields.js";
import {badPictures} from "../fixtures/bad-pictures.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {count, dropField, fieldsOf, idle, judged, reload} from "./smear-page.js";

// Whatever may be chosen as a field goes through the real page: each file gets a count or a sentence that says what to do, the
// page and its workers live on, and what was reviewed stays. One network judges: both take twice as long.

let site: Site;
let context: BrowserContext;
let page: Page;
let faults: string[];
let workers: string[];
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());
beforeEach(async () => {
  context = await site.browser.newContext({serviceWorkers: "block", viewport: {width: 1440, height: 1000}});
  page = await context.newPage();
  [faults, workers] = [[], []];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("worker", (worker) => workers.push(basename(worker.url()).split(".")[0]!));
  await page.goto(new URL("/pages/smear", site.url).href);
  await settle(page);
  const who = page.getByLabel("Answer with");
  await who.evaluate((select) => select.closest("details")?.setAttribute("open", ""));
  await who.selectOption("student");
});
afterEach(() => context.close());

const choose = (files: readonly {name: string; content: Uint8Array}[]) =>
  page
    .getByLabel("Choose pictures of fields of a smear")
    .setInputFiles(files.map(({name, content}) => ({name, mimeType: "", buffer: Buffer.from(content)})));

/** What is said of files that are no fields, by name. */
const refusals = () =>
  page.locator(".pending li").evaluateAll((all) =>
    all.map((one) => {
      const name = one.querySelector("strong")!.textContent;
      return [name, one.textContent.slice(name.length, -"OK".length).trim()] as const;
    })
  );

describe("bad input", () => {
  test("each field that is not as it should be is counted, or gets its sentence; the review of a good one stays", async () => {
    await dropField(page, "composed-8", "good.jpg");
    await judged(page);
    const before = [...workers];
    const [unmarked] = await fieldsOf(page);
    await page.locator(".suspect").first().focus();
    for (const key of ["j", "x"]) await page.keyboard.press(key);
    const good = {...unmarked!, infected: unmarked!.infected - 1};
    await expect.poll(() => fieldsOf(page)).toEqual([good]);
    const list = await badFields();
    await choose(list);
    await idle(page, 1 + list.length);
    const said = new Map(await refusals());
    const fields = new Map((await fieldsOf(page)).map(({name, ...field}) => [name, field]));
    const wrong: string[] = [];
    for (const {kind, name, cells, says, isRefused = false} of list) {
      const field = fields.get(name);
      let sentence = said.get(name) ?? "";
      if (field) {
        await page.getByRole("button", {name, exact: true}).click();
        await page.getByTestId("facts").filter({hasText: name}).waitFor();
        sentence += (await page.getByTestId("doubts").textContent())!;
      }
      if (isRefused === (field !== undefined)) wrong.push(`${kind}: ${isRefused ? "taken" : `refused: ${sentence}`}`);
      if (cells && !(field && field.cells >= cells[0] && field.cells <= cells[1]))
        wrong.push(`${kind}: ${field?.cells} cells instead of ${cells.join(" to ")}`);
      if (says && !says.test(sentence)) wrong.push(`${kind}: "${sentence}" instead of ${String(says)}`);
      if (!says && sentence) wrong.push(`${kind}: "${sentence}" though nothing is wrong`);
    }
    expect(wrong).toEqual([]);
    expect((await fieldsOf(page))[0]).toEqual(good);
    await page.waitForTimeout(1000);
    await reload(page);
    await expect.poll(() => count(page)).toBe(fields.size);
    expect((await fieldsOf(page))[0]).toEqual(good);
    expect(await page.locator(".suspect[data-mark=uninfected]").count()).toBe(1);
    expect(workers.slice(0, before.length)).toEqual(before);
    expect(faults).toEqual([]);
  }, 900_000);

  test("each of the classify page's bad files is a field, or gets its sentence", async () => {
    const list = (await badPictures()).filter(({name}) => name !== "");
    const kinds = new Map(list.map(({name, expected}) => [name.replace(/\s+/g, " ").slice(0, 60), expected]));
    const before = [...workers];
    await choose(list);
    await idle(page, list.length);
    const said = await refusals();
    const fields = await fieldsOf(page);
    expect(said.length + fields.length).toBe(list.length);
    const short = (name: string) => name.replace(/\s+/g, " ").slice(0, 60);
    // What a picture shares its bytes with is named, and not counted twice.
    const refused = said.filter(([, sentence]) => !/is the same picture as|is in this smear already/.test(sentence));
    expect(said.length - refused.length).toBeGreaterThan(5);
    expect(fields.filter(({name}) => kinds.get(short(name)) !== "answer").map(({name}) => name)).toEqual([]);
    expect(refused.filter(([name]) => kinds.get(short(name)) === "answer")).toEqual([]);
    for (const [name, sentence] of refused) expect(sentence, name).toMatch(/^[A-Z].{20,}\.$/s);
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
    await page.setViewportSize({width: 360, height: 800});
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(workers.slice(0, before.length)).toEqual(before);
    expect(faults).toEqual([]);
  }, 600_000);

  test("a file of 300 MB is refused unread", async () => {
    await page.evaluate(() => {
      const data = new DataTransfer();
      const part = new Blob([new Uint8Array(1_000_000)]);
      data.items.add(new File(Array<Blob>(300).fill(part), "huge.png"));
      document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    });
    await expect
      .poll(refusals)
      .toEqual([["huge.png", expect.stringContaining("This file has 300 MB; the limit is 60 MB. Save it smaller")]]);
    expect(faults).toEqual([]);
  });
});
