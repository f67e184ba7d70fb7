import {existsSync, readFileSync} from "node:fs";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {cellSide, cellValues} from "../../src/data/shapes/cells.js";
import {file, openClassify, results} from "./classify-page.js";
import type {Upload} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Held-out cells as files, with what a network was found to give them. */
async function heldOut(count: number): Promise<{uploads: Upload[]; student: number[]; resnet34: number[]}> {
  const manifest = readManifest();
  const [student, resnet34] = ["models/student", "models/resnet34"].map((folder) => {
    const {cell, score} = readPredictions(manifest, folder);
    return new Map(cell.map((place, n) => [place, score[n]!]));
  }) as [Map<number, number>, Map<number, number>];
  const places = manifest.flatMap(({fold}, place) => (fold === 0 ? [place] : []));
  const chosen = Array.from({length: count}, (_, n) => places[Math.floor(((n + 0.5) * places.length) / count)]!);
  const bytes = await readPackedCells(chosen);
  const raw = {width: cellSide, height: cellSide, channels: 3} as const;
  const uploads = chosen.map(async (place, n) => {
    const pixels = bytes.subarray(n * cellValues, (n + 1) * cellValues);
    return file(manifest[place]!.file, await sharp(pixels, {raw}).png().toBuffer());
  });
  return {
    uploads: await Promise.all(uploads),
    student: chosen.map((place) => student.get(place)!),
    resnet34: chosen.map((place) => resnet34.get(place)!)
  };
}

describe.runIf(existsSync("dist/models/student/metadata.json"))("the student", {timeout: 300_000}, () => {
  test("answers before ResNet-34 or TensorFlow.js are there, and ResNet-34 confirms", async () => {
    const {uploads, student, resnet34} = await heldOut(6);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const visit = await openClassify(site, {
      model: null,
      network: "both",
      backend: "wasm",
      prepare: async (page) => {
        await page.route("**/models/resnet34/weights-*", (route) => held.then(() => route.continue()));
      }
    });
    const {page, requests, faults} = visit;
    await page.getByLabel("Pictures of single cells").setInputFiles(uploads);
    const early = page.locator(".result[data-early]");
    await expect.poll(() => early.count(), {timeout: 120_000}).toBe(uploads.length);
    expect(await results(page).count()).toBe(0);
    expect(requests.filter((url) => /tensorflow|tf-backend/.test(url))).toEqual([]);
    const said = await early.evaluateAll((cards) => cards.map((card) => Number((card as HTMLElement).dataset.early)));
    said.forEach((p, n) => expect(Math.abs(p - student[n]!), uploads[n]!.name).toBeLessThan(1e-3));
    release();
    await expect.poll(() => results(page).count(), {timeout: 200_000}).toBe(uploads.length);
    const final = await results(page).evaluateAll((cards) =>
      cards.map((card) => ({p: Number((card as HTMLElement).dataset.p), text: card.textContent ?? ""}))
    );
    final.forEach(({p, text}, n) => {
      expect(Math.abs(p - resnet34[n]!), uploads[n]!.name).toBeLessThan(1e-3);
      expect(text).toMatch(
        /The student said (parasitized|uninfected) first, P = \d\.\d{3}: (the same|another) class\./
      );
    });
    expect(faults).toEqual([]);
    await visit.close();
  });

  test("alone, by the address and by the menu, is all that is fetched; its gate refuses what is no cell", async () => {
    const visit = await openClassify(site, {model: null, network: "both"});
    const {page, requests} = visit;
    await page.locator(".advanced summary").click();
    await page.getByLabel("Answer with").selectOption("student");
    await page.waitForURL("**/classify?*network=student*");
    await page.reload();
    requests.length = 0;
    const blank = await sharp({create: {width: 300, height: 200, channels: 3, background: "white"}})
      .png()
      .toBuffer();
    const {uploads, student} = await heldOut(2);
    await page.getByLabel("Pictures of single cells").setInputFiles(uploads);
    await expect.poll(() => results(page).count(), {timeout: 120_000}).toBe(2);
    expect(requests.filter((url) => /models\/resnet34|tensorflow/.test(url))).toEqual([]);
    // Of what does not lie on black the finder is asked, which needs TensorFlow.js.
    await page.getByLabel("Pictures of single cells").setInputFiles(file("page.png", blank));
    await expect.poll(() => results(page).count(), {timeout: 120_000}).toBe(3);
    const cards = await results(page).evaluateAll((all) => all.map((card) => ({...(card as HTMLElement).dataset})));
    const answered = cards.filter(({testid}) => testid !== "prediction-error");
    student.forEach((p, n) => expect(Math.abs(Number(answered[n]!.p) - p)).toBeLessThan(1e-3));
    expect(cards.filter(({code}) => code === "outside").length).toBe(1);
    expect(requests.filter((url) => url.includes("models/resnet34"))).toEqual([]);
    expect(await page.getByTestId("model-status").isVisible()).toBe(false);
    await visit.close();
  });

  test("alone, it computes on what the menu says, also when that was chosen before", async () => {
    const visit = await openClassify(site, {model: null, network: "student"});
    const {page, requests} = visit;
    const status = page.getByTestId("student-status");
    await page.locator("[data-testid=student-status][data-state=ready][data-backend=wasm]").waitFor({timeout: 120_000});
    await page.locator(".advanced summary").click();
    await page.getByLabel("Answer with").selectOption("resnet34");
    await page.getByLabel("Compute with").selectOption("cpu");
    await page.getByLabel("Answer with").selectOption("student");
    await page.locator("[data-testid=student-status][data-state=ready][data-backend=cpu]").waitFor({timeout: 200_000});
    expect(await status.textContent()).toContain("It runs on plain JavaScript");
    expect(page.workers().filter((worker) => /classifier\/worker\./.test(worker.url()))).toHaveLength(1);
    expect(requests.filter((url) => /models\/student\/weights/.test(url))).toHaveLength(1);
    await visit.close();
  });

  test("is 400 kB at most on the wire, its gate and metadata included", () => {
    const {files} = JSON.parse(readFileSync("dist/models/student/metadata.json", "utf8")) as {files: {bytes: number}[]};
    expect(files.reduce((sum, {bytes}) => sum + bytes, 0)).toBeLessThanOrEqual(400_000);
  });
});
