import {cpSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import type {Browser} from "playwright-core";
import {compressSite} from "../../../src/build/compress.js";
import {openSite} from "../../browser/harness.js";
import {processorOf} from "./server.js";

/** What was measured of the built Classify page, and of a server of plain files under many visitors. */
export interface SiteFigures {
  /** From asking for the page to the first answer, nothing cached, the file chosen at once, in ms. */
  cold: number;
  /** Bytes that came over the wire until then, compressed; none comes for a further cell. */
  bytes: number;
  requests: number;
  /** 512 files chosen at once, from the choice to the last answer, in ms a cell, reading and decoding included. */
  batch: number;
  /** Resident memory of the page's process after that, worker included, in bytes. */
  memory: number;
  /** By the number of visitors at once: until the last has every byte; bytes sent; processor time of this process each. */
  visitors: {visitors: number; last: number; bytes: number; processor: number}[];
}

/**
 * Opens the Classify page cold, and chooses a file, then 512. Visitors compute for themselves, so what the server sees of
 * them is measured as what it is: all files of a cold visit fetched by 1, 10 and 100 at once.
 */
export async function measureSite(pictures: Buffer[]): Promise<SiteFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-site-"));
  cpSync("dist", folder, {recursive: true});
  await compressSite(folder);
  const site = await openSite({directory: folder, isolated: true});
  try {
    const file = (buffer: Buffer, n: number) => ({name: `cell-${n}.png`, mimeType: "image/png", buffer});
    const context = await site.browser.newContext({serviceWorkers: "block"});
    const page = await context.newPage();
    const urls = new Set<string>();
    context.on("request", (request) => urls.add(request.url()));
    const begin = performance.now();
    await page.goto(new URL("/pages/classify", site.url).href);
    await page.getByLabel("Pictures of single cells").setInputFiles([file(pictures[0]!, 0)]);
    await page.locator("[data-testid=prediction], [data-testid=prediction-error]").waitFor({timeout: 120_000});
    const cold = performance.now() - begin;
    const needed = [...urls].filter((url) => url.startsWith(site.url));
    const start = performance.now();
    await page
      .getByLabel("Pictures of single cells")
      .setInputFiles(Array.from({length: 512}, (_, n) => file(pictures[n % pictures.length]!, n + 1)));
    await page
      .getByTestId("batch-status")
      .filter({hasText: /^513 of 513 files answered|answered, [1-9]\d* not/})
      .waitFor({timeout: 120_000});
    const batch = (performance.now() - start) / 512;
    const memory = await memoryOf(site.browser);
    await context.close();

    const fetchAll = async () => {
      let bytes = 0;
      for (const url of needed) {
        const answer = await fetch(url, {headers: {"Accept-Encoding": "br, gzip"}});
        await answer.arrayBuffer();
        bytes += Number(answer.headers.get("content-length"));
      }
      return bytes;
    };
    const visitors: SiteFigures["visitors"] = [];
    for (const count of [1, 10, 100]) {
      const before = processorOf(process.pid);
      const from = performance.now();
      const sent = await Promise.all(Array.from({length: count}, fetchAll));
      const bytes = sent.reduce((sum, value) => sum + value, 0);
      const processor = (processorOf(process.pid) - before) / count;
      visitors.push({visitors: count, last: performance.now() - from, bytes, processor});
    }
    return {cold, bytes: visitors[0]!.bytes, requests: needed.length, batch, memory, visitors};
  } finally {
    await site.close();
    rmSync(folder, {recursive: true});
  }
}

/** Resident memory of the largest page process of a browser. */
async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const {processInfo} = await session.send("SystemInfo.getProcessInfo");
  return Math.max(
    ...processInfo
      .filter(({type}) => type === "renderer")
      .map(({id}) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))![1]) * 1024)
  );
}
