import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {Page, Request} from "playwright-core";

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
 * Waits until the page's cells have run, a frame was drawn, and nothing was asked for or came for `quiet` ms; no cell may
 * show an error. Longer than that it waits for what was asked for and did not come, but not for ever: of a worker's worker
 * the browser does not always tell that the script has come, which is why Playwright's "networkidle" is no help.
 * @param options.quiet a test of what a page does not fetch gives it time to.
 * @throws Error with the text of the first cell that failed, or when the page does not come to rest in `timeout` ms.
 */
export async function settle(page: Page, {quiet = 150, timeout = 60_000} = {}): Promise<void> {
  const context = page.context();
  const begin = Date.now();
  const open = new Set<Request>();
  let heard = begin;
  const hear = () => void (heard = Date.now());
  const ask = (request: Request) => {
    hear();
    open.add(request);
  };
  const come = (request: Request) => {
    hear();
    open.delete(request);
  };
  context.on("request", ask).on("response", hear).on("requestfinished", come).on("requestfailed", come);
  try {
    for (;;) {
      if (await page.evaluate(isBusy)) hear();
      if (Date.now() - heard >= (open.size ? Math.max(quiet, 1000) : quiet)) break;
      if (Date.now() - begin > timeout) throw new Error(`${page.url()} did not come to rest in ${timeout} ms.`);
      await page.waitForTimeout(30);
    }
  } finally {
    context.off("request", ask).off("response", hear).off("requestfinished", come).off("requestfailed", come);
  }
  const error = page.locator(".observablehq--error").first();
  if (await error.count()) throw new Error(`A cell failed: ${await error.textContent()}`);
}

/** Draws a frame, and says whether a cell still waits. */
const isBusy = () =>
  new Promise<boolean>((resolve) => {
    requestAnimationFrame(() => setTimeout(() => resolve(document.querySelector("observablehq-loading") !== null)));
  });
