import {existsSync, readFileSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import * as tf from "@tensorflow/tfjs";
import {JSDOM} from "jsdom";
import {describe, expect, test} from "vitest";
import config from "../../observablehq.config.js";
import {listFiles} from "../../src/build/files.js";
import {findBrokenLinks} from "../../src/build/links.js";
import {findForeignFetches} from "../../src/build/origins.js";
import {listModelFiles, listSheets} from "../../src/build/published.js";
import {serve} from "../../src/build/serve.js";

const {output} = config;
const pages = ["index", "404", "pages/design", ...config.pages.map(({path}) => path.slice(1))];
const files = (await listFiles(output)).map((file) => relative(output, file));
const parsed = files
  .filter((file) => file.endsWith(".html"))
  .map((file) => ({file, document: new JSDOM(readFileSync(join(output, file))).window.document}));

test("nothing in the site is fetched from elsewhere", async () => {
  expect(parsed.length).toBe(pages.length);
  expect(await findForeignFetches(output, parsed, files)).toEqual([]);
});

test("every link leads somewhere", () => {
  expect(findBrokenLinks(parsed, files)).toEqual([]);
});

describe.each(pages)("%s", (page) => {
  const document = existsSync(join(output, `${page}.html`))
    ? new JSDOM(readFileSync(join(output, `${page}.html`))).window.document
    : undefined;

  test("is finished: language, zoom, title, description, icon, footer", () => {
    expect(document, `${page}.html is missing`).toBeDefined();
    expect(document!.documentElement.lang).toBe("en");
    expect(document!.querySelector("meta[name=viewport]")!.getAttribute("content")).not.toContain("maximum-scale");
    expect(document!.title).toContain(config.title);
    expect(document!.querySelector("meta[name=description]")).not.toBeNull();
    expect(document!.querySelector("link[rel=icon]")!.getAttribute("href")).toMatch(/favicon\.\w+\.svg$/);
    expect(document!.querySelector("#observablehq-footer")!.textContent).toContain("not a medical device");
    expect(document!.querySelectorAll("h1")).toHaveLength(1);
  });

  test("does not load TensorFlow.js before it is asked for", () => {
    const loaded = [...document!.querySelectorAll("link[rel=modulepreload], script[src]")].map((e) => e.outerHTML);
    expect(loaded.filter((tag) => /tensorflow|tfjs/.test(tag))).toEqual([]);
  });

  test("holds no colour of its own: they are the stylesheet's", () => {
    const coloured = /(?:color|background|fill|stroke)\s*:\s*(?:#|rgb|hsl)/i;
    const styles = [...document!.querySelectorAll("main [style]")].map((element) => element.getAttribute("style")!);
    expect(styles.filter((style) => coloured.test(style))).toEqual([]);
  });
});

test.each([...listSheets().map((file) => [`src/data/cells/${file}`, `data/cells/${file}`])])(
  "%s is served unchanged at a fixed address",
  async (source, target) => {
    expect((await readFile(join(output, target!))).equals(await readFile(source!))).toBe(true);
  }
);

test.each(listModelFiles().map((file) => [`models/${file}`]))("%s is served unchanged", async (file) => {
  expect((await readFile(join(output, file))).equals(await readFile(file))).toBe(true);
});

test.each(listModelFiles().filter((file) => file.endsWith("/model.json")))(
  "stock tf.loadGraphModel opens %s from the served site, shards and all",
  async (file) => {
    const site = await serve(output, {port: 0});
    try {
      const model = await tf.loadGraphModel(new URL(`models/${file}`, site.url).href);
      // A field may have any size.
      const sides = file.startsWith("finder/") ? [-1, -1] : [50, 50];
      expect(model.inputs.map(({shape}) => shape)).toEqual([[-1, ...sides, 3]]);
      model.dispose();
    } finally {
      await site.close();
    }
  }
);

test("neither sources nor caches are published", async () => {
  const strays = (await listFiles(output)).filter((file) => /\.(ts|py|md|map|zip)$|\.observablehq\//.test(file));
  expect(strays).toEqual([]);
});

test("the code below a figure is its source as written, not the minified module's", () => {
  const texts = files.filter((file) => file.endsWith(".js")).map((file) => readFileSync(join(output, file), "utf8"));
  const written = "({width}) => confusionMatrixPlot(now().matrix, {width})";
  expect(texts.filter((text) => text.includes(written))).toHaveLength(1);
});
