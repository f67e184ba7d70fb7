import {existsSync, readFileSync, readdirSync, statSync} from "node:fs";
import {dirname, join, normalize} from "node:path";
import {gzipSync} from "node:zlib";
import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import config from "../../observablehq.config.js";

// Bytes of JavaScript that a page loads before anything is done on it, its workers' too, each file gzipped: a little more
// than it has. Training and evaluation must stay below 200 kB.
const budgets: Record<string, number> = {
  index: 21_000,
  "404": 20_000,
  "pages/dataset": 55_000,
  "pages/augmentation": 155_000,
  "pages/training": 140_000,
  "pages/evaluation": 175_000,
  "pages/classify": 65_000,
  "pages/smear": 65_000,
  "pages/model-card": 130_000,
  "pages/data-card": 21_000
};
const pages = ["index", "404", ...config.pages.map(({path}) => path.slice(1))];

/** Files of the site that a page loads by itself: scripts, preloads, what its cells import, and what these import. */
function loadedScripts(page: string): string[] {
  const html = readFileSync(join(config.output, `${page}.html`), "utf8");
  const {document} = new JSDOM(html).window;
  const folder = document.querySelector("base") ? "." : dirname(page);
  const named = [...document.querySelectorAll("script[src], link[rel=modulepreload]")].map(
    (node) => node.getAttribute("src") ?? node.getAttribute("href")!
  );
  const inline = [...document.querySelectorAll("script:not([src])")].flatMap(({textContent}) => [
    ...importsOf(textContent!),
    ...[...textContent!.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, name]) => name!)
  ]);
  const queue = [...named, ...inline].map((name) => normalize(join(folder, name)));
  const found = new Set<string>();
  for (const file of queue) {
    if (found.has(file)) continue;
    found.add(file);
    const source = readFileSync(join(config.output, file), "utf8");
    for (const name of importsOf(source)) queue.push(normalize(join(dirname(file), name)));
  }
  return [...found];
}

/** What a module imports statically from the site, as it stands there. */
function importsOf(source: string): string[] {
  const statement = /(?:^|[;}\n])\s*(?:import|export)\b(?:[\w\s$*,{}]*?\bfrom)?\s*"(\.[^"]+)"/g;
  return [...source.matchAll(statement)].map(([, name]) => name!);
}

/** Most files of JavaScript that a page loads: each is a request. */
const MOST_FILES = 30;

test("every page has a budget", () => {
  expect(Object.keys(budgets).sort()).toEqual([...pages].sort());
});

test.each(pages)("%s keeps within its budget of JavaScript", (page) => {
  const files = loadedScripts(page);
  expect(files.filter((file) => !existsSync(join(config.output, file)))).toEqual([]);
  const sizes = files.map((file) => gzipSync(readFileSync(join(config.output, file))).length);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(15_000);
  expect(bytes).toBeLessThanOrEqual(budgets[page]!);
  expect(files.length).toBeLessThanOrEqual(MOST_FILES);
});

const sizeOf = (file: string) => statSync(join(config.output, file)).size;
const filesIn = (folder: string) => readdirSync(join(config.output, folder)).map((name) => `${folder}/${name}`);

test.each([
  ["student", 400_000],
  ["resnet34", 22_000_000]
])("what a visitor fetches of %s is within its bytes", (name, most) => {
  const folder = `models/${name}`;
  const {files} = JSON.parse(readFileSync(join(config.output, folder, "metadata.json"), "utf8")) as {
    files: {path: string; bytes: number}[];
  };
  for (const {path, bytes} of files) expect(sizeOf(`${folder}/${path}`), path).toBe(bytes);
  const total = files.reduce((sum, {bytes}) => sum + bytes, sizeOf(`${folder}/metadata.json`));
  expect(total).toBeGreaterThan(100_000);
  expect(total).toBeLessThanOrEqual(most);
});

test("pictures are sized to what is seen: small ones in all, sheets one by one", () => {
  const [thumbnails, sheets] = [filesIn("data/thumbnails"), filesIn("data/cells")];
  expect(thumbnails.length).toBeGreaterThan(100);
  expect(thumbnails.reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThanOrEqual(20_000_000);
  expect(Math.max(...thumbnails.map(sizeOf))).toBeLessThanOrEqual(150_000);
  expect(Math.max(...sheets.map(sizeOf))).toBeLessThanOrEqual(700_000);
});

test("TensorFlow.js is imported by no page, and by the classifier's worker only when it is needed", () => {
  for (const page of pages) expect(loadedScripts(page).filter((file) => file.includes("tensorflow"))).toEqual([]);
  const worker = filesIn("_import/components/classifier").find((file) => /\/worker\.\w+\.js$/.test(file))!;
  const found = [worker];
  for (const file of found) {
    const source = readFileSync(join(config.output, file), "utf8");
    const imported = importsOf(source).map((name) => normalize(join(dirname(file), name)));
    found.push(...imported.filter((name) => !found.includes(name)));
  }
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((file) => file.includes("tensorflow"))).toEqual([]);
});

test("the licences of the libraries are served", () => {
  const text = readFileSync(join(config.output, "licences.txt"), "utf8");
  for (const name of ["@observablehq/plot", "d3-array", "@uwdata/flechette", "@tensorflow/tfjs", "workbox-core"]) {
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  }
});
