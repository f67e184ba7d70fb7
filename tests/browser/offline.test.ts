import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {BrowserContext, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {planOffline, writeWorker} from "../../src/build/offline.js";
import {CELL} from "../fixtures/pictures.js";
import {openSite, settle} from "./harness.js";
import type {Site} from "./harness.js";
import {mount} from "./mount.js";
import type {Mount} from "./mount.js";

// On a plain host, under a path of its own, with the service worker at work.
const patient = {timeout: 90_000, interval: 250};
/** A parasitized cell on grey: the finder has to find it. */
const ON_GROUND = "tests/fixtures/cases/ground/grey205.png";
let site: Site;
let host: Mount;
let context: BrowserContext;
let faults: string[];

beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());
beforeEach(async () => {
  host = await mount("dist");
  context = await site.browser.newContext({serviceWorkers: "allow"});
  faults = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  context.on("console", (message) => message.type() === "error" && faults.push(message.text()));
});
afterEach(async () => {
  await context.close();
  await host.close();
});

/** Opens a page and waits until the service worker has everything that a first visit brings. */
async function visit(path: string, page?: Page): Promise<Page> {
  page ??= await context.newPage();
  await page.goto(new URL(path, host.url).href);
  await settle(page);
  await page.waitForSelector("html[data-offline=ready]", {timeout: patient.timeout});
  return page;
}

async function cut(): Promise<void> {
  await context.setOffline(true);
  host.forget();
}

/** What was asked of the host, but for the browser's own question whether there is a new service worker. */
const requests = () => host.asked.filter((path) => path !== "service-worker.js");

/** The paths that the worker keeps of what was used, without their hashes. */
const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.startsWith("kept-"));
    const requests = name ? await (await caches.open(name)).keys() : [];
    return requests.map(({url}) => new URL(url).pathname.split("/students/malaria/")[1]!).sort();
  });

test("after one visit to the start page every page opens without a network, in a path of its own", async () => {
  const page = await visit("");
  expect(host.asked.filter((path) => /^(models|data)\/|\.wasm$|tensorflow/.test(path))).toEqual([]);
  await cut();
  for (const path of ["", ...config.pages.map(({path}) => path.slice(1))]) {
    await page.goto(new URL(path, host.url).href);
    await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
    expect(await page.locator("h1").count(), path).toBe(1);
    expect(await page.locator(".observablehq--error").count(), path).toBe(0);
    if (path === "pages/training") await page.locator("figure svg").first().waitFor(patient);
  }
  await page.goto(new URL("no/such/page", host.url).href);
  expect(await page.locator("h1").textContent()).toContain("Page not found");
  expect(requests()).toEqual([]);
});

test("a sheet that was seen is there without a network, one that was not says so", async () => {
  const page = await visit("pages/dataset?cell=C1_thinF_IMG_20150604_104722_cell_9.png");
  await expect.poll(() => keptPaths(page), patient).toContain("data/cells/sheet-000.webp");
  await cut();
  await page.reload();
  await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
  const fetched = (name: string) =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          (answer) => answer.status,
          () => "no network"
        ),
      `../data/cells/${name}`
    );
  expect(await fetched("sheet-000.webp")).toBe(200);
  expect(await fetched("sheet-099.webp")).toBe("no network");
});

test("once the classifier has loaded, it works without a network, and asks for nothing with one", async () => {
  const page = await visit("pages/classify?backend=wasm");
  const ready = page.locator("[data-testid=model-status][data-state=ready]");
  await ready.waitFor(patient);
  const files = JSON.parse(readFileSync("models/resnet34/metadata.json", "utf8")).files as {path: string}[];
  const wanted = ["metadata.json", ...files.map(({path}) => path)].map((file) => `models/resnet34/${file}`);
  await expect.poll(() => keptPaths(page), patient).toEqual(expect.arrayContaining(wanted));
  // Both networks, the kernels that computed them, and the finder with TensorFlow.js, though no picture has asked for it yet.
  await expect
    .poll(async () => (await keptPaths(page)).filter((path) => path.endsWith(".wasm")).length, patient)
    .toBe(4);
  const kept = await keptPaths(page);
  expect(kept).toEqual(expect.arrayContaining(["models/student/metadata.json", "models/finder/weights-1-of-1.bin"]));

  const answer = async (count: number, file = CELL) => {
    await page.getByLabel("Pictures of single cells").setInputFiles(file);
    await page
      .getByTestId("prediction")
      .nth(count - 1)
      .waitFor(patient);
    return page.getByTestId("prediction").first().getAttribute("data-p");
  };
  host.forget();
  const online = await answer(1);
  expect(requests()).toEqual([]);

  // A part of a file, as a download that goes on where it was cut asks for, is answered from the kept whole.
  const part = await page.evaluate(async () => {
    const response = await fetch("../models/resnet34/model.json", {headers: {Range: "bytes=10-19"}});
    return {status: response.status, text: await response.text()};
  });
  const whole = readFileSync("models/resnet34/model.json", "utf8");
  expect(part).toEqual({status: 206, text: whole.slice(10, 20)});
  expect(requests()).toEqual([]);

  await cut();
  await page.reload();
  await ready.waitFor(patient);
  expect(await answer(1)).toBe(online);
  expect(Number(await answer(2, ON_GROUND))).toBeGreaterThan(0.9);
  expect(requests()).toEqual([]);
  expect(faults).toEqual([]);
});

test("the student alone is kept, without ResNet-34, and works without a network", async () => {
  const page = await visit("pages/classify?network=student");
  const ready = page.locator("[data-testid=student-status][data-state=ready]");
  await ready.waitFor(patient);
  const {files} = JSON.parse(readFileSync("models/student/metadata.json", "utf8")) as {files: {path: string}[]};
  const wanted = ["metadata.json", ...files.map(({path}) => path)].map((file) => `models/student/${file}`);
  await expect.poll(() => keptPaths(page), patient).toEqual(expect.arrayContaining(wanted));
  await expect
    .poll(async () => (await keptPaths(page)).filter((path) => path.endsWith(".wasm")).length, patient)
    .toBe(2);
  expect((await keptPaths(page)).filter((path) => /resnet34|tensorflow/.test(path))).toEqual([]);
  await cut();
  await page.reload();
  await ready.waitFor(patient);
  await page.getByLabel("Pictures of single cells").setInputFiles(CELL);
  await page.getByTestId("prediction").waitFor(patient);
  expect(requests()).toEqual([]);
  expect(faults).toEqual([]);
});

test("a part of a file that is not kept comes from the server", async () => {
  const page = await visit("");
  await page.reload();
  const status = await page.evaluate(async () => {
    const response = await fetch("./models/resnet34/model.json", {headers: {Range: "bytes=10-19"}});
    return [response.status, (await response.text()).length];
  });
  expect(status).toEqual([206, 10]);
  expect(await keptPaths(page)).not.toContain("models/resnet34/model.json");
});

test("a new version waits until the visitor takes it, then the old one is gone", async () => {
  const renewed = mkdtempSync(join(tmpdir(), "malaria-renewed-"));
  try {
    cpSync("dist", renewed, {recursive: true});
    const start = join(renewed, "index.html");
    writeFileSync(start, readFileSync(start, "utf8").replace("Around the site", "Around the renewed site"));
    const page = await visit("");
    const shell = () =>
      page.evaluate(async () => {
        const name = (await caches.keys()).find((key) => key.includes("precache"))!;
        return (await (await caches.open(name)).keys())
          .map(({url}) => url)
          .filter((url) => url.includes("/index.html"));
      });
    const before = await shell();
    await writeWorker(renewed, await planOffline(renewed, "renewed"));
    host.replace(renewed);
    await page.reload();
    const notice = page.getByRole("status").filter({hasText: "A new version of this site is ready."});
    await notice.waitFor(patient);
    expect(await page.getByRole("heading", {name: "Around the site"}).count()).toBe(1);
    await notice.getByRole("button", {name: "Later"}).click();
    expect(await notice.count()).toBe(0);
    await page.reload();
    await notice.getByRole("button", {name: "Reload"}).click();
    await page.getByRole("heading", {name: "Around the renewed site"}).waitFor(patient);
    const after = await shell();
    expect([before.length, after.length]).toEqual([1, 1]);
    expect(after).not.toEqual(before);
  } finally {
    rmSync(renewed, {recursive: true, force: true});
  }
});
