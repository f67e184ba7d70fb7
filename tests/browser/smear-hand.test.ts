import {readFileSync} from "node:fs";
import {csvParse} from "d3-dsv";
import type {BrowserContext, BrowserContextOptions, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, describe, expect, test} from "vitest";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {count, dropField, fieldsOf, idle, judged, numbers, partOfField as part, reload} from "./smear-page.js";

// By hand: pasted, photographed, touched, added to, put in order, handed over, and at one's own laboratory's threshold.

let site: Site;
let context: BrowserContext;
let faults: string[];
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());
afterEach(() => context.close());

async function open(path = "/pages/smear", options: BrowserContextOptions = {}): Promise<Page> {
  context = await site.browser.newContext({serviceWorkers: "block", viewport: {width: 1440, height: 1000}, ...options});
  faults = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  context.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const page = await context.newPage();
  await page.goto(new URL(path, site.url).href);
  await settle(page);
  return page;
}

async function saved(page: Page, button: string): Promise<string> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", {name: button}).click();
  return readFileSync(await (await saving).path(), "utf8").replace(/^\ufeff/, "");
}

describe("by touch", () => {
  test("a photograph is taken, its suspects confirmed, rejected and undone, a cell added, the field pinched larger", async () => {
    const page = await open("/pages/smear", {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true});
    const camera = page.getByLabel("Take a photo");
    expect(await camera.getAttribute("capture")).toBe("environment");
    await camera.setInputFiles({name: "photo.jpg", mimeType: "image/jpeg", buffer: await part(0)});
    await judged(page);
    await page.locator(".field-canvas[data-picture=true]").waitFor();
    const before = await numbers(page);
    expect(before.cells).toBeGreaterThan(15);

    await page.locator(".suspect").first().tap();
    await page.locator(".suspect[aria-selected=true]").waitFor();
    await page.getByRole("button", {name: /^Reject/}).tap();
    await expect.poll(() => numbers(page)).toEqual({...before, infected: before.infected - 1});
    await page.getByRole("button", {name: /^Confirm/}).tap();
    await expect.poll(() => numbers(page)).toEqual(before);
    await page.getByRole("button", {name: /^No cell/}).tap();
    await expect.poll(() => numbers(page)).toEqual({cells: before.cells - 1, infected: before.infected - 1});
    for (let n = 0; n < 3; n++) await page.getByRole("button", {name: /^Undo/}).tap();
    await expect.poll(() => numbers(page)).toEqual(before);

    await page.getByRole("button", {name: "Show the whole field"}).tap();
    await page.getByRole("button", {name: "Add a missed cell"}).tap();
    const canvas = page.locator(".field-canvas");
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    await canvas.tap({position: {x: box.width / 2, y: box.height / 2}});
    await expect.poll(() => numbers(page)).toEqual({...before, cells: before.cells + 1});
    await page.getByRole("button", {name: "Add a missed cell"}).tap();

    // Two fingers move apart: the same place is seen larger, so a tap of the same place chooses another cell, or none.
    const scale = () => canvas.evaluate((node) => (node as HTMLElement & {__zoom: {k: number}}).__zoom.k);
    expect(await scale()).toBe(1);
    const session = await context.newCDPSession(page);
    // What the networks say of the added cell may have moved the field.
    await judged(page);
    await canvas.scrollIntoViewIfNeeded();
    const there = (await canvas.boundingBox())!;
    const [x, y] = [there.x + there.width / 2, there.y + there.height / 2];
    const fingers = (apart: number) => [
      {x: x - apart, y, id: 0},
      {x: x + apart, y, id: 1}
    ];
    await session.send("Input.dispatchTouchEvent", {type: "touchStart", touchPoints: fingers(30)});
    for (const apart of [50, 75, 100])
      await session.send("Input.dispatchTouchEvent", {type: "touchMove", touchPoints: fingers(apart)});
    await session.send("Input.dispatchTouchEvent", {type: "touchEnd", touchPoints: []});
    await expect.poll(scale).toBeGreaterThan(2);
    expect(await page.evaluate(() => visualViewport!.scale)).toBe(1);
    expect(faults).toEqual([]);
  });
});

describe("fields of one smear", () => {
  test("are pasted, put in another order, taken out and brought back; totals follow, and a reload keeps them", async () => {
    const page = await open();
    const pictures = (await Promise.all([part(0, 800), part(1600, 800)])).map((one) => one.toString("base64"));
    for (const base64 of pictures) {
      await page.evaluate((content) => {
        const clipboardData = new DataTransfer();
        const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        clipboardData.items.add(new File([bytes], "image.png", {type: "image/jpeg"}));
        document.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
      }, base64);
    }
    await judged(page);
    await idle(page, 2);
    const [first, second] = await fieldsOf(page);
    expect([first!.name, second!.name]).toEqual(["image.png", "image-2.png"]);
    const total = {cells: first!.cells + second!.cells, infected: first!.infected + second!.infected};
    await expect.poll(() => numbers(page)).toEqual(total);
    await page.getByRole("button", {name: "Move down: image.png"}).click();
    await expect.poll(() => fieldsOf(page)).toEqual([second, first]);
    await page.waitForTimeout(800);
    await reload(page);
    await expect.poll(() => fieldsOf(page)).toEqual([second, first]);
    await page.getByRole("button", {name: "Remove: image-2.png"}).click();
    await expect.poll(() => numbers(page)).toEqual({cells: first!.cells, infected: first!.infected});
    await page.getByRole("button", {name: /^Undo/}).click();
    await expect.poll(() => numbers(page)).toEqual(total);
    expect(await fieldsOf(page)).toEqual([second, first]);
    expect(faults).toEqual([]);
  });

  test("from a saved smear say that their pictures are missing; the picture, chosen again, brings them back; what is added is judged by both networks", async () => {
    const page = await open();
    await page
      .getByLabel("Choose pictures of fields of a smear")
      .setInputFiles({name: "field.jpg", mimeType: "image/jpeg", buffer: await part(0)});
    await judged(page);
    const suspects = await page.locator(".suspect").count();
    expect(suspects).toBeGreaterThan(0);
    const seen = () => page.locator(".suspect canvas").count();
    expect(await seen()).toBe(suspects);
    const json = await saved(page, "Save as JSON");
    await page.getByRole("button", {name: "Clear this smear"}).click();
    await expect.poll(() => count(page)).toBe(0);
    await page
      .getByLabel("Open a saved smear")
      .setInputFiles({name: "smear.json", mimeType: "application/json", buffer: Buffer.from(json)});
    const missing = page.getByTestId("suspects-missing");
    await missing.waitFor();
    expect(await missing.textContent()).toContain("Choose field.jpg again");
    expect([await page.locator(".suspect").count(), await seen()]).toEqual([suspects, 0]);
    const before = await numbers(page);
    await page
      .getByLabel("Choose pictures of fields of a smear")
      .setInputFiles({name: "another name.jpg", mimeType: "image/jpeg", buffer: await part(0)});
    await expect.poll(seen, {timeout: 60_000}).toBe(suspects);
    expect(await missing.isVisible()).toBe(false);
    expect([await count(page), await numbers(page)]).toEqual([1, before]);

    // Beside the middle of the second cell of the field, which is so counted twice: only that it is judged matters here.
    await idle(page, 1);
    await page.getByRole("button", {name: "Show the whole field"}).click();
    await page.getByRole("button", {name: "Add a missed cell"}).click();
    await page.locator(".field-canvas").click({position: {x: 300, y: 300}});
    await expect.poll(() => numbers(page)).toMatchObject({cells: before.cells + 1});
    await expect
      .poll(async () => (await page.locator(".smear [role=status]").textContent())!, {timeout: 60_000})
      .toMatch(/^The networks give the added cell P /);
    const rows = csvParse(await saved(page, "Save as CSV"));
    const added = rows.filter((row) => row.added === "true");
    expect(added.length).toBe(1);
    for (const name of ["p_student", "p_resnet34"]) expect(added[0]![name]).toMatch(/^[\d.e-]+$/);
    expect(added[0]!.reviewed).toBe("uninfected");
    expect(faults).toEqual([]);
  });
});

test("a field that the classify page refuses opens here by one click, and nothing of it leaves the device", async () => {
  const page = await open("/pages/classify?network=student");
  await page
    .locator("[data-testid=student-status][data-state=ready], [data-testid=model-status][data-state=ready]")
    .first()
    .waitFor({timeout: 120_000});
  const sent: string[] = [];
  context.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  await page
    .getByLabel("Pictures of single cells")
    .setInputFiles({name: "whole field.jpg", mimeType: "image/jpeg", buffer: await part(0)});
  await page.getByRole("button", {name: /^Count its cells on Smear/}).click();
  await page.waitForURL(/\/pages\/smear$/);
  await judged(page);
  expect((await fieldsOf(page)).map(({name}) => name)).toEqual(["whole field.jpg"]);
  // It is handed over once.
  await page.waitForTimeout(800);
  await reload(page);
  await judged(page);
  expect(await count(page)).toBe(1);
  expect([sent, faults]).toEqual([[], []]);
});

test("a threshold of one's own laboratory holds for own fields, is told and exported, and not for the site's samples", async () => {
  const page = await open();
  const {resnet34} = (await page.evaluate(async () => {
    const text = await (await fetch("../models/resnet34/metadata.json")).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    return {resnet34: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")};
  })) as {resnet34: string};
  await page.evaluate((sha256) => {
    const falseAlarms = {estimate: 0.02, low: 0.001, high: 0.09};
    const thresholds = {resnet34: {offset: -4, falseAlarms, sha256}};
    localStorage.setItem(
      "malaria-laboratory",
      JSON.stringify({date: "2026-11-29T10:00:00Z", cells: 40, rate: 0.02, thresholds})
    );
  }, resnet34);
  await page.reload();
  await settle(page);
  await page
    .getByLabel("Choose pictures of fields of a smear")
    .setInputFiles({name: "mine.jpg", mimeType: "image/jpeg", buffer: await part(0)});
  await judged(page);
  const title = "own laboratory, 40 healthy cells on 2026-11-29, at most 2 % false alarms wanted";
  await expect.poll(() => page.getByTestId("threshold").textContent()).toContain(title);
  expect(await page.getByTestId("worth").textContent()).toMatch(/^Of the 40 healthy cells of your laboratory/);
  const own = csvParse(await saved(page, "Save as CSV")).filter(({kind}) => kind === "red");
  expect(new Set(own.map(({laboratory}) => laboratory))).toEqual(new Set([title]));
  await dropField(page, "composed-8");
  await expect.poll(() => count(page), {timeout: 60_000}).toBe(2);
  await idle(page, 2);
  const rows = csvParse(await saved(page, "Save as CSV")).filter(({kind}) => kind === "red");
  expect(new Set(rows.filter(({field}) => field !== "mine.jpg").map(({laboratory}) => laboratory))).toEqual(
    new Set([""])
  );
  // The same cells, four logits apart.
  const logit = (p: number) => Math.log(p / (1 - p));
  const pairs = own.flatMap((row) => {
    const same = rows.find(
      (other) => other.field !== "mine.jpg" && Math.hypot(+other.x! - +row.x!, +other.y! - +row.y!) < 10
    );
    return same ? [logit(+same.p_resnet34!) - logit(+row.p_resnet34!)] : [];
  });
  expect(pairs.length).toBeGreaterThan(20);
  pairs.sort((a, b) => a - b);
  expect(Math.abs(pairs[pairs.length >> 1]! - 4)).toBeLessThan(0.5);
  expect(faults).toEqual([]);
});
