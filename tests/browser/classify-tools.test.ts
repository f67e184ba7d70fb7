import {readFileSync} from "node:fs";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {answers, choose, file, openClassify, results, state, tellingRequests} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// What can be done with an answered cell: fooled, shared, and marked by hand where none was found.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

const CALM = {reducedMotion: "reduce"} as const;

/** A field of 900×600 pixels of grey ground with a cell at its left, and another at its right. */
async function field(): Promise<Buffer> {
  const cell = await sharp(CELL).resize(120, 120).toBuffer();
  const ground = {width: 900, height: 600, channels: 3 as const, background: "#d8d4cc"};
  return sharp({create: ground})
    .composite([
      {input: cell, left: 90, top: 240, blend: "lighten"},
      {input: cell, left: 700, top: 240, blend: "lighten"}
    ])
    .png()
    .toBuffer();
}

describe("Try to fool it", () => {
  test("changes the cell slider by slider, the answer and its curve with it, and goes back", async () => {
    const {page, faults, requests, close} = await openClassify(site, {}, CALM);
    await state(page, "ready");
    const [{p}] = (await choose(page, [file("mine.png", readFileSync(CELL))])) as [{p: string}];
    await page.getByRole("button", {name: "Try to fool it: mine.png"}).click();
    const panel = page.getByTestId("fool");
    await panel.locator(".curve").waitFor();
    expect(Number(await panel.getAttribute("data-p"))).toBeCloseTo(Number(p), 5);
    const before = requests.length;
    for (const [name, value] of [
      ["Blur", "3"],
      ["Brightness", "0.5"],
      ["Hue", "60"],
      ["Grey", "1"],
      ["Rotation", "90"],
      ["Size", "12"],
      ["JPEG quality", "2"]
    ] as const) {
      const was = await panel.getAttribute("data-p");
      await panel.getByRole("slider", {name}).fill(value);
      await expect.poll(() => panel.getAttribute("data-p"), {message: name}).not.toBe(was);
    }
    await expect.poll(() => panel.locator(".curve").getAttribute("aria-label")).toContain("along JPEG quality");
    await panel.getByRole("button", {name: "Back to the original"}).click();
    await expect.poll(async () => Number(await panel.getAttribute("data-p"))).toBeCloseTo(Number(p), 5);
    expect(tellingRequests(requests.slice(before))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });
});

describe("Share", () => {
  test("copies the link of a cell of the set and saves its result as a picture; an own picture has no link", async () => {
    const {page, faults, close} = await openClassify(
      site,
      {},
      {...CALM, permissions: ["clipboard-read", "clipboard-write"]}
    );
    await state(page, "ready");
    await page.locator("button.sample").first().click();
    await expect.poll(() => results(page).count()).toBe(1);
    const cell = (await results(page).getAttribute("data-file"))!;
    await page.getByRole("button", {name: /^Share: /}).click();
    const panel = page.getByTestId("share");
    await panel.getByRole("button", {name: "Copy link"}).click();
    await expect.poll(() => panel.textContent()).toContain("Copied.");
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect(link.pathname).toBe("/pages/classify");
    expect(Object.fromEntries(link.searchParams)).toEqual({network: "resnet34", backend: "wasm", cell});
    const saving = page.waitForEvent("download");
    await panel.getByRole("button", {name: "Save as PNG"}).click();
    const picture = sharp(await (await saving).path());
    expect(await picture.metadata()).toMatchObject({format: "png", width: 1200, height: 630});
    const {dominant} = await picture.stats();
    expect(Object.values(dominant).every((value) => value > 230)).toBe(true);

    await choose(page, [file("mine.png", readFileSync(CELL))]);
    await page.getByRole("button", {name: "Share: mine.png"}).click();
    const own = page.locator('[data-file="mine.png"]').getByTestId("share");
    await own.waitFor();
    expect(await own.getByRole("button").allTextContents()).toEqual(["Save as PNG"]);
    expect(await own.textContent()).toContain("stays on this device");
    expect(faults).toEqual([]);
    await close();
  });

  test("the link of the settings names no picture", async () => {
    const {page, close} = await openClassify(site, {}, {permissions: ["clipboard-read", "clipboard-write"]});
    await page.locator(".advanced summary").click();
    await page.getByRole("button", {name: "Copy the link of these settings"}).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(new URL("/pages/classify?network=resnet34&backend=wasm", site.url).href);
    await close();
  });
});

describe("Mark the cell yourself", () => {
  test("a square drawn by pointer, and moved by keyboard, is judged, and the whole picture again on demand", async () => {
    const {page, faults, close} = await openClassify(site, {}, CALM);
    await state(page, "ready");
    const [whole] = await choose(page, [file("field.png", await field())]);
    await page.getByRole("button", {name: "Mark the cell yourself: field.png"}).click();
    const square = page.locator("cropper-selection");
    await square.waitFor();
    const picture = page.locator("cropper-image");
    await expect.poll(async () => (await picture.boundingBox())!.width).toBeGreaterThan(200);
    await page.locator(".crop").scrollIntoViewIfNeeded();
    const {x, y, width, height} = (await picture.boundingBox())!;
    // Around the cell at the left, beside the square that is there.
    await page.mouse.move(x + width * 0.07, y + height * 0.34);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.26, y + height * 0.66, {steps: 8});
    await page.mouse.up();
    const drawn = (await square.boundingBox())!;
    expect(Math.abs(drawn.width - drawn.height)).toBeLessThan(2);
    expect(Math.abs(drawn.x - (x + width * 0.07))).toBeLessThan(4);
    await square.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("+");
    expect((await square.boundingBox())!.width).toBeGreaterThan(drawn.width);
    await page.getByRole("button", {name: "Judge this cell"}).click();
    const [marked] = await answers(page, 1);
    expect(marked!.text).toContain("The marked part, ");
    expect(marked!.text).toContain("What the network saw, 50 × 50: the part that you marked");
    const size = /The marked part, (\d+) × (\d+)/.exec(marked!.text!)!;
    expect(Number(size[1])).toBeGreaterThan(140);
    expect(Number(size[1])).toBeLessThan(260);
    expect(await page.locator(".result .seen").first().isVisible()).toBe(true);
    await page.getByRole("button", {name: "Use the whole picture: field.png"}).click();
    await expect.poll(async () => (await answers(page, 1))[0]!.p).toBe(whole!.p);
    expect(faults).toEqual([]);
    await close();
  });
});

test("the square is drawn and moved with a finger too", async () => {
  const phone = {viewport: {width: 390, height: 844}, isMobile: true, hasTouch: true};
  const {page, faults, close} = await openClassify(site, {}, {...CALM, ...phone});
  await state(page, "ready");
  await choose(page, [file("field.png", await field())]);
  await page.getByRole("button", {name: "Mark the cell yourself: field.png"}).tap();
  const square = page.locator("cropper-selection");
  const picture = page.locator("cropper-image");
  await expect.poll(async () => (await picture.boundingBox())!.width).toBeGreaterThan(200);
  await page.locator(".crop-canvas").scrollIntoViewIfNeeded();
  const finger = await page.context().newCDPSession(page);
  const drag = async (...[from, to]: [{x: number; y: number}, {x: number; y: number}]) => {
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: {x: number; y: number}[]) =>
      finger.send("Input.dispatchTouchEvent", {type, touchPoints: points});
    await touch("touchStart", [from]);
    for (let step = 1; step <= 8; step++) {
      const part = step / 8;
      await touch("touchMove", [{x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y)}]);
    }
    // A finger that leaves while it moves flings, and the next tap would do no more than stop that.
    await page.waitForTimeout(200);
    await touch("touchEnd", []);
  };
  const scrolled = await page.evaluate(() => scrollY);
  const {x, y, width, height} = (await picture.boundingBox())!;
  // Around the cell at the left, beside the square that is there.
  await drag({x: x + width * 0.05, y: y + height * 0.3}, {x: x + width * 0.24, y: y + height * 0.62});
  const drawn = (await square.boundingBox())!;
  expect(Math.abs(drawn.x - (x + width * 0.05))).toBeLessThan(4);
  expect(Math.abs(drawn.width - width * 0.19)).toBeLessThan(6);
  const middle = {x: drawn.x + drawn.width / 2, y: drawn.y + drawn.height / 2};
  await drag(middle, {x: middle.x + 30, y: middle.y});
  const moved = (await square.boundingBox())!;
  expect(Math.abs(moved.x - drawn.x - 30)).toBeLessThan(4);
  expect(Math.abs(moved.width - drawn.width)).toBeLessThan(1);
  expect(await page.evaluate(() => scrollY), "the page stays").toBe(scrolled);
  await page.getByRole("button", {name: "Judge this cell"}).tap();
  await expect.poll(async () => (await answers(page, 1))[0]!.text, {timeout: 60_000}).toContain("The marked part, ");
  expect(faults).toEqual([]);
  await close();
});

test("with Save-Data ResNet-34 waits for a press that names its size", async () => {
  const {page, requests, close} = await openClassify(site, {
    model: null,
    network: "both",
    async prepare(opened) {
      await opened.addInitScript("Object.defineProperty(navigator, 'connection', {value: {saveData: true}});");
    }
  });
  await page.locator("[data-testid=student-status][data-state=ready]").waitFor();
  const place = page.getByTestId("answer-place");
  await expect.poll(() => place.textContent()).toContain("to spare your data. The student answers alone.");
  expect(await place.getByRole("button").textContent()).toBe("Fetch ResNet-34 (22 MB)");
  await choose(page, [file("mine.png", readFileSync(CELL))]);
  const large = () => requests.filter((url) => url.includes("/models/resnet34/"));
  expect(large()).toEqual([]);
  await page.getByRole("button", {name: "Fetch ResNet-34 (22 MB)"}).click();
  await expect.poll(() => page.locator(".result").textContent(), {timeout: 120_000}).toContain("networks agree");
  expect(large().length).toBeGreaterThan(1);
  await close();
});
