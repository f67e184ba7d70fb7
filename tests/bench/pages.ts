// Measures every page of the built site in Chromium by the Performance API, cold (nothing cached) and warm (kept by the
// service worker): npm run bench:pages. Writes tests/bench/pages.json and the table of docs/speed.md. On a quiet computer.
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {cpus, tmpdir} from "node:os";
import {join} from "node:path";
import type {BrowserContext} from "playwright-core";
import {replacePart} from "../../models/readme-part.js";
import config from "../../observablehq.config.js";
import {compressSite} from "../../src/build/compress.js";
import {planOffline} from "../../src/build/offline.js";
import {openSite, settle} from "../browser/harness.js";
import {pagesTable} from "./pages-table.js";
import type {PageFigures} from "./pages-table.js";

const rounds = 3;
const paths = ["/", ...config.pages.map(({path}) => path)];
const folder = mkdtempSync(join(tmpdir(), "malaria-bench-"));
cpSync(config.output, folder, {recursive: true});
await compressSite(folder);
const site = await openSite({directory: folder, isolated: true});

/** Opens a page and reads what the browser has measured when it has settled and a while has passed. */
async function measure(context: BrowserContext, path: string): Promise<Omit<PageFigures, "path" | "state">> {
  const page = await context.newPage();
  // What the next script is compiled to asks for it.
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.addInitScript(() => {
    const seen = {paint: 0, blocking: 0, shift: 0};
    Object.assign(window, {seen});
    const observe = (type: string, each: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({type, buffered: true});
    observe("largest-contentful-paint", ({startTime}) => (seen.paint = startTime));
    observe("longtask", ({duration}) => (seen.blocking += Math.max(0, duration - 50)));
    observe("layout-shift", (entry) => {
      const {hadRecentInput, value} = entry as PerformanceEntry & {hadRecentInput: boolean; value: number};
      if (!hadRecentInput) seen.shift += value;
    });
  });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let transferred = 0;
  session.on("Network.loadingFinished", ({encodedDataLength}) => (transferred += encodedDataLength));
  await page.goto(new URL(path, site.url).href);
  await settle(page, {quiet: 500, timeout: 300_000});
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(
    () => (window as unknown as {seen: {paint: number; blocking: number; shift: number}}).seen
  );
  await page.waitForSelector("html[data-offline=ready]", {timeout: 300_000, state: "attached"});
  await page.close();
  return {
    largestPaint: Math.round(seen.paint),
    blocking: Math.round(seen.blocking),
    shift: Number(seen.shift.toFixed(4)),
    transferred: Math.round(transferred)
  };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const figures: PageFigures[] = [];
for (const path of paths) {
  const found: Record<"cold" | "warm", Omit<PageFigures, "path" | "state">[]> = {cold: [], warm: []};
  for (let round = 0; round < rounds; round++) {
    const context = await site.browser.newContext({viewport: {width: 1280, height: 900}, serviceWorkers: "allow"});
    found.cold.push(await measure(context, path));
    found.warm.push(await measure(context, path));
    await context.close();
  }
  for (const state of ["cold", "warm"] as const) {
    const of = (key: keyof (typeof found)["cold"][number]) => median(found[state].map((one) => one[key]));
    figures.push({
      path,
      state,
      largestPaint: of("largestPaint"),
      blocking: of("blocking"),
      shift: of("shift"),
      transferred: of("transferred")
    });
    console.log(JSON.stringify(figures.at(-1)));
  }
}
const {files} = JSON.parse(readFileSync("models/resnet34/metadata.json", "utf8")) as {files: {bytes: number}[]};
const shell = (await planOffline(folder, "measured")).shell.map(({url}) => join(folder, url));
const report = {
  network: files.reduce((sum, {bytes}) => sum + bytes, 0),
  shell: shell.reduce((sum, file) => sum + statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size, 0),
  date: new Date().toISOString().slice(0, 10),
  processor: cpus()[0]!.model,
  cores: cpus().length,
  chromium: site.browser.version(),
  rounds,
  pages: figures
};
await site.close();
rmSync(folder, {recursive: true, force: true});
writeFileSync("tests/bench/pages.json", `${JSON.stringify(report, null, 2)}\n`);
const speed = readFileSync("docs/speed.md", "utf8");
writeFileSync("docs/speed.md", replacePart(speed, "pages: npm run bench:pages", pagesTable(report), "docs/speed.md"));
