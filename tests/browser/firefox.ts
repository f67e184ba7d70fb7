import {accessSync, constants} from "node:fs";
import {delimiter, join} from "node:path";
import puppeteer from "puppeteer-core";
import type {Browser, Page} from "puppeteer-core";
import {serve} from "../../src/build/serve.js";

// Firefox, by WebDriver BiDi.

/** The built site, served, and a Firefox for it. */
export interface FirefoxSite {
  browser: Browser;
  /** Address of the site's root, ending in a slash. */
  url: string;
  close(): Promise<void>;
}

/** @throws Error that says what to install */
export function findFirefox(): string {
  const names = ["firefox-esr", "firefox"];
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [process.env.FIREFOX_PATH, ...places].find((place) => place && isExecutable(place));
  if (found) return found;
  throw new Error(
    'No Firefox was found. Install one ("apt-get install firefox-esr"), or set FIREFOX_PATH to its path.'
  );
}

function isExecutable(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param preferences what `about:config` holds besides */
export async function openFirefox(preferences: Record<string, unknown> = {}): Promise<FirefoxSite> {
  const server = await serve("dist", {port: 0});
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findFirefox(),
    headless: true,
    extraPrefsFirefox: preferences
  });
  return {
    browser,
    url: server.url,
    async close() {
      await browser.close();
      await server.close();
    }
  };
}

/** Opens a page and records what goes wrong on it. */
export async function openPage({browser, url}: FirefoxSite, path: string): Promise<{page: Page; faults: string[]}> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(new URL(path, url).href);
  return {page, faults};
}
