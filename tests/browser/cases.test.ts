import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {csvParse} from "d3-dsv";
import JSZip from "jszip";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openScorer} from "../../models/score/scorer.js";
import {firstSentence} from "../../src/components/classifier/entries.js";
import {CASES} from "../fixtures/cases.js";
import {choose, file, openClassify, saveAs, state} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// The files that people bring, on the page: the probabilities of `npm run score`, its refusals, and whose file is whose.

const FOLDER = "tests/fixtures/cases";
let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

/** The rows of the table as it is saved; few files leave it folded. */
async function savedRows(page: Page) {
  await page.locator(".all-results > summary").click();
  return csvParse(await saveAs(page, "CSV"));
}

const open = async () => {
  const opened = await openClassify(site, {model: null, network: "both"});
  await state(opened.page, "ready");
  return opened;
};

test("what npm run score gives is what the page gives, to 1e-6 (AVIF to 1e-3), and the sentence where there is none", async () => {
  const {page, faults, close} = await open();
  const paths = CASES.map(({path}) => `${FOLDER}/${path}`);
  await choose(
    page,
    paths.map((path) => file(basename(path), readFileSync(path)))
  );
  const rows = await savedRows(page);
  const said = await page.locator("main").textContent();
  const score = await openScorer();
  for (const [n, path] of paths.entries()) {
    const {row} = await score({path, bytes: new Uint8Array(readFileSync(path))});
    expect(rows[n], path).toMatchObject({file: basename(path), sha256: row.sha256, called: row.called ?? ""});
    // Chromium's decoder rounds the colours of AVIF otherwise than libvips does: ResNet-34's P is 3.4e-5 away, the student's 5.6e-4.
    const within = path.endsWith(".avif") ? 1e-3 : 1e-6;
    for (const [column, value] of [
      ["p_parasitized", row.p_resnet34],
      ["p_parasitized_early", row.p_student],
      ["p_parasitized_calibrated", row.calibrated]
    ] as const) {
      if (value === null) expect(rows[n]![column], path).toBe("");
      else expect(Math.abs(Number(rows[n]![column]) - (value as number)), path).toBeLessThan(within);
    }
    if (row.refused) expect(said, path).toContain(firstSentence(row.refused as string));
  }
  expect(faults).toEqual([]);
  await close();
});

test("two folders with the same names are told apart; junk is skipped, the same bytes are one cell", async () => {
  const {page, faults, close} = await open();
  const zip = await JSZip.loadAsync(readFileSync(`${FOLDER}/names/slides.zip`));
  const files = await Promise.all(
    Object.values(zip.files)
      .filter(({dir}) => !dir)
      .map(async (entry) => ({path: entry.name, base64: await entry.async("base64")}))
  );
  await chooseFolder(page, files);
  await page
    .getByTestId("batch-status")
    .filter({hasText: "7 of 7 files answered, 0 not."})
    .waitFor({state: "attached"});
  const status = await page.getByTestId("batch-status").textContent();
  expect(status).toContain("4 skipped.");
  expect(status).toContain("1 is byte for byte the same as another: 6 cells.");
  expect(await page.getByTestId("taken").textContent()).toMatch(/^4 skipped, which/);
  const rows = await savedRows(page);
  expect(new Set(rows.map(({path}) => path)).size).toBe(7);
  expect(rows.filter(({file: name}) => name === "cell_1.png").map(({path}) => path)).toEqual([
    "slides/patient 1/fields/cell_1.png",
    "slides/patient 2/fields/cell_1.png"
  ]);
  expect(rows.filter(({same_bytes_as: same}) => same).length).toBe(1);
  expect(faults).toEqual([]);
  await close();
});

/** Chooses a folder by its input. */
async function chooseFolder(page: Page, files: readonly {path: string; base64: string}[]) {
  await page.evaluate((list) => {
    const input = document.querySelector<HTMLInputElement>("#cell-folder")!;
    const data = new DataTransfer();
    for (const {path, base64} of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const made = new File([bytes], path.split("/").at(-1)!);
      data.items.add(Object.defineProperty(made, "webkitRelativePath", {value: path}));
    }
    // A DataTransfer hands out copies of its files, without what was put on them.
    const chosen = [...data.files].map((made, n) =>
      Object.defineProperty(made, "webkitRelativePath", {value: list[n]!.path})
    );
    Object.defineProperty(input, "files", {value: chosen, configurable: true});
    input.dispatchEvent(new Event("change"));
  }, files);
}
