import {readFileSync, readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import {csvParse} from "d3-dsv";
import type {BrowserContextOptions, Page} from "playwright-core";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {isInside, parseRegion} from "../../src/components/explorer/region.js";
import type {Region} from "../../src/components/explorer/region.js";
import {formatCount} from "../../src/components/ui/format.js";
import {summarise} from "../../src/data/loaders/dataset.js";
import {packFeatures, packMap} from "../../src/data/loaders/embedding.js";
import {answers, facts, where} from "../unit/components/explorer/answers.js";
import {rows as manifest} from "../unit/components/explorer/support.js";
import {addressOf, openSite, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";
import {press, tabTo} from "./keyboard.js";

const slow = {timeout: 60_000};
const last = manifest.length - 1;
let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

async function open(query = "", options = {}): Promise<Visit> {
  const visit = await site.open(`/pages/dataset${query}`, options);
  await settle(visit.page, {timeout: 120_000});
  return visit;
}

/** A made-up map on which every cell has a place: the tests of the map must not hang on the state of the training. */
const places = {
  x: Float64Array.from(manifest, (_, i) => Number((-0.9 + (1.8 * (i % 166)) / 165).toFixed(4))),
  y: Float64Array.from(manifest, (_, i) => Number((-0.9 + (1.8 * Math.floor(i / 166)) / 166).toFixed(4)))
};
const features = Array.from({length: 16}, (_, k) =>
  Int8Array.from(manifest, (_, i) => (k === 0 ? i % 100 : k === 1 ? Math.floor(i / 300) : 0))
);
const embedding = {...places, features, folds: [0, 1, 2, 3, 4]};

/** Opens the page with the made-up map, or with none. */
async function openWithMap(
  query = "",
  {map = true, ...options}: {map?: boolean} & BrowserContextOptions = {}
): Promise<Visit> {
  const visit = await site.open("/404", options);
  const fulfil = (bytes: Uint8Array) => ({body: Buffer.from(bytes)});
  await visit.page.route(/\/map\.\w+\.arrow$/, (route) => route.fulfill(fulfil(packMap(map ? embedding : null))));
  await visit.page.route(/\/features\.\w+\.arrow$/, (route) =>
    route.fulfill(fulfil(packFeatures(map ? embedding : null)))
  );
  await visit.page.goto(new URL(`/pages/dataset${query}`, site.url).href);
  await settle(visit.page, {timeout: 120_000});
  return visit;
}

const counter = (page: Page) => page.getByTestId("cell-count");
const expectCount = (page: Page, count: number) =>
  expect
    .poll(() => counter(page).textContent(), slow)
    .toMatch(new RegExp(`^${formatCount(count)} of ${formatCount(manifest.length)} cells`));
const query = async (page: Page) => (await addressOf(page)).searchParams;
const gallery = (page: Page) => page.locator(".explorer-main .gallery-view");
const drawer = (page: Page) => page.getByRole("complementary", {name: "Cells"});

/** The rows of the CSV file that the page saves. */
async function savedRows(page: Page, press = () => page.getByRole("button", {name: /^Save CSV of/}).click()) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return csvParse(readFileSync(await download.path(), "utf8").replace(/^\ufeff/, ""));
}
const savedFiles = async (page: Page) => (await savedRows(page)).map(({file}) => file!);

/** Pixels (RGB) of a cell on its committed sheet. */
function cut(index: number) {
  const {sheet, slot} = manifest[index]!;
  return sharp(`src/data/cells/sheet-${String(sheet).padStart(3, "0")}.webp`)
    .extract({left: (slot % 16) * 50, top: Math.floor(slot / 16) * 50, width: 50, height: 50})
    .removeAlpha();
}

describe("weight", () => {
  const sheets = (visit: Visit) => new Set(visit.requests.filter((url) => url.includes(".webp")));

  test("the first screen takes at most 1.5 MB and one sheet; more come when they are scrolled to", async () => {
    const visit = await open();
    const paths = () => [...sheets(visit)].map((url) => new URL(url).pathname);
    await expect.poll(paths, slow).toEqual(["/data/thumbnails/sample-sheet-000.webp"]);
    const sizes = visit.requests
      .map((url) => new URL(url).pathname)
      .filter((path) => !path.startsWith("/pages/"))
      .map((path) => statSync(join("dist", path)).size);
    const page = statSync("dist/pages/dataset.html").size;
    expect(sizes.reduce((sum, size) => sum + size, page)).toBeLessThanOrEqual(1_500_000);
    await gallery(visit.page).evaluate((view) => (view.scrollTop = view.scrollHeight / 2));
    await expect.poll(() => sheets(visit).size, slow).toBeGreaterThan(1);
    await visit.page.waitForTimeout(1000);
    expect(sheets(visit).size).toBeLessThanOrEqual(4);
    await visit.close();
  });

  test("all thumbnails together take at most 20 MB", () => {
    const folder = "dist/data/thumbnails";
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeGreaterThan(1e6);
    expect(bytes).toBeLessThanOrEqual(20e6);
  });

  test("a screen of disputed cells takes few sheets, since they lie together", async () => {
    const visit = await open("?disputed=yes&sort=disagreement");
    expect(sheets(visit).size).toBeLessThanOrEqual(6);
    await visit.close();
  });
});

test("scrolled to the end, the last cell is drawn from its own pixels, and opens with exactly them", async () => {
  const visit = await open("?true=0&sort=patient", {viewport: {width: 360, height: 740}, deviceScaleFactor: 1});
  const {page} = visit;
  await gallery(page).focus();
  await page.keyboard.press("Control+End");
  const active = page.locator(`#${await gallery(page).getAttribute("aria-activedescendant")}`);
  expect(await active.textContent()).toContain(
    `Cell ${formatCount(last + 1)} of ${formatCount(last + 1)}: ${manifest[last]!.label}`
  );
  const drawn = () =>
    gallery(page).evaluate((view) => {
      const canvas = view.querySelector("canvas")!;
      const option = view.querySelector<HTMLElement>(".gallery-option")!;
      const {m41, m42} = new DOMMatrix(getComputedStyle(option).transform);
      const pitch = option.offsetWidth;
      const side = pitch - 11;
      const left = Math.round(m41 + (pitch - side) / 2);
      const top = Math.round(m42 - view.scrollTop + 4);
      const {data} = canvas.getContext("2d")!.getImageData(left, top, side, side);
      return {side, pixels: [...data].filter((_, i) => i % 4 !== 3)};
    });
  const differenceTo = async (index: number) => {
    const {side, pixels} = await drawn();
    const truth = await cut(index).resize(side, side, {fit: "fill"}).raw().toBuffer();
    return pixels.reduce((sum, value, i) => sum + Math.abs(value - truth[i]!), 0) / pixels.length;
  };
  await expect.poll(() => differenceTo(last), slow).toBeLessThan(10);
  expect(await differenceTo(last - 7)).toBeGreaterThan(10);

  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const detail = page.getByTestId("cell-detail");
  expect(await detail.textContent()).toContain(manifest[last]!.file);
  const truth = [...(await cut(last).raw().toBuffer())];
  for (const canvas of [".cell-enlarged", ".cell-packed"]) {
    const shown = () =>
      detail.locator(canvas).evaluate((node) => {
        const {data} = (node as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, 50, 50);
        return [...data].filter((_, i) => i % 4 !== 3);
      });
    await expect.poll(shown, slow).toEqual(truth);
  }
  expect((await query(page)).get("cell")).toBe(manifest[last]!.file);
  await page.keyboard.press("Escape");
  expect(await detail.count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("gallery-view");
  await visit.close();
});

test("a hue brushed with the mouse counts what arquero counts, moves, and ends with a click", async () => {
  const visit = await open();
  const {page} = visit;
  const chart = page.locator("svg[data-axis=Hue]");
  await chart.scrollIntoViewIfNeeded();
  const drag = async (from: number, to: number) => {
    const {x, y, width, height} = (await chart.boundingBox())!;
    await page.mouse.move(x + from * width, y + height / 3);
    await page.mouse.down();
    await page.mouse.move(x + ((from + to) / 2) * width, y + height / 3);
    await page.mouse.move(x + to * width, y + height / 3);
    await page.mouse.up();
  };
  const expected = async () => {
    const [low, high] = (await query(page)).get("hue")!.split("..").map(Number) as [number, number];
    return where(({hue}) => {
      const signed = hue > 180 ? hue - 360 : hue;
      return signed >= low && signed < high;
    }).length;
  };
  await drag(0.4, 0.6);
  await expect.poll(async () => (await query(page)).get("hue"), slow).toMatch(/^-6\d\.\.-2\d$/);
  const first = await expected();
  expect(first).toBeGreaterThan(100);
  await expectCount(page, first);
  await drag(0.5, 0.7);
  await expect.poll(async () => (await query(page)).get("hue"), slow).toMatch(/^-2\d\.\.1\d$/);
  expect(await expected()).not.toBe(first);
  await expectCount(page, await expected());
  const {x, y, width, height} = (await chart.boundingBox())!;
  await page.mouse.click(x + 0.1 * width, y + height / 3);
  await expectCount(page, manifest.length);
  expect(await drawer(page).count()).toBe(0);
  await page.goBack();
  await expectCount(page, await expected());
  await visit.close();
});

test("a line drawn on the map puts exactly its cells into the gallery, and Back takes them out", async () => {
  const visit = await openWithMap("?sort=patient");
  const {page} = visit;
  const map = page.locator(".map-canvas");
  await page.locator(".map-place").scrollIntoViewIfNeeded();
  await map.waitFor();
  await map.scrollIntoViewIfNeeded();
  const {x, y, width} = (await map.boundingBox())!;
  const at = (across: number, down: number) => page.mouse.move(x + across * width, y + down * width);
  await at(0.3, 0.2);
  await page.mouse.down();
  for (const [across, down] of [
    [0.5, 0.15],
    [0.6, 0.3],
    [0.55, 0.4],
    [0.4, 0.45],
    [0.3, 0.35],
    [0.25, 0.25]
  ]) {
    await at(across!, down!);
  }
  await page.mouse.up();
  await expect.poll(async () => (await query(page)).get("region"), slow).toBeTruthy();
  const region = parseRegion((await query(page)).get("region")!) as Region;
  expect(region.kind).toBe("polygon");
  const inside = manifest.filter((_, i) => isInside(region, places.x[i]!, places.y[i]!)).map(({file}) => file);
  expect(inside.length).toBeGreaterThan(500);
  await expectCount(page, inside.length);
  expect(await savedFiles(page)).toEqual(inside);
  await gallery(page).focus();
  await page.keyboard.press("Enter");
  expect(await page.getByTestId("cell-detail").textContent()).toContain(inside[0]);
  await page.reload();
  await settle(page, {timeout: 120_000});
  await expectCount(page, inside.length);
  await page.goto(new URL("/pages/dataset?region=0.5,0.5,0.1", site.url).href);
  const circle = parseRegion("0.5,0.5,0.1") as Region;
  await expectCount(page, manifest.filter((_, i) => isInside(circle, places.x[i]!, places.y[i]!)).length);
  await visit.close();
});

/**
 * What of the page can be clicked, where it is, the cells that a click leaves, and what marks it from then on; `across` and
 * `down` are shares of it.
 */
const items: [
  name: string,
  selector: string,
  at: [across: number, down: number],
  holds: (row: (typeof manifest)[number]) => boolean,
  mark: string
][] = [
  [
    "a count of the labels",
    ".kinds tbody tr:nth-child(2) td:nth-child(3) button",
    [0.5, 0.5],
    ({label, disputed}) => label === "uninfected" && disputed,
    ".kinds tbody tr:nth-child(2) td:nth-child(3) [aria-pressed=true]"
  ],
  // The 24th of 37 bars from .38 on.
  [
    "a bar of a histogram",
    "svg[data-axis=Brightness]",
    [23.5 / 37, 0.3],
    ({brightness}) => brightness >= 0.61 && brightness < 0.62,
    "svg[data-axis=Brightness] .brush[visibility=visible]"
  ],
  ["a bar of a patient", ".strip-box", [0.5 / 200, 0.5], ({patient}) => patient === "C68", ".strip-chosen[d^=M]"]
];

test.each(items)("%s opens the drawer in the window with exactly its cells, and stays marked", async (...item) => {
  const [, selector, [across, down], holds, mark] = item;
  const visit = await open();
  const {page} = visit;
  expect(await page.locator(mark).count()).toBe(0);
  const part = page.locator(selector).first();
  const {width, height} = (await part.boundingBox())!;
  const position = {x: across * width, y: down * height};
  // To point at it may scroll the window; the click itself must not.
  await part.hover({position});
  const {y} = (await part.boundingBox())!;
  await part.click({position});
  await drawer(page).waitFor(slow);
  const box = (await drawer(page).boundingBox())!;
  const window = page.viewportSize()!;
  expect(box.x + box.width).toBeLessThanOrEqual(window.width);
  expect(box.y + box.height).toBeLessThanOrEqual(window.height);
  expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
  // What was clicked has not moved up or down.
  expect(Math.abs((await part.boundingBox())!.y - y)).toBeLessThanOrEqual(1);
  const left = manifest.filter(holds);
  expect(left.length).toBeGreaterThan(0);
  expect(await page.getByTestId("found").textContent()).toContain(`${formatCount(left.length)} of`);
  const rows = await savedRows(page);
  expect(rows.map(({file}) => file!).sort()).toEqual(left.map(({file}) => file).sort());
  const wrong = rows
    .map(({file, label, p_parasitized: p}) => ({file, by: label === "parasitized" ? 1 - Number(p) : Number(p)}))
    .sort((a, b) => b.by - a.by);
  await drawer(page).getByRole("listbox").focus();
  await page.keyboard.press("Enter");
  const opened = drawer(page).getByTestId("cell-detail");
  const file = async () => manifest[Number(await opened.getAttribute("data-cell"))]!.file;
  await expect.poll(file, slow).toBe(wrong[0]!.file);
  await opened.locator("h3").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(file, slow).toBe(wrong[1]!.file);
  await drawer(page).getByRole("button", {name: "Close the cells"}).click();
  await expect.poll(() => drawer(page).count(), slow).toBe(0);
  // The filter holds, what was clicked stays marked, and the opened cell lies beside the gallery again.
  const marked = (await page.locator(mark).first().boundingBox())!;
  const clicked = (await part.boundingBox())!;
  expect(marked.x).toBeLessThanOrEqual(clicked.x + across * clicked.width + 1);
  expect(marked.x + marked.width).toBeGreaterThanOrEqual(clicked.x + across * clicked.width - 1);
  await expectCount(page, left.length);
  expect(await page.locator(".explorer-side").getByTestId("cell-detail").count()).toBe(1);
  await visit.close();
});

test("a line around cells on the map opens them in the drawer, and the titles are the counts' own findings", async () => {
  const visit = await openWithMap("");
  const {page} = visit;
  await page.locator(".map-place").scrollIntoViewIfNeeded();
  const map = page.locator(".map-canvas");
  await map.waitFor();
  await map.focus();
  await page.keyboard.press("Enter");
  await drawer(page).waitFor(slow);
  const region = parseRegion((await query(page)).get("region")!) as Region;
  const inside = manifest.filter((_, i) => isInside(region, places.x[i]!, places.y[i]!));
  expect(await page.getByTestId("found").textContent()).toContain(`${formatCount(inside.length)} of`);
  const share = (label: string) => {
    const own = inside.filter((row) => row.label === label);
    return `${((100 * own.filter(({disputed}) => disputed).length) / own.length).toFixed(1)}\u00a0%`;
  };
  const finding = page.getByRole("region", {name: "Labels"}).locator(".figure-finding");
  expect(await finding.textContent()).toBe(
    `${share("parasitized")} of the parasitized labels and ${share("uninfected")} of the uninfected labels are disputed`
  );
  await visit.close();
});

describe("a question of the page", () => {
  let asked: Visit;
  let linked: Visit;
  beforeAll(async () => {
    [asked, linked] = [await open(), await open()];
  });
  afterAll(async () => {
    await asked.close();
    await linked.close();
  });

  test.each(Object.keys(answers))("%s", async (title) => {
    const {page} = asked;
    await page.getByRole("link", {name: title}).click();
    const expected = where(answers[title]!);
    expect(expected.length).toBeGreaterThan(0);
    await expectCount(page, expected.length);
    expect((await savedFiles(page)).sort()).toEqual([...expected].sort());
    const {href: address} = await addressOf(page);
    await page.goBack();
    await expectCount(page, manifest.length);
    await linked.page.goto(address);
    await settle(linked.page, {timeout: 120_000});
    await expectCount(linked.page, expected.length);
  });
});

test("the whole page works by keyboard alone, 360 pixels wide", async () => {
  const visit = await openWithMap("", {viewport: {width: 360, height: 740}});
  const {page} = visit;
  await tabTo(page, ".questions a");
  await press(page, "Enter");
  await expectCount(page, where(({disputed, label}) => disputed && label === "parasitized").length);
  await tabTo(page, ".chips button:last-child");
  await press(page, "Enter");
  await expectCount(page, manifest.length);

  await tabTo(page, ".gallery-view");
  await press(page, "ArrowRight", " ", "ArrowDown", " ");
  expect(await counter(page).textContent()).toContain(", 2 picked");
  await press(page, "Enter");
  await page.getByTestId("cell-detail").waitFor();
  await expect.poll(() => page.locator(".neighbours li").count(), slow).toBe(12);
  await press(page, "Escape");

  await tabTo(page, ".kinds tbody tr:nth-child(2) td:nth-child(3) button");
  await press(page, "Enter");
  const disputed = (label: string) => where((row) => row.label === label && row.disputed).length;
  await expectCount(page, disputed("uninfected"));
  await press(page, "Enter");
  await expectCount(page, manifest.length);

  await tabTo(page, 'input[aria-label="Brightness to below"]');
  await page.keyboard.type("0.5");
  await press(page, "Enter");
  const dark = where(({brightness}) => brightness < 0.5);
  await expectCount(page, dark.length);

  await tabTo(page, ".strip-box");
  await press(page, "End", "Home", "Enter");
  const name = (await query(page)).get("patient")!;
  await expectCount(page, where((row) => row.patient === name && row.brightness < 0.5).length);
  await press(page, "Escape");
  await expectCount(page, dark.length);

  await tabTo(page, ".map-canvas");
  await press(page, "Enter", "ArrowRight", "ArrowUp", "+", "+");
  await expect.poll(async () => (await query(page)).get("region"), slow).toBeTruthy();
  const region = parseRegion((await query(page)).get("region")!) as Region;
  const inside = new Set(manifest.filter((_, i) => isInside(region, places.x[i]!, places.y[i]!)).map(({file}) => file));
  await expectCount(page, dark.filter((file) => inside.has(file)).length);
  await press(page, "Escape");
  await expectCount(page, dark.length);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await visit.close();
});

test.each([1280, 360])("%i pixels wide, no view lies over another, wherever the page is scrolled", async (width) => {
  const visit = await openWithMap("", {viewport: {width, height: 740}});
  const views = visit.page.locator(".gallery-view, .explorer-views svg, .strip-box, .map-canvas");
  await visit.page.locator(".map-place").scrollIntoViewIfNeeded();
  await visit.page.locator(".map-canvas").waitFor(slow);
  expect(await views.count()).toBeGreaterThan(6);
  const covered = await views.evaluateAll((all) =>
    all.flatMap((view) => {
      view.scrollIntoView({block: "center"});
      const {left, top, width, height} = view.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return view.contains(found) || found?.contains(view) ? [] : [`${view.className} by ${found?.className}`];
    })
  );
  expect(covered).toEqual([]);
  await visit.close();
});

test("filters count, live in the address, and Back undoes them", async () => {
  const visit = await open();
  const {page} = visit;
  const field = page.getByRole("spinbutton", {name: "Black frame from"});
  await field.fill("0.4");
  await field.press("Enter");
  const framed = where(({frame}) => frame >= 0.4);
  await expectCount(page, framed.length);
  await page.getByRole("button", {name: /parasitized, second reading agrees$/}).click();
  const both = where(({frame, label, disputed}) => frame >= 0.4 && label === "parasitized" && !disputed);
  await expectCount(page, both.length);
  expect((await addressOf(page)).search).toBe("?frame=0.4..&label=parasitized&disputed=no");
  await page.reload();
  await settle(page, {timeout: 120_000});
  await expectCount(page, both.length);
  await page.goBack();
  await expectCount(page, framed.length);
  await page.getByRole("button", {name: /^End filter: black frame/}).click();
  await expectCount(page, manifest.length);
  await visit.close();
});

test("the saved rows are those of the gallery, in its order, with both networks' scores, thresholds and hashes", async () => {
  const visit = await open("?patient=C47,C1&sort=name&reverse=1");
  const {page} = visit;
  const press = () => page.getByRole("button", {name: /^Save CSV of/}).click();
  const saved = page.waitForEvent("download").then((download) => download.suggestedFilename());
  const rows = await savedRows(page, press);
  expect(await saved).toBe("dataset-c47-c1.csv");
  const expected = manifest
    .filter(({patient}) => patient === "C47" || patient === "C1")
    .sort((a, b) => (a.file < b.file ? 1 : -1));
  expect(rows.map(({file}) => file)).toEqual(expected.map(({file}) => file));
  rows.forEach((row, i) => {
    const {label, hue, fold, disputed} = expected[i]!;
    expect([row.label, Number(row.hue), Number(row.fold)]).toEqual([label, hue, fold]);
    expect(row.second_reading === row.label).toBe(!disputed);
    expect(row.p_parasitized === "").toBe(!facts.thresholds.some((point) => point.fold === fold));
    expect(Number(row["resnet34: threshold"])).toBe(facts.thresholds.find((point) => point.fold === fold)!.threshold);
    expect(Number(row["resnet34: score"])).toBeCloseTo(Number(row.p_parasitized), 3);
    expect(Number(row["student: score"])).toBeGreaterThan(0);
    for (const name of ["resnet34", "student"])
      expect(row[`${name}: sha256 of metadata.json`]).toMatch(/^[0-9a-f]{64}$/);
  });
  await visit.close();
});

test("a click opens the cell that lies there, with links to classify and augment it, and the cells alike", async () => {
  const visit = await openWithMap("?patient=C47&sort=patient");
  const {page} = visit;
  const cells = manifest.flatMap((row, index) => (row.patient === "C47" ? [index] : []));
  await gallery(page).click({position: {x: 20, y: 20}});
  const detail = page.getByTestId("cell-detail");
  expect(await detail.getAttribute("data-cell")).toBe(String(cells[0]));
  const {file} = manifest[cells[0]!]!;
  expect(await detail.getByRole("link", {name: "Classify"}).getAttribute("href")).toBe(`./classify?cell=${file}`);
  const near = page.locator(".neighbours button").first();
  await near.click();
  await expect.poll(() => detail.getAttribute("data-cell"), slow).not.toBe(String(cells[0]));
  await page.goBack();
  await expect.poll(() => detail.getAttribute("data-cell"), slow).toBe(String(cells[0]));
  await detail.getByRole("link", {name: "Augment"}).click();
  await page.waitForURL(`**/augmentation?cell=${file}`);
  await expect.poll(() => page.getByTestId("cell-about").textContent(), slow).toContain(file);
  await visit.close();
});

test("a link to a cell by its file name opens it, whatever the filters", async () => {
  const {file} = manifest[12_345]!;
  const visit = await open(`?cell=${file}&disputed=yes`);
  const detail = visit.page.getByTestId("cell-detail");
  expect(await detail.getAttribute("data-cell")).toBe("12345");
  expect(await detail.textContent()).toContain("Score of the network");
  await visit.close();
});

test("while the map is not made, the page says so and all else works", async () => {
  const visit = await openWithMap("?region=0,0,0.5&disputed=yes", {map: false});
  const {page} = visit;
  await expectCount(page, where(({disputed}) => disputed).length);
  await expect.poll(() => counter(page).textContent(), slow).toContain("the map is not made yet");
  expect(await page.locator(".map-place").textContent()).toContain("The map is not made yet");
  await gallery(page).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByTestId("neighbours").textContent(), slow).toContain("Not known yet");
  await visit.close();
});

test("the counts are the manifest's", async () => {
  const visit = await open();
  const {photographs, perPatient} = summarise(manifest);
  expect(await visit.page.locator(".lead").textContent()).toContain(`${formatCount(photographs)} photographs`);
  expect(await visit.page.locator("main details tbody tr").count()).toBe(perPatient.length);
  await visit.close();
});

test("nonsense in the address is named, and everything is shown", async () => {
  const visit = await open("?label=cat&cell=99999&hue=9..2");
  const notice = visit.page.locator(".cell-explorer .notice").first();
  expect(await notice.textContent()).toContain("label=cat, but it must be one of any, parasitized, uninfected");
  expect(await notice.textContent()).toContain("cell=99999");
  expect(await notice.textContent()).toContain("hue=9..2, but it must be a range");
  await expectCount(visit.page, manifest.length);
  await visit.close();
});

test("cells of a sheet that fails are shown by name, the rest works, and it can be tried again", async () => {
  const page = await site.browser.newPage();
  let broken = true;
  await page.route("**/thumbnails/sheet-000.webp", (route) =>
    broken ? route.fulfill({status: 503}) : route.continue()
  );
  await page.goto(new URL("/pages/dataset?sort=patient", site.url).href);
  const trouble = page.locator(".gallery-trouble");
  await expect.poll(() => trouble.textContent(), slow).toContain("sheet-000 did not load");
  const ink = () =>
    page.locator(".gallery-view canvas").evaluate((node) => {
      const {width, height} = node as HTMLCanvasElement;
      const {data} = (node as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return data.reduce((sum, value, i) => sum + (i % 4 === 3 ? value : 0), 0) / (255 * width * height);
    });
  const named = await ink();
  await gallery(page).focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("cell-detail").waitFor();
  broken = false;
  await trouble.getByRole("button", {name: "Try again"}).click();
  await expect.poll(ink, slow).toBeGreaterThan(2 * named);
  expect(await trouble.textContent()).toBe("");
  await page.close();
});
