import sharp from "sharp";
import {expect} from "vitest";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {readPackedCells} from "../../src/data/loaders/packed-cells.js";
import {readPredictions} from "../../src/data/loaders/predictions.js";
import {cellSide, cellValues} from "../../src/data/shapes/cells.js";
import {encoded} from "../fixtures/pictures.js";
import {answers, choose, file, openClassify, saveAs, state, tellingRequests} from "./classify-page.js";
import type {Upload} from "./classify-page.js";
import type {Site} from "./harness.js";

// What the shipped network is held to: quickly on a few cells, and as a slow proof on many.

/** A visitor moves the page from one backend to the other; `count` cells get the same to 1e-3. Needs WebGL in software. */
export async function expectSameOnAllBackends(site: Site, count: number): Promise<void> {
  const {page, faults, close} = await openClassify(site, {model: null, backend: "auto"});
  await state(page, "ready");
  const status = page.getByTestId("model-status");
  expect(await status.getAttribute("data-backend")).toBe("wasm");
  expect(await status.textContent()).toContain("WebGL runs in software here (SwiftShader), so WebAssembly comes first");
  const pictures = await heldOutCells(count);
  const shown: number[][] = [];
  await page.locator(".advanced summary").click();
  for (const backend of ["wasm", "webgl", "cpu"]) {
    if (backend !== "wasm") {
      await page.getByLabel("Compute with").selectOption(backend);
      await page.waitForURL(`**/classify?*backend=${backend}`);
    }
    const got: Record<string, string | undefined>[] = [];
    for (let from = 0; from < pictures.length; from += 10) {
      got.push(...(await choose(page, pictures.slice(from, from + 10))).slice(0, Math.min(10, pictures.length - from)));
    }
    expect(new Set(got.map((answer) => answer.backend))).toEqual(new Set([backend]));
    shown.push(got.map(({p}) => Number(p)));
  }
  const furthest = shown.map((ps) => Math.max(...ps.map((p, n) => Math.abs(p - shown[0]![n]!))));
  console.log(`${pictures.length} cells; furthest from WebAssembly: WebGL ${furthest[1]}, CPU ${furthest[2]}`);
  expect(Math.max(...furthest)).toBeLessThan(1e-3);
  expect(faults).toEqual([]);
  await close();
}

/**
 * The samples of the page get PyTorch's probability to within `tolerance` by `backend`.
 * @param options.most how many samples; all by default.
 * @param options.workerPrologue put before the worker's script.
 * @returns what computed, and what the page says of it
 */
export async function expectSamplesOfPyTorch(
  site: Site,
  backend: "webgl" | "wasm",
  {tolerance = 2e-3, most = Infinity, workerPrologue}: {tolerance?: number; most?: number; workerPrologue?: string} = {}
): Promise<{backend: string; note: string}> {
  const manifest = readManifest();
  const {cell, score} = readPredictions(manifest, "models/resnet34");
  const reference = new Map(cell.map((place, n) => [manifest[place]!.file, score[n]!]));
  const {page, faults, close} = await openClassify(site, {
    model: null,
    backend,
    ...(workerPrologue && {workerPrologue})
  });
  await state(page, "ready");
  const all = await page.locator("button.sample").all();
  expect(all.length).toBeGreaterThan(5);
  const samples = all.slice(0, most);
  for (const sample of samples) await sample.click();
  const shown = await answers(page, samples.length);
  for (const {file: name, p} of shown) {
    expect(Math.abs(Number(p) - reference.get(name!)!), name).toBeLessThan(tolerance);
  }
  const used = new Set(shown.map((answer) => answer.backend));
  expect(used.size).toBe(1);
  // A script that the test put something before is not the one whose digest the page's preload names.
  const ownDoing = (fault: string) => workerPrologue && /valid digest.*classifier\/worker\./.test(fault);
  expect(faults.filter((fault) => !ownDoing(fault))).toEqual([]);
  const note = (await page.getByTestId("model-status").textContent())!;
  await close();
  return {backend: [...used][0]!, note};
}

/** `count` held-out cells of the shipped network's own fold get PyTorch's answers by WebAssembly, and no request leaves. */
export async function expectHeldOutOfPyTorch(site: Site, count: number): Promise<void> {
  const manifest = readManifest();
  const {cell: places, score} = readPredictions(manifest, "models/resnet34");
  const own = places.flatMap((place, index) => (manifest[place]!.fold === 0 ? [{place, p: score[index]!}] : []));
  const chosen = Array.from({length: count}, (_, n) => own[Math.floor((n * own.length) / count)]!);
  const bytes = await readPackedCells(chosen.map(({place}) => place));
  const raw = {width: cellSide, height: cellSide, channels: 3 as const};
  const files = await Promise.all(
    chosen.map(async ({place}, n) => {
      const png = await sharp(bytes.subarray(n * cellValues, (n + 1) * cellValues), {raw})
        .png()
        .toBuffer();
      return {name: manifest[place]!.file, mimeType: "image/png", buffer: png};
    })
  );
  const {page, faults, requests, close} = await openClassify(site, {model: null});
  await state(page, "ready");
  const asked = requests.length;
  await page.getByLabel("Pictures of single cells").setInputFiles(files);
  await page.locator("button", {hasText: "Cancel the rest"}).waitFor({timeout: 60_000});
  await page.locator("button", {hasText: "Cancel the rest"}).waitFor({state: "hidden", timeout: 600_000});
  const {cells: answered} = JSON.parse(await saveAs(page, "JSON")) as {
    cells: {
      file: string;
      p_parasitized: number;
      threshold_offset: number;
      refused: string | null;
      backend: string | null;
      milliseconds: number;
    }[];
  };
  expect(tellingRequests(requests.slice(asked))).toEqual([]);
  expect(answered.map(({backend, refused}) => backend ?? refused).filter((one) => one !== "outside")).toEqual(
    Array(answered.filter(({refused}) => refused === null).length).fill("wasm")
  );
  // The gate refuses up to one held-out cell in a hundred, and brings a few of rare stain to the training cells'; the others
  // get PyTorch's probability.
  const through = answered.flatMap(({p_parasitized: p, threshold_offset: offset, refused}, n) =>
    refused === null && offset === 0 ? [Math.abs(p - chosen[n]!.p)] : []
  );
  expect(through.length).toBeGreaterThanOrEqual(Math.floor(0.98 * count));
  expect(answered.every(({refused}) => refused === null || refused === "outside")).toBe(true);
  const furthest = Math.max(...through);
  const median = answered.map(({milliseconds}) => milliseconds).sort((a, b) => a - b)[count >> 1];
  console.log(`${count} cells on WebAssembly: at most ${furthest} from PyTorch; median ${median} ms a cell`);
  expect(answered.map(({file}) => file)).toEqual(files.map(({name}) => name));
  expect(furthest).toBeLessThan(1e-3);
  expect(faults).toEqual([]);
  await close();
}

/** @returns `count` cells of the shipped model's test fold as PNGs, spread evenly over it */
async function heldOutCells(count: number): Promise<Upload[]> {
  const places = readManifest().flatMap(({fold}, place) => (fold === 0 ? [place] : []));
  const chosen = Array.from({length: count}, (_, n) => places[Math.floor((n * places.length) / count)]!);
  const bytes = await readPackedCells(chosen);
  const raw = {width: cellSide, height: cellSide, channels: 3 as const};
  const picture = (n: number) => encoded(sharp(bytes.subarray(n * cellValues, (n + 1) * cellValues), {raw}).png());
  return Promise.all(chosen.map(async (place, n) => file(`cell-${place}.png`, await picture(n))));
}
