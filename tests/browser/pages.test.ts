import {readFileSync} from "node:fs";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {formatCount, formatPercent} from "../../src/components/ui/format.js";
import {summarise} from "../../src/data/loaders/dataset.js";
import {headline} from "../../src/data/loaders/headline.js";
import {readHistories} from "../../src/data/loaders/history.js";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {modelDirectory} from "../../src/data/loaders/read-json.js";
import {openSite, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";

const manifest = readManifest();
/** Software rendering on a busy machine takes its time. */
const patient = {timeout: 30_000};
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

async function open(path: string, options = {}): Promise<Visit> {
  const visit = await site.open(path, options);
  await settle(visit.page);
  return visit;
}

/** Pixels (RGB) of a cell on its committed sheet. */
async function pixelsOf(index: number): Promise<number[]> {
  const {sheet, slot} = manifest[index]!;
  const {data} = await sharp(`src/data/cells/sheet-${String(sheet).padStart(3, "0")}.webp`)
    .extract({left: (slot % 16) * 50, top: Math.floor(slot / 16) * 50, width: 50, height: 50})
    .removeAlpha()
    .raw()
    .toBuffer({resolveWithObject: true});
  return [...data];
}

describe("dataset", () => {
  const sheets = (visit: Visit) => new Set(visit.requests.filter((url) => url.endsWith(".webp")));

  test("fetches only the sheets in view, and more when they are scrolled to", async () => {
    const visit = await open("/pages/dataset");
    expect(sheets(visit).size).toBe(1);
    await visit.page.locator(".gallery-view").evaluate((view) => (view.scrollTop = view.scrollHeight / 2));
    await expect.poll(() => sheets(visit).size, patient).toBeGreaterThan(1);
    await visit.page.waitForLoadState("networkidle");
    expect(sheets(visit).size).toBeLessThanOrEqual(4);
    await visit.close();
  });

  test("the keyboard walks to the last cell, which opens with its own pixels and facts", async () => {
    const visit = await open("/pages/dataset", {viewport: {width: 360, height: 740}});
    const {page} = visit;
    await page.locator(".gallery-view").focus();
    await page.keyboard.press("Control+End");
    const last = manifest.length - 1;
    const active = page.locator(`#${await page.locator(".gallery-view").getAttribute("aria-activedescendant")}`);
    expect(await active.textContent()).toContain(
      `Cell ${formatCount(last + 1)} of ${formatCount(last + 1)}: ${manifest[last]!.label}`
    );
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const detail = page.getByTestId("cell-detail");
    await page.waitForLoadState("networkidle");
    expect(await detail.textContent()).toContain(manifest[last]!.file);
    const shown = () =>
      detail.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
        const {data} = canvas.getContext("2d")!.getImageData(0, 0, 50, 50);
        return [...data].filter((_, i) => i % 4 !== 3);
      });
    await expect.poll(shown, patient).toEqual(await pixelsOf(last));
    await page.keyboard.press("Escape");
    expect(await detail.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("gallery-view");
    await visit.close();
  });

  test("filters count, live in the address, and Back undoes them", async () => {
    const visit = await open("/pages/dataset");
    const {page} = visit;
    const count = page.getByTestId("cell-count");
    await page.locator(".controls").getByLabel("Second opinion").selectOption("yes");
    const disputed = manifest.filter((row) => row.disputed);
    expect(await count.textContent()).toBe(`${formatCount(disputed.length)} of ${formatCount(manifest.length)} cells`);
    await page.locator(".controls").getByLabel("Label").selectOption("parasitized");
    const both = disputed.filter((row) => row.label === "parasitized");
    expect(await count.textContent()).toBe(`${formatCount(both.length)} of ${formatCount(manifest.length)} cells`);
    expect(new URL(page.url()).search).toBe("?disputed=yes&label=parasitized");
    await page.reload();
    await settle(page);
    expect(await count.textContent()).toContain(`${formatCount(both.length)} of`);
    await page.goBack();
    await expect.poll(() => count.textContent(), patient).toContain(`${formatCount(disputed.length)} of`);
    await visit.close();
  });

  test("a click opens the cell that lies there", async () => {
    const visit = await open("/pages/dataset?patient=C47");
    const cells = manifest.flatMap((row, index) => (row.patient === "C47" ? [index] : []));
    await visit.page.locator(".gallery-view").click({position: {x: 20, y: 20}});
    expect(await visit.page.getByTestId("cell-detail").getAttribute("data-cell")).toBe(String(cells[0]));
    await visit.close();
  });

  test("nonsense in the address is named, and everything is shown", async () => {
    const visit = await open("/pages/dataset?label=cat&cell=99999");
    const notice = visit.page.locator(".cell-explorer .notice");
    expect(await notice.textContent()).toContain("label=cat, but it must be one of any, parasitized, uninfected");
    expect(await notice.textContent()).toContain("cell=99999");
    expect(await visit.page.getByTestId("cell-count").textContent()).toContain(`${formatCount(manifest.length)} of`);
    await visit.close();
  });

  test("a sheet that fails is named and can be tried again", async () => {
    const page = await site.browser.newPage();
    let requests = 0;
    await page.route("**/sheet-000.webp", (route) => (requests++ ? route.continue() : route.fulfill({status: 503})));
    await page.goto(new URL("/pages/dataset", site.url).href);
    const trouble = page.locator(".gallery-trouble");
    await expect.poll(() => trouble.textContent(), patient).toContain("image sheet 0 did not load");
    await trouble.getByRole("button", {name: "Try again"}).click();
    await expect.poll(() => requests, patient).toBe(2);
    expect(await trouble.textContent()).toBe("");
    await page.close();
  });

  test("the counts are the manifest's", async () => {
    const visit = await open("/pages/dataset");
    const {photographs, perPatient} = summarise(manifest);
    expect(await visit.page.locator(".lead").textContent()).toContain(`${formatCount(photographs)} photographs`);
    expect(await visit.page.locator("figure").nth(1).locator("tbody tr").count()).toBe(perPatient.length);
    await visit.close();
  });
});

describe("the model's pages", () => {
  const metadata = readMetadata();

  test("the confusion matrix is counted from predictions.csv", async () => {
    const visit = await open("/pages/evaluation");
    const lines = readFileSync(`${modelDirectory}/predictions.csv`, "utf8").trim().split("\n").slice(1);
    const {folds} = JSON.parse(readFileSync(`${modelDirectory}/report.json`, "utf8")) as {
      folds: {fold: number; operatingPoint: {threshold: number}}[];
    };
    const thresholds = new Map(folds.map(({fold, operatingPoint}) => [String(fold), operatingPoint.threshold]));
    const count = (label: string, positive: boolean) =>
      lines.filter((line) => {
        const [, truth, , fold, p] = line.split(",");
        return truth === label && Number(p) >= thresholds.get(fold!)! === positive;
      }).length;
    const rows = await visit.page
      .locator("figure")
      .first()
      .locator("tbody tr")
      .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(rows).toEqual(
      ["parasitized", "uninfected"].map((label) => [label, String(count(label, true)), String(count(label, false))])
    );
    await visit.close();
  });

  test("the start page states the accuracy of the shipped fold on the evaluation page", async () => {
    const {accuracy, fold} = headline(readMetadata());
    for (const path of ["/", `/pages/evaluation?fold=${fold}`]) {
      const visit = await open(path);
      expect(await visit.page.locator(".figures").textContent()).toContain(formatPercent(accuracy.estimate));
      await visit.close();
    }
  });

  test("the training page shows every epoch of every history", async () => {
    const visit = await open("/pages/training");
    const histories = readHistories();
    const name = (fold: number) => (histories.length > 1 ? `this network, fold ${fold}` : "this network");
    const rows = await visit.page
      .locator("figure")
      .first()
      .locator("tbody tr")
      .filter({hasText: "this network"})
      .allTextContents();
    expect(rows).toEqual(
      histories.flatMap(({fold, epochs}) =>
        epochs.map(({epoch, trainLoss, validLoss, trainAccuracy, validAccuracy}) =>
          [name(fold), epoch, trainLoss, validLoss, trainAccuracy, validAccuracy].join("")
        )
      )
    );
    await visit.close();
  });

  test("the model card names every file with its hash", async () => {
    const visit = await open("/pages/model-card");
    const text = await visit.page.locator("main").textContent();
    for (const {path, sha256} of metadata.files) {
      expect(text).toContain(path);
      expect(text).toContain(sha256);
    }
    await visit.close();
  });

  test("none of these pages loads the classifier", async () => {
    for (const path of ["/", "/pages/dataset", "/pages/training", "/pages/evaluation", "/pages/model-card"]) {
      const visit = await open(path);
      expect(visit.requests.filter((url) => /tensorflow|tf\.fesm/.test(url))).toEqual([]);
      await visit.close();
    }
  });
});
