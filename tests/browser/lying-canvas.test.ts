import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openScorer} from "../../models/score/scorer.js";
import {CELL} from "../fixtures/pictures.js";
import {file, heldOutCell, openClassify, state} from "./classify-page.js";
import type {Upload} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// Browsers whose canvas gives other pixels than were drawn, as some do so that visitors cannot be told apart.

let site: Site;
let score: Awaited<ReturnType<typeof openScorer>>;
beforeAll(async () => {
  score = await openScorer();
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** Changes every pixel that is read from a canvas, in the page and in its workers. */
const LIES = `{
  const Context = OffscreenCanvasRenderingContext2D.prototype;
  const read = Context.getImageData;
  Context.getImageData = function (...given) {
    const picture = read.apply(this, given);
    for (let n = 0; n < picture.data.length; n++) picture.data[n] ^= 63;
    return picture;
  };
  OffscreenCanvas.prototype.convertToBlob = () => Promise.reject(new Error("a canvas that lies is not to be used"));
}`;

async function open(more = "") {
  const {name, p} = heldOutCell();
  const visit = await openClassify(site, {
    model: null,
    cell: name,
    prepare: async (page) => {
      await page.addInitScript(LIES + more);
      await page.route(/_import\/components\/classifier\/[\w-]*worker\.\w+\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({response, body: LIES + more + (await response.text())});
      });
    }
  });
  return {...visit, name, p};
}

/** The file gets what `npm run score` gives it. */
async function expectAnswer(page: Page, chosen: Upload): Promise<void> {
  const {row} = await score({path: chosen.name, bytes: new Uint8Array(chosen.buffer)});
  await page.getByLabel("Pictures of single cells").setInputFiles([chosen]);
  const card = page.locator(`[data-testid=prediction][data-file="${chosen.name}"]`);
  await card.waitFor({timeout: 120_000});
  expect(Math.abs(Number(await card.getAttribute("data-p")) - Number(row.p_resnet34))).toBeLessThan(1e-6);
}

test("video frames are read in its place: the cell that an address names is answered, and a chosen one in WebP", async () => {
  const {page, name, p, close} = await open();
  await state(page, "ready");
  const card = page.locator(`[data-testid=prediction][data-file="${name}"]`);
  await card.waitFor({timeout: 120_000});
  expect(Math.abs(Number(await card.getAttribute("data-p")) - p)).toBeLessThan(1e-3);
  await expectAnswer(page, file("cell.webp", await sharp(CELL).webp({lossless: true}).toBuffer(), "image/webp"));
  await close();
});

test("where there are none, the address gets the permission that is missing, and a chosen PNG its answer", async () => {
  const {page, close} = await open("delete globalThis.VideoFrame;");
  await state(page, "ready");
  const said = expect.poll(() => page.locator("main").textContent(), {timeout: 120_000});
  await said.toMatch(/The cell “.*” cannot be read\. .*Allow this site to use canvas image data/);
  await expectAnswer(page, file("cell.png", readFileSync(CELL)));
  await close();
});
