import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import type {BrowserContext, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {blackPng} from "../fixtures/pictures.js";
import {drop} from "./classify-page.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {count, dropField, judged, numbers} from "./smear-page.js";

// A composed field, whose every cell is known, through the whole page: found, judged, reviewed, kept, taken along.

interface TrueCell {
  file: string;
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
}

const truth = JSON.parse(readFileSync("src/data/samples/smear/truth.json", "utf8")) as Record<
  string,
  {cells: TrueCell[]}
>;
const cells = truth["composed-8"]!.cells;
const {threshold} = JSON.parse(readFileSync("models/resnet34/metadata.json", "utf8")) as {threshold: number};
/** P(parasitized) that the shipped ResNet-34 gives a cell by itself. */
const alone = new Map(
  csvParse(readFileSync("models/resnet34/predictions.csv", "utf8"))
    .filter(({fold}) => fold === "0")
    .map(({file, p_parasitized: p}) => [file!, Number(p)])
);

let site: Site;
let context: BrowserContext;
let faults: string[];
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());
beforeEach(async () => {
  context = await site.browser.newContext({serviceWorkers: "allow", viewport: {width: 1440, height: 1000}});
  faults = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  context.on("console", (message) => message.type() === "error" && faults.push(message.text()));
});
afterEach(() => context.close());

async function open(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(new URL("/pages/smear", site.url).href);
  await settle(page);
  return page;
}

async function saved(page: Page, button: string): Promise<{name: string; content: Buffer}> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", {name: button}).click();
  const download = await saving;
  return {name: download.suggestedFilename(), content: readFileSync(await download.path())};
}

test("on a phone the sample photograph is counted at a press and comes into view, and so does why a file is refused", async () => {
  const page = await open();
  await page.setViewportSize({width: 390, height: 844});
  await page.getByRole("button", {name: "A photograph"}).click();
  await judged(page);
  const {cells, infected} = await numbers(page);
  const known = JSON.parse(readFileSync("src/data/samples/smear/photograph.json", "utf8")) as {cells: number};
  // Its people boxed those that its edge cuts off, too.
  expect(cells).toBeGreaterThan(0.85 * known.cells);
  expect(cells).toBeLessThanOrEqual(known.cells);
  expect(infected).toBeLessThanOrEqual(3);
  const [share, field] = await Promise.all(
    [page.getByTestId("share"), page.locator(".field-canvas")].map((one) => one.boundingBox())
  );
  expect(share!.y).toBeGreaterThan(0);
  expect(field!.y + field!.height).toBeLessThanOrEqual(844);

  await page.evaluate(() => window.scrollTo(0, 0));
  await drop(page, [{name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture")}]);
  const refused = page.locator(".pending li", {hasText: "notes.jpg"});
  await refused.getByRole("button", {name: "OK"}).waitFor();
  await expect.poll(async () => (await refused.boundingBox())!.y).toBeLessThan(844);
  expect(faults).toEqual([]);
});

describe("a field of a hundred known cells", () => {
  test("is counted; a review by keyboard changes the numbers, outlives a reload, and comes back from its JSON", async () => {
    const page = await open();
    // There is no WebGL here.
    await page.locator("[data-testid=finder-status][data-backend=wasm]").waitFor({timeout: 90_000});
    await dropField(page, "composed-8");
    await judged(page);
    const found = await numbers(page);
    expect(Math.abs(found.cells - cells.length)).toBeLessThanOrEqual(0.02 * cells.length);

    // Every parasite that ResNet-34 calls by itself is called in the field too.
    const rows = csvParse((await saved(page, "Save as CSV")).content.toString("utf8").replace(/^\ufeff/, ""));
    const called = cells.filter(({file, label}) => label === "parasitized" && alone.get(file)! >= threshold);
    expect(called.length).toBeGreaterThan(4);
    for (const {file, x, y, width, height} of called) {
      const own = rows.find(
        (row) =>
          Math.abs(Number(row.x) + Number(row.width) / 2 - x) < width / 3 &&
          Math.abs(Number(row.y) + Number(row.height) / 2 - y) < height / 3
      );
      expect(own?.called, file).toBe("parasitized");
    }
    expect(rows.filter((row) => row.called === "parasitized").length).toBe(found.infected);
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.field_sha256!) && row.p_student && row.p_resnet34)).toBe(true);

    // Three suspects by keyboard: confirmed, rejected, no cell.
    await page.locator(".suspect").first().focus();
    for (const key of ["j", "c", "j", "x", "j", "n"]) await page.keyboard.press(key);
    const marks = () =>
      page.locator(".suspect").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.mark));
    await expect
      .poll(async () => (await marks()).filter(Boolean).sort())
      .toEqual(["no cell", "parasitized", "uninfected"]);
    const reviewed = await numbers(page);
    expect(reviewed).toEqual({cells: found.cells - 1, infected: found.infected - 2});
    await page.keyboard.press("u");
    await expect.poll(() => numbers(page)).toEqual({cells: found.cells, infected: found.infected - 1});
    await page.keyboard.press("r");
    await expect.poll(() => numbers(page)).toEqual(reviewed);
    expect(await page.getByTestId("network-count").textContent()).toContain(`${found.infected} of ${found.cells}`);

    // A missed cell, and undo.
    await page.getByRole("button", {name: "Whole field"}).click();
    await page.locator(".field-canvas").focus();
    await page.keyboard.press("a");
    await expect.poll(() => numbers(page)).toEqual({...reviewed, cells: reviewed.cells + 1});
    await page.getByRole("button", {name: /^Undo/}).click();
    await expect.poll(() => numbers(page)).toEqual(reviewed);

    await page.waitForTimeout(600);
    await page.reload();
    await expect.poll(() => numbers(page)).toEqual(reviewed);
    await expect.poll(async () => (await marks()).filter(Boolean).length).toBe(3);
    await page.locator(".field-canvas[data-picture=true]").waitFor();
    expect(await page.getByTestId("kept").textContent()).toMatch(/^Kept in this browser/);

    const json = await saved(page, "Save as JSON");
    const png = await saved(page, "Save pictures with outlines");
    expect(png.name).toBe("composed-8-outlines.png");
    expect(png.content.readUInt32BE(16)).toBe(2400);
    await page.getByRole("button", {name: "Clear this smear"}).click();
    await expect.poll(() => count(page)).toBe(0);
    await page.reload();
    await settle(page);
    expect(await count(page)).toBe(0);
    const record = {name: json.name, mimeType: "application/json", buffer: json.content};
    await page.getByLabel("Open a saved smear").setInputFiles(record);
    await expect.poll(() => numbers(page)).toEqual(reviewed);
    expect((await marks()).filter(Boolean).length).toBe(3);
    // Its picture, chosen again, is laid under the review, and counted once.
    await dropField(page, "composed-8");
    await page.locator(".field-canvas[data-picture=true]").waitFor();
    expect(await numbers(page)).toEqual(reviewed);
    const broken = {...record, buffer: json.content.subarray(0, 1000)};
    await page.getByLabel("Open a saved smear").setInputFiles(broken);
    await expect.poll(() => page.locator(".records .notice").textContent()).toContain("cut short");
    expect(faults).toEqual([]);
  });

  test("chosen twice is counted once, and named; what is no picture gets a sentence, and the rest is done", async () => {
    const page = await open();
    await dropField(page, "composed-0", "first.jpg");
    await dropField(page, "composed-0", "second.jpg");
    await page.getByLabel("Choose pictures of fields of a smear").setInputFiles([
      {name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture")},
      {name: "huge.png", mimeType: "image/png", buffer: Buffer.from(blackPng(7800))}
    ]);
    await judged(page);
    expect(await count(page)).toBe(1);
    const pending = page.locator(".pending li");
    await expect.poll(() => pending.count()).toBe(3);
    expect(await pending.nth(2).textContent()).toMatch(
      /7,800 × 7,800 pixels; the limit is 48 million\. Save it smaller/
    );
    expect(await pending.nth(0).textContent()).toContain("is the same picture as first.jpg, and is not counted twice");
    expect(await pending.nth(1).textContent()).toContain("notes.txt");
    const {infected} = await numbers(page);
    // None is parasitized: what is called is a false alarm, and the page says how many to expect.
    expect(infected).toBeLessThan(10);
    expect(await page.getByTestId("worth").textContent()).toMatch(/without any parasite it would call about/);
    expect(faults).toEqual([]);
  });

  test("is counted without a network once the page has loaded", async () => {
    const page = await open();
    await page.waitForSelector("html[data-offline=ready]", {timeout: 90_000});
    for (const name of ["finder-status", "student-status", "model-status"]) {
      await page.locator(`[data-testid=${name}][data-state=ready]`).waitFor({timeout: 180_000});
    }
    const kept = () =>
      page.evaluate(async () => {
        const name = (await caches.keys()).find((key) => key.startsWith("kept-"));
        return name ? (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname) : [];
      });
    const wanted = ["/models/finder/weights-1-of-1.bin", "/models/student/metadata.json"];
    await expect.poll(kept, {timeout: 90_000}).toEqual(expect.arrayContaining(wanted));
    await expect
      .poll(async () => (await kept()).filter((path) => path.includes("tensorflow")).length)
      .toBeGreaterThan(0);
    await context.setOffline(true);
    await page.reload();
    await dropField(page, "composed-1");
    await judged(page);
    const {cells: found} = await numbers(page);
    expect(Math.abs(found - 100)).toBeLessThanOrEqual(2);
  });
});
