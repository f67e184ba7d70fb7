import {readdirSync} from "node:fs";
import {csvParse} from "d3-dsv";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL, encoded} from "../fixtures/pictures.js";
import {fallbackModel, sha256, tinyModel} from "../fixtures/tiny-model.js";
import {answers, openClassify, saveAs, state} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {countTurns} from "./main-thread.js";

// Many files at once.

/** What a page may do in one go with thousands of files: far less than something for each of them. */
const FEW = {changes: 1000, messages: 300};
let site: Site;
let pictures: Uint8Array[];

beforeAll(async () => {
  site = await openSite({webgl: false});
  pictures = await Promise.all(
    [0, 1, 2, 3].map((turn) =>
      encoded(
        sharp(CELL)
          .modulate({hue: turn * 90})
          .resize(60, 60)
          .png()
      )
    )
  );
});
afterAll(() => site?.close());

/** Makes `count` files in the page as `window.files`: two patients' cells in turn, the eighth file empty. */
async function prepare(page: Page, count: number) {
  await page.evaluate(
    ([contents, total]) => {
      const data = new DataTransfer();
      for (let n = 0; n < total; n++) {
        const [name, content] =
          n === 7 ? ["=notes.png", []] : [`C${n % 2}P1ThinF_IMG_1_cell_${n}.png`, contents[n % 4]!];
        // What comes after a PNG's end is not looked at: no two files are the same, byte for byte.
        data.items.add(new File([Uint8Array.from(content), ...(n === 7 ? [] : [`${n}`])], name));
      }
      Object.assign(window, {files: data});
    },
    [pictures.map((picture) => Array.from(picture)), count] as const
  );
}

/** Drops the files that were made, in the place of what is there. */
async function dropFiles(page: Page) {
  const clear = page.getByRole("button", {name: "Clear all results"});
  if (await clear.isVisible()) await clear.click();
  await page.evaluate(() => {
    const dataTransfer = (window as unknown as {files: DataTransfer}).files;
    document.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
  });
}

const status = (page: Page, text: string | RegExp, timeout = 300_000) =>
  page.getByTestId("batch-status").filter({hasText: text}).waitFor({timeout});

const menu = (page: Page, name: string) => page.getByRole("combobox", {name, exact: true});

/** Asks the worker how many tensors TensorFlow.js keeps, whose one engine it leaves in the worker's scope. */
const tensorCounter = (page: Page) => (): Promise<number> =>
  page.workers()[0]!.evaluate<number>("self._tfengine.state.numTensors");

describe("many files", () => {
  test("TensorFlow.js, where it stands in, keeps no tensor of a hundred answers", async () => {
    const {page, faults, close} = await openClassify(site, {model: fallbackModel()});
    await state(page, "ready");
    expect(await page.getByTestId("model-status").getAttribute("data-kernels")).toBe("false");
    const tensors = tensorCounter(page);
    const kept = await tensors();
    expect(kept).toBeGreaterThan(2);
    await prepare(page, 100);
    await dropFiles(page);
    await status(page, "99 of 100 files answered, 1 not.");
    expect(await tensors()).toBe(kept);
    expect(faults).toEqual([]);
    await close();
  });

  test("a thousand are answered, ordered, filtered and saved, while the page stays quick", async () => {
    const {page, faults, close} = await openClassify(site);
    await state(page, "ready");
    expect(await page.getByTestId("model-status").getAttribute("data-kernels")).toBe("true");
    await prepare(page, 1000);
    const most = await countTurns(page, async () => {
      await dropFiles(page);
      await status(page, "999 of 1,000 files answered, 1 not.");
      await menu(page, "Order").selectOption("falling");
      await menu(page, "Show").selectOption("refused");
      await menu(page, "Show").selectOption("all");
    });
    console.log(`The most in one go while 1,000 files were answered: ${JSON.stringify(most)}`);
    expect(most.changes).toBeGreaterThan(0);
    expect(most.changes).toBeLessThan(FEW.changes);
    expect(most.messages).toBeLessThan(FEW.messages);
    expect(most.pixels).toBe(0);
    expect(await page.getByTestId("patients").textContent()).toMatch(/C0500/);
    const table = page.getByRole("region", {name: "Table of results"});
    const shown = () =>
      table.locator("tr[data-p]").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.p!));
    expect((await shown()).length).toBe(50);
    expect(await shown()).toEqual([...(await shown())].sort().reverse());
    await menu(page, "Order").selectOption("rising");
    expect(await shown()).toEqual([...(await shown())].sort());
    await menu(page, "Order").selectOption("name");
    const names = await table.locator("tbody th").allTextContents();
    expect(names.slice(0, 3)).toEqual(["=notes.png", "C0P1ThinF_IMG_1_cell_0.png", "C0P1ThinF_IMG_1_cell_2.png"]);
    await menu(page, "Show").selectOption("refused");
    expect(await table.locator("tbody tr").allTextContents()).toEqual([
      expect.stringMatching(/^=notes\.png.*is empty/)
    ]);
    await menu(page, "Show").selectOption("all");
    const rows = csvParse(await saveAs(page, "CSV"));
    expect(rows.length).toBe(1000);
    expect(rows[7]).toMatchObject({file: "'=notes.png", refused: "empty"});
    const hash = sha256(tinyModel().get("metadata.json")!);
    expect(rows.every((row) => row.model_sha256 === hash && /Not a medical device/.test(row.notice!))).toBe(true);
    expect(new Set(rows.map(({date}) => new Date(date!).toISOString().slice(0, 10))).size).toBe(1);
    const saved = JSON.parse(await saveAs(page, "JSON"));
    expect(saved).toMatchObject({
      notice: expect.stringContaining("Not a medical device"),
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      models: [{name: "tiny", sha256: hash, threshold: 0.5}],
      patients: [
        {patient: "C0", cells: 500, share: {low: expect.any(Number), high: expect.any(Number)}},
        {patient: "C1", cells: 499}
      ]
    });
    expect(saved.cells.length).toBe(1000);
    expect(faults).toEqual([]);
    await close();
  });

  test("five thousand at once are taken in while the page stays quick, and can be cancelled", async () => {
    const {page, faults, close} = await openClassify(site);
    await state(page, "ready");
    await prepare(page, 5000);
    const most = await countTurns(page, async () => {
      await dropFiles(page);
      await status(page, /^[1-9][\d,]{2,} of 5,000 files answered/);
      await menu(page, "Order").selectOption("name");
      await page.getByRole("button", {name: "Cancel the rest"}).click();
      await menu(page, "Order").selectOption("falling");
    });
    console.log(`The most in one go while 5,000 files were taken in and cancelled: ${JSON.stringify(most)}`);
    expect(most.changes).toBeGreaterThan(0);
    expect(most.changes).toBeLessThan(FEW.changes);
    expect(most.messages).toBeLessThan(FEW.messages);
    expect(most.pixels).toBe(0);
    const [, answered, not] = /^([\d,]+) of 5,000 files answered, ([\d,]+) not/
      .exec((await page.getByTestId("batch-status").textContent())!)!
      .map((text) => Number(text.replace(",", "")));
    expect(answered! + not!).toBe(5000);
    const rows = csvParse(await saveAs(page, "CSV"));
    expect(rows.filter(({refused}) => refused === "cancelled").length).toBe(not! - 1);
    expect(faults).toEqual([]);
    await close();
  });

  test("a folder dropped from the desktop is taken in with its subfolders", async () => {
    const {page, faults, close} = await openClassify(site);
    await state(page, "ready");
    const session = await page.context().newCDPSession(page);
    const folder = `${process.cwd()}/src/data/samples`;
    const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile());
    const count = files.length;
    const paths = files.map(({parentPath, name}) => `${parentPath}/${name}`.slice(`${process.cwd()}/src/data/`.length));
    // Whole fields and their truth lie beside the single cells.
    const isCell = (file: string) => file.endsWith(".png");
    const data = {items: [], files: [folder], dragOperationsMask: 1};
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await session.send("Input.dispatchDragEvent", {type, x: 300, y: 300, data});
    }
    const shown = await answers(page, count);
    expect(shown.filter(({testid, file}) => testid === "prediction" && isCell(file ?? "")).length).toBe(
      files.filter(({name}) => isCell(name)).length
    );
    expect(count).toBeGreaterThan(8);
    expect(shown.map(({file: path}) => path).sort()).toEqual(paths.sort());
    expect(faults).toEqual([]);
    await close();
  });
});
