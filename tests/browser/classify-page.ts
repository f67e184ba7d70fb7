import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {csvParse} from "d3-dsv";
import type {BrowserContextOptions, Page} from "playwright-core";
import type {NetworkChoice} from "../../src/components/classifier/networks.js";
import type {Backend} from "../../src/components/engine/engine.js";
import {loadTfEngine} from "../../src/components/engine/tf-engine.js";
import {toBatch, toCell} from "../../src/components/image/cell-input.js";
import type {RgbPicture} from "../../src/components/image/resize.js";
import {sha256, tinyModel} from "../fixtures/tiny-model.js";
import type {Site} from "./harness.js";

/** A file to choose. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What a page is served instead of the site's own files. */
export interface Served {
  /** The model in the place of the shipped one, by default a tiny one on the kernels; null for the shipped one. */
  model?: Map<string, Uint8Array> | null;
  /** Whether the site serves the model's files itself. */
  own?: boolean;
  /** sha256 of metadata.json as the page is told. */
  sha256?: string;
  /** Told of each request for a file of the model; may answer instead. */
  intercept?: (file: string, count: number) => "abort" | Uint8Array | undefined;
  /** Called before the page is opened. */
  prepare?: (page: Page) => Promise<void>;
  /** What shall compute; WebAssembly by default. */
  backend?: "auto" | Backend;
  /** Who answers; ResNet-34 alone by default, and always where a model takes its place. */
  network?: NetworkChoice;
  /** The `cell` of the address. */
  cell?: string;
  /** Put before the worker's script. */
  workerPrologue?: string;
}

/** @returns a file to choose */
export const file = (name: string, content: Uint8Array | string, mimeType = "image/png"): Upload => ({
  name,
  mimeType,
  buffer: Buffer.from(content)
});

/** Opens the Classify page of a site in a context of its own, and records its errors and all requests. */
export async function openClassify(
  {browser, url}: Pick<Site, "browser" | "url">,
  served: Served = {},
  options: BrowserContextOptions = {}
) {
  const {model = tinyModel(), backend = "wasm", network = "resnet34", cell = "", prepare} = served;
  const context = await browser.newContext({serviceWorkers: "block", ...options});
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => requests.push(socket.url()));
  if (model) await tellHash(page, model, served);
  if (model && !served.own) await serveModel(page, model, served);
  if (served.workerPrologue) await prefixWorker(page, served.workerPrologue);
  await prepare?.(page);
  const query = new URLSearchParams({network, ...(backend !== "auto" && {backend}), ...(cell && {cell})});
  await page.goto(new URL(`/pages/classify?${query.toString()}`, url).href);
  return {page, faults, requests, close: () => context.close()};
}

async function serveModel(page: Page, model: Map<string, Uint8Array>, {intercept}: Served) {
  const counts = new Map<string, number>();
  await page.route("**/models/resnet34/*", (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const answer = intercept?.(name, count) ?? model.get(name);
    if (answer === "abort") return route.abort("connectionreset");
    return answer ? route.fulfill({body: Buffer.from(answer)}) : route.fulfill({status: 404});
  });
}

async function prefixWorker(page: Page, prologue: string) {
  await page.route(/_import\/components\/classifier\/worker\.\w+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, body: prologue + (await response.text())});
  });
}

async function tellHash(page: Page, model: Map<string, Uint8Array>, {sha256: told}: Served) {
  const body = JSON.stringify({resnet34: told ?? sha256(model.get("metadata.json")!), student: null, testFold: 0});
  await page.route(/_file\/data\/classifier\.\w+\.json$/, (route) => route.fulfill({body}));
}

/** @returns what gives the probability that TensorFlow.js finds for a picture with the tiny model, here and not in a page */
export async function tinyNetwork(): Promise<(picture: RgbPicture) => Promise<number>> {
  const files = new Map([...tinyModel()].map(([name, content]) => [name, content.buffer]));
  const engine = await loadTfEngine({files}, {backend: "cpu"});
  return async (picture) => (await engine.predict(toBatch([toCell(picture)]))).probabilities[0]!;
}

/** Waits until the model is in a state. */
export const state = (page: Page, value: string) =>
  page.locator(`[data-testid=model-status][data-state=${value}]`).waitFor({timeout: 180_000});
/** The cards that have an answer or a refusal. */
export const results = (page: Page) => page.locator("[data-testid=prediction], [data-testid=prediction-error]");

/** Chooses files by the input, and waits for their cards. */
export async function choose(page: Page, files: Upload[]) {
  const before = await results(page).count();
  await page.getByLabel("Pictures of single cells").setInputFiles(files);
  return answers(page, before + files.length);
}

/** Waits for `count` cards and reads what they say to machines. */
export async function answers(page: Page, count: number): Promise<Record<string, string | undefined>[]> {
  const waitFor = (wanted: number) =>
    document.querySelectorAll("[data-testid=prediction], [data-testid=prediction-error]").length >= wanted;
  await page.waitForFunction(waitFor, count, {timeout: 600_000});
  return results(page).evaluateAll((cards) =>
    cards.map((card) => ({...(card as HTMLElement).dataset, text: card.textContent ?? ""}))
  );
}

/** Drops files on an element. @returns how many places showed that they take them */
export async function drop(page: Page, files: Upload[], target = "[data-testid=drop-zone]") {
  const contents = files.map(({name, mimeType, buffer}) => ({name, mimeType, base64: buffer.toString("base64")}));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const {name, mimeType, base64} of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name, {type: mimeType}));
    }
    return data;
  }, contents);
  await page.dispatchEvent(target, "dragenter", {dataTransfer: transfer});
  await page.dispatchEvent(target, "dragover", {dataTransfer: transfer});
  const highlighted = await page.locator(".upload.dragover").count();
  await page.dispatchEvent(target, "drop", {dataTransfer: transfer});
  return highlighted;
}

/** Saves the table of results in a form. @returns the file's text */
export async function saveAs(page: Page, form: "CSV" | "JSON"): Promise<string> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", {name: `Save as ${form}`}).click();
  const text = readFileSync(await (await saving).path(), "utf8");
  const hasMark = text.startsWith("\ufeff");
  if (hasMark !== (form === "CSV")) throw new Error(`A byte order mark begins ${form} ${hasMark ? "too" : "no more"}.`);
  return text.replace(/^\ufeff/, "");
}

/**
 * The requests that tell something of a picture: all but addresses in memory, the site's icon, which Chromium asks for
 * anew when the address changes, and the site's own scripts, since the thread that reads pictures may still be starting
 * when the network is ready.
 */
export const tellingRequests = (requests: readonly string[]) =>
  requests.filter((url) => !/^blob:|\/assets\/favicon\.|\/_(import|node)\/[^?#]+\.js$/.test(url));

/** A cell of the data set that the shipped ResNet-34 never saw, and the P that it was found to give it. */
export function heldOutCell(): {name: string; p: number} {
  const rows = csvParse(readFileSync("models/resnet34/predictions.csv", "utf8"));
  const {file: name, p_parasitized: p} = rows.find(({fold}) => fold === "0")!;
  return {name: name!, p: Number(p)};
}
