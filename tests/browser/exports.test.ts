import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

// What figures and tables are saved as, whatever scheme the page is looked at in.

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

interface Saved {
  name: string;
  text: string;
  /** Whether a byte order mark begins it, which is no part of the text. */
  hasMark: boolean;
  /** What the key above the figure names. */
  keys: string[];
}

/** Opens a page in a scheme, scrolls through it, and presses all buttons that save a table or a drawing. */
async function saveAll(path: string, colorScheme: "light" | "dark"): Promise<Saved[]> {
  const {page, close} = await site.open(path, {colorScheme, viewport: {width: 1280, height: 900}});
  await settle(page);
  await scrollThrough(page);
  for (const tab of await page.getByRole("tab").all()) {
    await tab.click();
    await scrollThrough(page);
  }
  await settle(page);
  const saved = await page.evaluate(async () => {
    const files: {name: string; text: string; hasMark: boolean; keys: string[]}[] = [];
    let made: Blob | undefined;
    URL.createObjectURL = (blob: Blob) => {
      made = blob;
      return "blob:made";
    };
    const names: string[] = [];
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      names.push(this.download);
    };
    for (const button of document.querySelectorAll<HTMLButtonElement>("main button.download")) {
      const before = names.length;
      button.click();
      for (let n = 0; n < 200 && names.length === before; n++) await new Promise((go) => setTimeout(go, 10));
      const keys = [...(button.closest("figure")?.querySelectorAll(".legend li") ?? [])].map((key) => key.textContent!);
      const bytes = new Uint8Array(await made!.arrayBuffer());
      const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      files.push({name: names.at(-1)!, text: new TextDecoder().decode(bytes), hasMark, keys});
    }
    return files;
  });
  await close();
  return saved;
}

async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top);
      await new Promise((go) => setTimeout(go, 50));
    }
  });
}

/** Texts of a drawing by itself that white would swallow: contrast below 4.5 (WCAG 1.4.3), but for those that lie on a field. */
async function faintTexts(page: Page, svg: string): Promise<string[]> {
  await page.setContent(svg);
  return page.evaluate(() => {
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => {
        const share = Number(value) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return [...document.querySelectorAll("svg text")]
      .filter((text) => text.textContent!.trim() && !text.closest("[data-kind]"))
      .filter((text) => 1.05 / (luminance(getComputedStyle(text).fill) + 0.05) < 4.5)
      .map((text) => `${text.textContent} in ${getComputedStyle(text).fill}`);
  });
}

test.each(["/pages/evaluation", "/pages/training", "/pages/dataset", "/pages/model-card"])(
  "what %s saves in the dark is what it saves by day, legible on white, with its key",
  async (path) => {
    const [dark, light] = [await saveAll(path, "dark"), await saveAll(path, "light")];
    expect(dark.length).toBeGreaterThan(0);
    expect(dark.map(({name}) => name)).toEqual(light.map(({name}) => name));
    const page = await site.browser.newPage();
    for (const [n, {name, text, hasMark, keys}] of dark.entries()) {
      expect(text === light[n]!.text, `${path}: ${name} differs by scheme`).toBe(true);
      expect(hasMark, name).toBe(name.endsWith(".csv"));
      if (name.endsWith(".png")) expect(text.slice(1, 4), name).toBe("PNG");
      if (!name.endsWith(".svg")) continue;
      expect(text, name).not.toMatch(/var\(|(?<!--plot-)background/);
      expect(await faintTexts(page, text), name).toEqual([]);
      const drawn = await page.locator("svg").textContent();
      for (const key of keys) expect(drawn, name).toContain(key);
    }
    await page.close();
  }
);
