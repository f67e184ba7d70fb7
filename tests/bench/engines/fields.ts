import {once} from "node:events";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import type {Page} from "playwright-core";
import sharp from "sharp";
import {openSite} from "../../browser/harness.js";
import {laidField} from "../../fixtures/laid-field.js";
import {startPython} from "./python.js";
import {median} from "./server.js";
import {memoryOf} from "./site.js";

/** What was measured of whole fields: on the built Smear page, and with OpenCV and PyTorch. */
export interface FieldFigures {
  /** Of each field, in pixels, and how many cells were laid on it. */
  width: number;
  height: number;
  cells: number;
  /** How many cells were found in the first field. */
  found: number;
  /** From the choice of a file, in ms: until all cells are outlined, judged by the student, and by ResNet-34. Medians. */
  outlined: number;
  student: number;
  resnet34: number;
  /** Each of `fields` more that were chosen at once, in ms. */
  further: number;
  fields: number;
  /** Resident memory of the page's process, in bytes: with one field, with all of them, and once they were cleared. */
  memory: {one: number; all: number; cleared: number};
  /** Longest task of the page itself, in ms, from the first choice to the last answer. */
  longest: number;
  /** OpenCV's watershed and PyTorch on the same fields; a sentence where they are not here. */
  other: {found: number; outlined: number; judged: number; version: string} | string;
}

const [WIDTH, HEIGHT, CELLS, SHARE] = [1600, 1200, 216, 0.5];
/** Fields that are measured one by one. */
const SINGLE = 3;
const patient = {timeout: 1_800_000};

/** Counts fields on the built page in Chromium without a graphics card, and beside it. @param fields how many at once */
export async function measureFields(fields: number): Promise<FieldFigures> {
  const laid = {width: WIDTH, height: HEIGHT, share: SHARE, apart: true};
  const single = await Promise.all(Array.from({length: SINGLE}, (_, seed) => laidField(CELLS, {...laid, seed})));
  const site = await openSite({webgl: false, isolated: true});
  const folder = mkdtempSync(join(tmpdir(), "fields-"));
  try {
    const context = await site.browser.newContext({serviceWorkers: "block", viewport: {width: 1440, height: 900}});
    const page = await context.newPage();
    await page.addInitScript(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, {tasks});
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe({
        type: "longtask"
      });
    });
    await page.goto(new URL("/pages/smear", site.url).href);
    for (const name of ["finder-status", "student-status", "model-status"]) {
      await page.locator(`[data-testid=${name}][data-state=ready]`).waitFor(patient);
    }
    // The first field also has shaders compiled and code optimised.
    await count(page, folder, [single[0]!]);
    const found = Number(await page.locator(".numbers").getAttribute("data-cells"));
    await page.evaluate(() => (globalThis as unknown as {tasks: number[]}).tasks.splice(0));
    const times = [];
    for (const field of single) {
      await page.getByRole("button", {name: "Clear this smear"}).click();
      times.push(await count(page, folder, [field]));
    }
    const one = await memoryOf(site.browser);
    await page.getByRole("button", {name: "Clear this smear"}).click();
    const further = await count(page, folder, await variants(single, fields));
    const all = await memoryOf(site.browser);
    const longest = await page.evaluate(() => Math.max(0, ...(globalThis as unknown as {tasks: number[]}).tasks));
    await page.getByRole("button", {name: "Clear this smear"}).click();
    const session = await context.newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(5000);
    const cleared = await memoryOf(site.browser);
    return {
      width: WIDTH,
      height: HEIGHT,
      cells: CELLS,
      found,
      fields,
      longest,
      outlined: median(times.map(({outlined}) => outlined)),
      student: median(times.map(({student}) => student)),
      resnet34: median(times.map(({resnet34}) => resnet34)),
      further: further.resnet34 / fields,
      memory: {one, all, cleared},
      other: await measureOther(single).catch((error: Error) => error.message)
    };
  } finally {
    await site.close();
    rmSync(folder, {recursive: true});
  }
}

/** As many pictures, each another file, made of a few by shifting them. */
function variants(single: readonly Uint8Array[], count: number): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({length: count}, (_, n) =>
      sharp(single[n % single.length])
        .extract({left: 1 + (n % 8), top: 1 + Math.floor(n / 8), width: WIDTH - 24, height: HEIGHT - 24})
        .jpeg({quality: 92})
        .toBuffer()
    )
  );
}

/** Chooses fields, and waits for all their answers. @returns ms from the page's hearing of the choice */
async function count(page: Page, folder: string, files: readonly Uint8Array[]) {
  await page.evaluate((fields) => {
    const noted: {chosen?: number; outlined?: number; student?: number; resnet34?: number} = {};
    Object.assign(globalThis, {noted});
    document.addEventListener("change", () => (noted.chosen ??= performance.now()), {capture: true, once: true});
    const canvas = document.querySelector<HTMLElement>(".field-canvas")!;
    const waits = document.querySelector("[data-testid=count]")!;
    const look = new MutationObserver(() => {
      if (noted.chosen === undefined) return;
      const {cells} = document.querySelector<HTMLElement>(".numbers")!.dataset;
      if (Number(cells) > 0 && Number(canvas.dataset.cells) > 0) {
        noted.outlined ??= performance.now();
        if (!waits.textContent.includes("still")) noted.student ??= performance.now();
      }
      const isThere = document.querySelectorAll(".fields li").length === fields;
      if (noted.outlined !== undefined && isThere && !document.querySelector(".pending li")) {
        noted.resnet34 = performance.now();
        look.disconnect();
      }
    });
    look.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  }, files.length);
  // From the disk, as a person does: contents that are handed over would be decoded by the page itself, in one long task.
  const own = mkdtempSync(join(folder, "chosen-"));
  const paths = files.map((content, n) => {
    const path = join(own, `field-${n}.jpg`);
    writeFileSync(path, content);
    return path;
  });
  await page.getByLabel("Choose pictures of fields of a smear").setInputFiles(paths);
  const noted = await page.waitForFunction(
    () => {
      const {noted} = globalThis as unknown as {noted: Record<"chosen" | "outlined" | "student" | "resnet34", number>};
      return noted.resnet34 !== undefined && noted;
    },
    null,
    {...patient, polling: 500}
  );
  const {chosen, ...rest} = (await noted.jsonValue()) as Record<"chosen" | "outlined" | "student" | "resnet34", number>;
  return {outlined: rest.outlined - chosen, student: rest.student - chosen, resnet34: rest.resnet34 - chosen};
}

/** The same fields, by Debian's OpenCV and PyTorch. @throws Error where they are not installed */
async function measureOther(files: readonly Uint8Array[]): Promise<Exclude<FieldFigures["other"], string>> {
  const python = startPython("fields.py", ["models/resnet34"], ["pipe", "pipe", "inherit"]);
  const lines = createInterface({input: python.stdout!})[Symbol.asyncIterator]();
  const read = async <T>() => {
    const {value, done} = await lines.next();
    if (done) throw new Error("Debian's python3-opencv and python3-torch are not installed.");
    return JSON.parse(value as string) as T;
  };
  const {version} = await read<{version: string}>();
  const answers: {found: number; outlined: number; judged: number}[] = [];
  for (const content of [files[0]!, ...files]) {
    python.stdin!.write(`${Buffer.from(content).toString("base64")}\n`);
    answers.push(await read());
  }
  python.kill();
  await once(python, "exit");
  // The first is not counted: it loads what PyTorch loads late.
  const [{found}, ...timed] = answers as [(typeof answers)[0], ...typeof answers];
  return {
    found,
    version,
    outlined: median(timed.map(({outlined}) => outlined)),
    judged: median(timed.map(({judged}) => judged))
  };
}
