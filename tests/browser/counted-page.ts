import {readFileSync, readdirSync} from "node:fs";
import {basename} from "node:path";
import type {CDPSession, Page} from "playwright-core";
import sharp from "sharp";
import {expect} from "vitest";
import {mutations} from "../fixtures/bad-pictures.js";
import {CELL, bmp, encoded, pixelsOf} from "../fixtures/pictures.js";
import {tinyModel} from "../fixtures/tiny-model.js";
import {openClassify, saveAs, state} from "./classify-page.js";
import type {Site} from "./harness.js";

// The Classify page with its workers and pictures counted, and what it is held to with damaged files.

/** What a damaged file may be refused with. */
export const codes = ["empty", "not-an-image", "unsupported", "truncated", "damaged", "no-size", "too-many-pixels"];

/** What became of a file. */
export interface Outcome {
  file: string;
  p_parasitized: number | null;
  refused: string | null;
}

/** What a page starts that lives on: the network's worker, and the one that prepares its pictures. */
export const WORKERS = ["worker", "preparer-worker"];

/** Opens the page and keeps a list of its workers and a count of the pictures it holds. */
export async function openCounted(site: Site, model = tinyModel()) {
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
export async function dropMany(page: Page, files: readonly {name: string; content: Uint8Array}[]): Promise<Outcome[]> {
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
  const saved = JSON.parse(await saveAs(page, "JSON")) as {cells: Outcome[]};
  return saved.cells.slice(-count);
}

/** Bytes of JavaScript, and nodes, that the page holds after a garbage collection. */
export async function memory(session: CDPSession): Promise<{bytes: number; nodes: number}> {
  await session.send("HeapProfiler.collectGarbage");
  const {metrics} = await session.send("Performance.getMetrics");
  const value = (wanted: string) => metrics.find(({name}) => name === wanted)!.value;
  return {bytes: value("JSHeapUsedSize"), nodes: value("Nodes")};
}

/** Waits until the page holds about what it did before: a browser may need more than one garbage collection. */
export async function expectMemory(session: CDPSession, before: {bytes: number; nodes: number}): Promise<void> {
  await expect.poll(async () => (await memory(session)).bytes - before.bytes).toBeLessThan(5e6);
  await expect.poll(async () => (await memory(session)).nodes - before.nodes).toBeLessThan(2000);
}

/**
 * `count` changed cells each get an answer or a sentence; page and workers live on, and memory returns. The seed is fixed,
 * so that a failure can be looked at again.
 */
export async function expectNoHarm(site: Site, count: number): Promise<void> {
  const cell = readFileSync(CELL);
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
  const {page, faults, workers, held, close} = await openCounted(site);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const changed = mutations(originals, count, 20_201_124);
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
  console.log(`${count} changed cells: ${[...tally].map(([outcome, n]) => `${n} ${outcome}`).join(", ")}`);
  expect([...tally.values()].reduce((sum, n) => sum + n)).toBe(count);
  expect(tally.get("answered")).toBeGreaterThan(count / 20);
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
}
