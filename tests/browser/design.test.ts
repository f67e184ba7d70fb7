import {existsSync, mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";

// What the pages are made of, photographed. A picture that should have changed is renewed by deleting the old one, running
// this file, and looking at the new one.

const folder = "tests/output/design";
/** Most share of pixels that may differ, and from which difference of a channel on: fonts and edges are drawn a little apart. */
const [SHARE, DIFFERENCE] = [0.02, 48];

let site: Site;
beforeAll(async () => {
  site = await openSite({whole: true});
});
afterAll(() => site?.close());

const pixelsOf = (file: Buffer | string) => sharp(file).removeAlpha().raw().toBuffer({resolveWithObject: true});

test.each([
  ["light", 1440, "none"],
  ["light", 360, "none"],
  ["dark", 1440, "none"],
  ["dark", 360, "none"],
  ["light", 1440, "active"],
  ["dark", 360, "active"]
] as const)(
  "the parts of the design look as they did: %s, %i pixels, forced colours %s",
  async (colorScheme, width, forced) => {
    const context = await site.browser.newContext({
      colorScheme,
      forcedColors: forced,
      reducedMotion: "reduce",
      viewport: {width, height: 900},
      serviceWorkers: "block"
    });
    const page = await context.newPage();
    await page.goto(new URL("/pages/design", site.url).href);
    await settle(page);
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const taken = await page.screenshot({fullPage: true});
    await context.close();

    const name = `${forced === "active" ? "forced-" : ""}${colorScheme}-${width}`;
    const file = join(folder, `${name}.png`);
    if (!existsSync(file)) {
      expect(process.env.CI, `${file} is missing`).toBeUndefined();
      mkdirSync(folder, {recursive: true});
      writeFileSync(file, await sharp(taken).png({palette: true, colours: 64}).toBuffer());
    }
    const [before, now] = await Promise.all([pixelsOf(file), pixelsOf(taken)]);
    let changed = now.data.length === before.data.length ? 0 : Infinity;
    for (let at = 0; changed < Infinity && at < now.data.length; at += 3) {
      const apart = [0, 1, 2].some((n) => Math.abs(now.data[at + n]! - before.data[at + n]!) > DIFFERENCE);
      if (apart) changed += 1;
    }
    const share = changed / (now.data.length / 3);
    if (share > SHARE) writeFileSync(`tests/output/${name}-changed.png`, taken);
    expect(share, `see tests/output/${name}-changed.png`).toBeLessThanOrEqual(SHARE);
  }
);
