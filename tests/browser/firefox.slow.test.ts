import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {ElementHandle, Page} from "puppeteer-core";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {openScorer} from "../../models/score/scorer.js";
import {CELL} from "../fixtures/pictures.js";
import {heldOutCell} from "./classify-page.js";
import {openFirefox, openPage} from "./firefox.js";
import type {FirefoxSite} from "./firefox.js";

// The main job in Firefox, and in one that hides pixels from pages, as Tor Browser and LibreWolf do.

let folder: string;
const files: Record<"png" | "jpeg" | "webp", string> = {png: "", jpeg: "", webp: ""};
let expected: Record<"png" | "jpeg" | "webp", number>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "firefox-"));
  for (const form of ["png", "jpeg", "webp"] as const) {
    files[form] = join(folder, `cell.${form}`);
    writeFileSync(
      files[form],
      await sharp(CELL)
        .toFormat(form, {quality: 98, lossless: form === "webp"})
        .toBuffer()
    );
  }
  const score = await openScorer();
  const scores = await Promise.all(
    Object.values(files).map((path) => score({path, bytes: new Uint8Array(readFileSync(path))}))
  );
  const [png, jpeg, webp] = scores.map(({row}) => Number(row.p_resnet34)) as [number, number, number];
  expected = {png, jpeg, webp};
});
afterAll(() => rmSync(folder, {recursive: true}));

/** Chooses files and reads the cards once the network whose answer stands has answered each. */
async function choose(page: Page, paths: string[]) {
  const input = (await page.waitForSelector("#cell-files", {timeout: 120_000}))!;
  await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  await page.waitForFunction(
    (count) => document.querySelectorAll("[data-testid=prediction], [data-testid=prediction-error]").length === count,
    {timeout: 200_000},
    paths.length
  );
  const cards = await page.$$eval("[data-testid=prediction], [data-testid=prediction-error]", (found) =>
    found.map((card) => ({...(card as HTMLElement).dataset, text: card.textContent ?? ""}))
  );
  return new Map(cards.map((card) => [(card as {file?: string}).file, card as Record<string, string | undefined>]));
}

describe.each([
  ["Firefox", {}],
  ["a Firefox that hides pixels", {"privacy.resistFingerprinting": true}]
])("%s", (_, preferences) => {
  const isHiding = "privacy.resistFingerprinting" in preferences;
  let site: FirefoxSite;
  beforeAll(async () => {
    site = await openFirefox(preferences);
  });
  afterAll(() => site?.close());

  test("answers cells as they are", async () => {
    const {page, faults} = await openPage(site, "/pages/classify?backend=wasm");
    const cards = await choose(page, Object.values(files));
    expect(Math.abs(Number(cards.get("cell.png")!.p) - expected.png)).toBeLessThan(1e-6);
    expect(Math.abs(Number(cards.get("cell.jpeg")!.p) - expected.jpeg)).toBeLessThan(isHiding ? 1e-2 : 1e-3);
    if (isHiding) {
      expect(cards.get("cell.webp")).toMatchObject({
        code: "hidden",
        text: expect.stringContaining("Allow this site to use canvas image data")
      });
    } else expect(Math.abs(Number(cards.get("cell.webp")!.p) - expected.webp)).toBeLessThan(1e-6);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("answers the cell that an address names, or says which permission is missing", async () => {
    const {name, p} = heldOutCell();
    const {page, faults} = await openPage(site, `/pages/classify?backend=wasm&cell=${name}`);
    const found = (await page.waitForFunction(
      (file, isHidden) => {
        const card = document.querySelector<HTMLElement>(`[data-testid=prediction][data-file="${file}"]`);
        const said = document.querySelector("main")!.textContent!;
        return isHidden ? /The cell “[^”]+” cannot be read\..*TIFF/.exec(said)?.[0] : card?.dataset.p;
      },
      {timeout: 200_000},
      name,
      isHiding
    ))!;
    const said = (await found.jsonValue())!;
    if (isHiding) expect(said).toContain("Allow this site to use canvas image data");
    else expect(Math.abs(Number(said) - p)).toBeLessThan(1e-3);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("shows how cells are augmented, and says what it cannot", async () => {
    const name = "C100P61ThinF_IMG_20150918_144104_cell_162.png";
    const {page, faults} = await openPage(site, `/pages/augmentation?cell=${name}`);
    const said = "hides the pixels of pictures from pages";
    await page.waitForFunction(
      (hides, text) =>
        hides ? document.body.textContent!.includes(text) : document.querySelectorAll("canvas").length > 12,
      {timeout: 120_000},
      isHiding,
      said
    );
    expect((await page.evaluate(() => document.body.textContent!)).includes(said)).toBe(isHiding);
    expect(faults).toEqual([]);
    await page.close();
  });
});
