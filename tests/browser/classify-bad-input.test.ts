import {readFileSync, readdirSync} from "node:fs";
import {basename} from "node:path";
import type {CDPSession, Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {loadTfEngine} from "../../src/components/engine/tf-engine.js";
import {toBatch, toCell} from "../../src/components/image/cell-input.js";
import {badPictures, mutations} from "../fixtures/bad-pictures.js";
import type {BadPicture} from "../fixtures/bad-pictures.js";
import {CELL, bmp, encoded, pixelsOf} from "../fixtures/pictures.js";
import {fallbackModel, tinyModel} from "../fixtures/tiny-model.js";
import {choose, file, openClassify, state} from "./classify-page.js";
import {openSite, screenshot} from "./harness.js";
import type {Site} from "./harness.js";

// Everything that may be chosen goes through the real page: each file gets an answer or a sentence, the page and its
// workers live on, and memory returns. Seeds are fixed, so a failure can be looked at again.

const MUTATIONS = 2000;
const cell = readFileSync(CELL);
const codes = ["empty", "not-an-image", "unsupported", "truncated", "damaged", "no-size", "too-many-pixels"];
let site: Site;

beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

interface Outcome {
  file: string;
  p_parasitized: number | null;
  refused: string | null;
}

/** What a page starts that lives on: the network's worker, and the one that prepares its pictures. */
const WORKERS = ["worker", "preparer-worker"];

/** Opens the page and keeps a list of its workers and a count of the pictures it holds. */
async function openCounted(model = tinyModel()) {
  const workers: string[] = [];
  const opened = await openClassify(site, {
    model,
    async prepare(page) {
      page.on("worker", (worker) => workers.push(basename(worker.url()).split(".")[0]!));
      await page.addInitScript(() => {
        const held = new Set<string>();
        const {createObjectURL, revokeObjectURL} = URL;
        URL.createObjectURL = (content) => {
          const url = createObjectURL.call(URL, content);
          held.add(url);
          return url;
        };
        URL.revokeObjectURL = (url) => {
          held.delete(url);
          revokeObjectURL.call(URL, url);
        };
        Object.assign(window, {held});
      });
    }
  });
  await state(opened.page, "ready");
  const held = () => opened.page.evaluate(() => (window as unknown as {held: Set<string>}).held.size);
  return {...opened, held, workers};
}

/** Drops files, which go into the table; waits until all are done and reads what became of them, in their order. */
async function dropMany(page: Page, files: readonly {name: string; content: Uint8Array}[]): Promise<Outcome[]> {
  const contents = files.map(({name, content}) => [name, Buffer.from(content).toString("base64")] as const);
  await page.evaluate((list) => {
    const data = new DataTransfer();
    for (const [name, base64] of list) {
      data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
    }
    document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
  }, contents);
  return outcomes(page, files.length);
}

/** What became of the last `count` files, once nothing waits. */
async function outcomes(page: Page, count: number): Promise<Outcome[]> {
  await page
    .getByText(`All ${count.toLocaleString("en")} files are done.`)
    .waitFor({state: "attached", timeout: 300_000});
  const saving = page.waitForEvent("download");
  await page.getByRole("button", {name: "Save as JSON"}).click();
  const saved = JSON.parse(readFileSync(await (await saving).path(), "utf8")) as {cells: Outcome[]};
  return saved.cells.slice(-count);
}

/** Bytes of JavaScript, and nodes, that the page holds after a garbage collection. */
async function memory(session: CDPSession): Promise<{bytes: number; nodes: number}> {
  await session.send("HeapProfiler.collectGarbage");
  const {metrics} = await session.send("Performance.getMetrics");
  const value = (wanted: string) => metrics.find(({name}) => name === wanted)!.value;
  return {bytes: value("JSHeapUsedSize"), nodes: value("Nodes")};
}

/** Waits until the page holds about what it did before: a browser may need more than one garbage collection. */
async function expectMemory(session: CDPSession, before: {bytes: number; nodes: number}): Promise<void> {
  await expect.poll(async () => (await memory(session)).bytes - before.bytes).toBeLessThan(5e6);
  await expect.poll(async () => (await memory(session)).nodes - before.nodes).toBeLessThan(2000);
}

describe("bad input", () => {
  test("each of some hundred files of all kinds gets what it should, and the good ones the right answer", async () => {
    const list = await badPictures();
    expect(new Set(list.map(({kind}) => kind)).size).toBeGreaterThanOrEqual(40);
    const {page, faults, requests, workers, held, close} = await openCounted();
    const before = requests.length;
    const got = await dropMany(page, list);
    const wrong = list.flatMap(({kind, name, expected}, index) => {
      const {p_parasitized: p, refused} = got[index]!;
      const fits = expected === "answer" ? p !== null : refused !== null && expected.includes(refused);
      return fits ? [] : [`${kind} (${name.slice(0, 30)}): ${refused ?? `P = ${p}`} instead of ${expected}`];
    });
    expect(wrong).toEqual([]);
    const files = new Map([...tinyModel()].map(([path, content]) => [path, content.buffer]));
    const engine = await loadTfEngine({metadata: null!, files}, {backend: "cpu"});
    const compared = list.flatMap((one, index) => (one.like ? [{...one, p: got[index]!.p_parasitized!}] : []));
    for (const {kind, like, p} of compared as (BadPicture & {p: number})[]) {
      const {probabilities} = await engine.predict(toBatch([toCell(await pixelsOf(new Uint8Array(like!)))]));
      expect(Math.abs(p - probabilities[0]!), kind).toBeLessThan(1e-2);
    }
    expect(got.map(({file: name}) => name)).toEqual(list.map(({name}) => (name.startsWith("=") ? `${name}` : name)));
    await screenshot(page, "classify-bad-input");
    // One by one on cards: no markup of a name or a file ever runs, and none is so long that the page grows.
    const named = list.filter(({kind}) => /^name of|^name with|SVG/.test(kind));
    await page.setViewportSize({width: 360, height: 800});
    await choose(
      page,
      named.map(({name, content}) => file(name, content))
    );
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByRole("button", {name: "Clear all results"}).click();
    await expect.poll(held).toBe(0);
    expect(workers).toEqual(WORKERS);
    expect(faults).toEqual([]);
    expect(requests.slice(before).filter((url) => !url.startsWith("blob:"))).toEqual([]);
    await close();
  });

  test(`${MUTATIONS} changed cells each get an answer or a sentence; page and worker live on; memory returns`, async () => {
    const folder = "src/data/samples/classify/";
    const originals: Uint8Array[] = [];
    for (const [index, name] of readdirSync(folder)
      .filter((one) => one.endsWith(".png"))
      .entries()) {
      const cut = sharp(folder + name).resize(60, 60);
      const forms = [cut.png(), cut.jpeg(), cut.webp(), cut.gif(), cut.webp({lossless: true})];
      originals.push(await encoded(forms[index % forms.length]!));
      if (index % 4 === 0) originals.push(bmp(await pixelsOf(await encoded(cut.png()))), readFileSync(folder + name));
    }
    const {page, faults, workers, held, close} = await openCounted();
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const changed = mutations(originals, MUTATIONS, 20_201_124);
    const [good] = await dropMany(
      page,
      Array.from({length: 31}, () => ({name: "good.png", content: cell}))
    );
    await page.getByRole("button", {name: "Clear all results"}).click();
    const before = await memory(session);
    const tally = new Map<string, number>();
    for (let from = 0; from < changed.length; from += 500) {
      const part = changed.slice(from, from + 500).map((content, n) => ({name: `mutation-${from + n}`, content}));
      for (const {file: name, p_parasitized: p, refused} of await dropMany(page, part)) {
        if (refused === null) expect(p, name).toSatisfy((value: number) => value >= 0 && value <= 1);
        else expect(codes, name).toContain(refused);
        const outcome = refused ?? "answered";
        tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
      }
      await page.getByRole("button", {name: "Clear all results"}).click();
    }
    console.log(`${MUTATIONS} changed cells: ${[...tally].map(([outcome, n]) => `${n} ${outcome}`).join(", ")}`);
    expect([...tally.values()].reduce((sum, n) => sum + n)).toBe(MUTATIONS);
    expect(tally.get("answered")).toBeGreaterThan(MUTATIONS / 20);
    await expectMemory(session, before);
    const again = await dropMany(
      page,
      Array.from({length: 31}, () => ({name: "good.png", content: cell}))
    );
    expect(again.map(({p_parasitized: p}) => p)).toEqual(Array.from({length: 31}, () => good!.p_parasitized));
    await expect.poll(held).toBe(0);
    expect(workers).toEqual(WORKERS);
    expect(faults).toEqual([]);
    await close();
  });

  test("bad files get the same sentences beside TensorFlow.js, and the good ones the same answers", async () => {
    const list = (await badPictures()).filter((_, n) => n % 4 === 0);
    const {page, faults, workers, close} = await openCounted(fallbackModel());
    const got = await dropMany(page, list);
    const wrong = list.flatMap(({kind, expected}, index) => {
      const {p_parasitized: p, refused} = got[index]!;
      const fits = expected === "answer" ? p !== null : refused !== null && expected.includes(refused);
      return fits ? [] : [`${kind}: ${refused ?? `P = ${p}`} instead of ${expected}`];
    });
    expect(wrong).toEqual([]);
    expect(workers).toEqual(WORKERS);
    expect(faults).toEqual([]);
    await close();
  });

  test("a file of 300 MB is refused unread, and the page stays at its size", async () => {
    const {page, close} = await openCounted();
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const before = await memory(session);
    await page.evaluate(() => {
      const data = new DataTransfer();
      const part = new Blob([new Uint8Array(1_000_000)]);
      data.items.add(new File(Array<Blob>(300).fill(part), "huge.png"));
      document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    });
    const refusal = page.locator("[data-testid=prediction-error]");
    expect(await refusal.getAttribute("data-code")).toBe("too-large");
    expect(await refusal.textContent()).toContain("This file has 300 MB; the limit is 20 MB.");
    await expectMemory(session, before);
    await close();
  });
});
