import {mkdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {Page} from "playwright-core";

export {openSite} from "../../src/build/browser/open-site.js";
export type {Site, Visit} from "../../src/build/browser/open-site.js";

/** The address that a page has. Asked of the page itself: what the browser tells of it comes some time later. */
export async function addressOf(page: Page): Promise<URL> {
  return new URL(await page.evaluate(() => location.href));
}

/** Bytes of all JavaScript among these requests, gzipped, as a server would send it; `directory` is the built site. */
export async function scriptBytes(requests: readonly string[], directory = "dist"): Promise<number> {
  const files = [...new Set(requests.map((url) => decodeURIComponent(new URL(url).pathname)))];
  const sizes = files
    .filter((file) => file.endsWith(".js"))
    .map(async (file) => gzipSync(await readFile(join(directory, file))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Waits until the page's cells have run and nothing was asked for or came for half a second; no cell may show an error.
 * Playwright's "networkidle" is no help: of a worker's worker it is not always told that the script has come.
 * @throws Error with the text of the first cell that failed, or when the page does not come to rest in `timeout` ms.
 */
export async function settle(page: Page, timeout = 60_000): Promise<void> {
  const events = ["request", "response", "requestfinished", "requestfailed"] as const;
  const begin = Date.now();
  let heard = begin;
  const hear = () => void (heard = Date.now());
  for (const event of events) page.context().on(event as "request", hear);
  try {
    for (;;) {
      if (await page.evaluate(() => document.querySelector("observablehq-loading") !== null)) hear();
      if (Date.now() - heard >= 500) break;
      if (Date.now() - begin > timeout) throw new Error(`${page.url()} did not come to rest in ${timeout} ms.`);
      await page.waitForTimeout(50);
    }
  } finally {
    for (const event of events) page.context().off(event as "request", hear);
  }
  const error = page.locator(".observablehq--error").first();
  if (await error.count()) throw new Error(`A cell failed: ${await error.textContent()}`);
}

/** Takes a screenshot of the whole page into `tests/output/screenshots/<name>.png`, for looking at; not compared. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = "tests/output/screenshots";
  await mkdir(folder, {recursive: true});
  await page.screenshot({path: join(folder, `${name}.png`), fullPage: true, animations: "disabled"});
}
