import {chromium} from "playwright-core";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {serve} from "../serve.js";
import {findChromium, machine} from "./chromium.js";

/** The built site, served, and a browser for it. */
export interface Site {
  browser: Browser;
  /** Address of the site's root, ending in a slash. */
  url: string;
  /** Opens a page in a context of its own; see {@link Visit}. */
  open(path?: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** An open page and a record of all that went wrong on it. */
export interface Visit {
  page: Page;
  /** Console errors, page errors, failed or refused requests and foreign requests, in plain words. */
  faults: string[];
  /** Addresses of all requests so far. */
  requests: string[];
  /** Closes the page and its context. @throws Error that lists the faults, if there were any. */
  close(): Promise<void>;
}

// Without a graphics card WebGL runs on SwiftShader, which Chromium no longer falls back to by itself.
const launchArgs = ["--no-sandbox", "--enable-unsafe-swiftshader", "--use-angle=swiftshader", "--ignore-gpu-blocklist"];

/**
 * Serves `directory` (the built site) and starts a headless Chromium for it.
 * @param options.args further arguments for Chromium, such as `--disable-gpu`.
 * @param options.isolated whether pages are cross-origin isolated, as by the container's headers.
 * @param options.whole whether it must be a whole browser, with windows, permissions and cameras.
 * @param options.webgl false to do without the proof that WebGL2 works.
 * @throws Error when no Chromium is found, or when it has no WebGL2.
 */
export async function openSite({
  directory = "dist",
  args = [] as string[],
  webgl = true,
  whole = false,
  isolated = false
} = {}): Promise<Site> {
  const served = await serve(directory, {port: 0, isolated});
  const browser = await chromium.launch({
    executablePath: findChromium(machine, {whole}),
    args: webgl ? [...launchArgs, ...args] : ["--no-sandbox", ...args]
  });
  const site: Site = {
    browser,
    url: served.url,
    open: (path = "/", options = {}) => visit(browser, new URL(path, served.url), options),
    async close() {
      await browser.close();
      await served.close();
    }
  };
  if (webgl) await assertWebgl(browser).catch((error) => site.close().then(() => Promise.reject(error)));
  return site;
}

async function assertWebgl(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  const version = await page.evaluate(() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    return gl && String(gl.getParameter(gl.VERSION));
  });
  await page.close();
  if (!version?.startsWith("WebGL 2")) throw new Error("This Chromium has no WebGL2, which the classifier needs.");
}

// The service worker is left out, since it would fetch the site in the background, unless a test asks for it.
async function visit(browser: Browser, url: URL, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({serviceWorkers: "block", ...options});
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
  context.on("request", (request) => {
    requests.push(request.url());
    const {origin, protocol} = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== url.origin) faults.push(`foreign request: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`request failed: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url.href, {waitUntil: "load"});
  return {
    page,
    faults,
    requests,
    async close() {
      await context.close();
      if (faults.length) throw new Error(`Faults on ${url.pathname}:\n  ${faults.join("\n  ")}`);
    }
  };
}
