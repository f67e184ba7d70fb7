import {cpSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import type {Browser, Page} from "playwright-core";
import {compressSite} from "../../../src/build/compress.js";
import {openSite} from "../../browser/harness.js";
import type {Site} from "../../browser/harness.js";
import {median, processorOf} from "./server.js";
import {browserProcess, slowLink, slowProcesses} from "./slow.js";

/** What was measured of the built Classify page, and of a server of plain files under many visitors. */
export interface SiteFigures {
  /** From asking for the page to the first answer and to ResNet-34's, nothing cached, the file chosen at once, in ms. */
  cold: FirstAnswer;
  /** The same over 10 Mbit/s with 40 ms there and back, pages slowed to a quarter as Chromium's developer tools do. */
  throttled: FirstAnswer;
  /** The same over that line, the whole browser running a quarter of the time, workers too. */
  slow: FirstAnswer;
  /** Bytes that came over the wire until then, compressed; none comes for a further cell. */
  bytes: number;
  requests: number;
  /** 512 files chosen at once, from the page's hearing of it to the last answer, in ms a cell; by both networks. */
  batch: number;
  /** Resident memory of the page's process after that, worker included, in bytes. */
  memory: number;
  /** By the number of visitors at once: what the server has with all files of a visit, and with those that the student needs. */
  visitors: ({visitors: number; student: Service} & Service)[];
}

/** Visitors at once: until the last has every byte; bytes sent; processor time of this process each. */
interface Service {
  last: number;
  bytes: number;
  processor: number;
}

/** How long a visitor waits, in ms; medians of `visits`. */
export interface FirstAnswer {
  visits: number;
  /** For the student's answer. */
  first: number;
  /** For ResNet-34's after it. */
  confirmed: number;
  /** For ResNet-34's where it is asked alone. */
  alone: number;
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
    const cold = await firstAnswers(site, pictures[0]!, new URL(site.url).port, {visits: 9});
    const {throttled, slow} = await slowed(site, pictures[0]!);
    const file = (buffer: Buffer, n: number) => ({name: `cell-${n}.png`, mimeType: "image/png", buffer});
    const student = await openAnswered(site, pictures[0]!, "student");
    await student.context.close();
    const {context, page, files} = await openAnswered(site, pictures[0]!, "both");
    await watchAnswers(page, 513);
    await page
      .getByLabel("Pictures of single cells")
      .setInputFiles(Array.from({length: 512}, (_, n) => file(pictures[n % pictures.length]!, n + 1)));
    await page
      .getByTestId("batch-status")
      .filter({hasText: /^513 of 513 files answered|answered, [1-9]\d* not/})
      .waitFor({timeout: 120_000});
    const batch = (await watched(page)) / 512;
    const memory = await memoryOf(site.browser);
    await context.close();

    const visitors: SiteFigures["visitors"] = [];
    for (const count of [1, 10, 100]) {
      visitors.push({visitors: count, ...(await serve(files, count)), student: await serve(student.files, count)});
    }
    return {cold, throttled, slow, bytes: visitors[0]!.bytes, requests: files.length, batch, memory, visitors};
  } finally {
    await site.close();
    rmSync(folder, {recursive: true});
  }
}

/** Opens the page with nothing kept, and waits for a cell's answer; `files` of the site were asked for until then. */
async function openAnswered(site: Site, buffer: Buffer, network: string) {
  const context = await site.browser.newContext({serviceWorkers: "block"});
  const urls = new Set<string>();
  context.on("request", (request) => urls.add(request.url()));
  const page = await context.newPage();
  await page.goto(new URL(`/pages/classify?network=${network}`, site.url).href);
  await page.getByLabel("Pictures of single cells").setInputFiles([{name: "cell.png", mimeType: "image/png", buffer}]);
  await page.locator("[data-testid=prediction], [data-testid=prediction-error]").waitFor({timeout: 120_000});
  return {context, page, files: [...urls].filter((url) => url.startsWith(site.url))};
}

async function serve(urls: string[], visitors: number): Promise<Service> {
  const fetchAll = async () => {
    let bytes = 0;
    for (const url of urls) {
      const answer = await fetch(url, {headers: {"Accept-Encoding": "br, gzip"}});
      await answer.arrayBuffer();
      bytes += Number(answer.headers.get("content-length"));
    }
    return bytes;
  };
  const before = processorOf(process.pid);
  const from = performance.now();
  const sent = await Promise.all(Array.from({length: visitors}, fetchAll));
  const bytes = sent.reduce((sum, value) => sum + value, 0);
  return {last: performance.now() - from, bytes, processor: (processorOf(process.pid) - before) / visitors};
}

/**
 * Has the page note when it hears of a choice of files, and when the table says that so many have an answer: handing
 * hundreds of files over takes this program seconds.
 */
async function watchAnswers(page: Page, count: number): Promise<void> {
  await page.evaluate((all) => {
    const noted = globalThis as unknown as {chosen: number; answered: number};
    const status = document.querySelector("[data-testid=batch-status]")!;
    document.addEventListener("change", () => (noted.chosen = performance.now()), {capture: true});
    new MutationObserver(() => {
      if (status.textContent!.startsWith(`${all} of`)) noted.answered ??= performance.now();
    }).observe(status, {childList: true, characterData: true, subtree: true});
  }, count);
}

function watched(page: Page): Promise<number> {
  return page.evaluate(() => {
    const {chosen, answered} = globalThis as unknown as {chosen: number; answered: number};
    return answered - chosen;
  });
}

/** Waits of a cold visitor who chooses a file as soon as the page lets her, each the median of `visits`. */
async function firstAnswers(
  site: Site,
  buffer: Buffer,
  port: string,
  {visits = 3, throttle = 1} = {}
): Promise<FirstAnswer> {
  const visit = async (network: string) => {
    const context = await site.browser.newContext({serviceWorkers: "block"});
    const page = await context.newPage();
    const tools = await context.newCDPSession(page);
    await tools.send("Emulation.setCPUThrottlingRate", {rate: throttle});
    await page.addInitScript(chooseAtOnce, buffer.toString("base64"));
    await page.goto(`http://localhost:${port}/pages/classify?network=${network}`, {waitUntil: "commit"});
    await page.locator("[data-testid=prediction]").waitFor({timeout: 300_000});
    const waits = await page.evaluate(
      () => (globalThis as unknown as {waits: {first: number; confirmed: number}}).waits
    );
    await context.close();
    return waits;
  };
  const [both, alone] = [[], []] as [{first: number; confirmed: number}[], number[]];
  for (let n = 0; n < visits; n++) {
    both.push(await visit("both"));
    alone.push((await visit("resnet34")).confirmed);
  }
  return {
    visits,
    first: median(both.map(({first}) => first)),
    confirmed: median(both.map(({confirmed}) => confirmed)),
    alone: median(alone)
  };
}

/**
 * Runs in a page before all else: chooses a picture when there is a place for it, and notes when answers are shown, in ms
 * from the start of the navigation. Playwright itself looks only every half second.
 */
function chooseAtOnce(png: string): void {
  const waits: Partial<FirstAnswer> = {};
  Object.assign(globalThis, {waits});
  let chosen = false;
  // Not a function with a name: tsx would wrap it in a helper of its own, which the page does not have.
  new MutationObserver(() => {
    const input = document.querySelector<HTMLInputElement>(".classifier input[type=file]");
    if (input && !chosen) {
      chosen = true;
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], "cell.png", {type: "image/png"}));
      input.files = transfer.files;
      input.dispatchEvent(new Event("change", {bubbles: true}));
    }
    if (document.querySelector(".result[data-early], .result[data-testid=prediction]"))
      waits.first ??= performance.now();
    if (document.querySelector(".result[data-testid=prediction]")) waits.confirmed ??= performance.now();
  }).observe(document, {subtree: true, childList: true, attributes: true});
}

async function slowed(site: Site, buffer: Buffer): Promise<Pick<SiteFigures, "throttled" | "slow">> {
  const link = await slowLink(Number(new URL(site.url).port), {bits: 10_000_000, roundTrip: 40});
  try {
    const throttled = await firstAnswers(site, buffer, String(link.port), {throttle: 4});
    const processes = slowProcesses(browserProcess(), 4);
    const slow = await firstAnswers(site, buffer, String(link.port)).finally(() => processes.close());
    return {throttled, slow};
  } finally {
    await link.close();
  }
}

/** Resident memory of the largest page process of a browser. */
export async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const {processInfo} = await session.send("SystemInfo.getProcessInfo");
  return Math.max(
    ...processInfo
      .filter(({type}) => type === "renderer")
      .map(({id}) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))![1]) * 1024)
  );
}
