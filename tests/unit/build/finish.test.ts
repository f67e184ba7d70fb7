import {describe, expect, test} from "vitest";
import {finishPage} from "../../../src/build/finish.js";
import {faces} from "../../../src/build/fonts.js";
import {parsePage} from "./folders.js";

const script = `const a = 1 < 2 && "</p>" > "&amp;";`;
const page = ({base = "", contents = `<ol><li><a href="#part">Part</a></li></ol>`} = {}) => `<!DOCTYPE html>
<html><head><meta charset="utf-8">${base}
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<script type="module">${script}</script></head><body>
<div id="observablehq-center"><header id="observablehq-header"><a href="/">Start</a>
<nav aria-label="Pages"><a href="./dataset">Dataset</a></nav></header><aside id="observablehq-toc"><nav>${contents}</nav></aside>
<main id="observablehq-main"><h1 id="part">Dataset</h1><pre>x</pre></main>
<footer id="observablehq-footer"><nav><a rel="next" href="./b">B</a></nav></footer></div></body></html>`;

function finished(html: string, file = "pages/dataset.html") {
  const page = parsePage(html, file);
  finishPage(page);
  return page;
}
const finish = (html: string) => finished(html).document;

describe("finishPage", () => {
  test("states the language and lets readers zoom", () => {
    const document = finish(page());
    expect(document.documentElement.lang).toBe("en");
    expect(document.querySelector<HTMLMetaElement>("meta[name=viewport]")!.content).toBe(
      "width=device-width, initial-scale=1"
    );
  });

  test("names every navigation differently", () => {
    const document = finish(page());
    const names = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label"));
    expect(names).toHaveLength(3);
    expect(names.every(Boolean)).toBe(true);
    expect(new Set(names).size).toBe(3);
  });

  test("drops a table of contents without entries, keeps one with entries", () => {
    expect(finish(page()).querySelector("#observablehq-toc a")).not.toBeNull();
    expect(finish(page({contents: ""})).querySelector("#observablehq-toc")).toBeNull();
  });

  test("asks for each face at once, from wherever a page lies, before all else, then for styles and what is needed", () => {
    const styled = page({base: `<link rel="stylesheet" href="site.css">`}).replace(
      `<h1`,
      `<link rel="stylesheet" href="own.css"><link rel="preload" as="fetch" href="own.json"><h1`
    );
    const asked = (file: string) => {
      const {document} = finished(styled, file);
      expect(document.querySelectorAll("main link").length).toBe(0);
      return [...document.querySelectorAll("head link, head script")].map((one) => one.getAttribute("href"));
    };
    const faced = (root: string) => faces.map(({file}) => `${root}/fonts/${file}`);
    expect(asked("pages/dataset.html")).toEqual([...faced(".."), "site.css", "own.css", "own.json", null]);
    expect(asked("index.html")).toEqual([...faced("."), "site.css", "own.css", "own.json", null]);
    const face = finish(styled).querySelector("link[as=font]")!;
    expect(face.matches("[rel=preload][type='font/woff2'][crossorigin='']")).toBe(true);
  });

  test("begins with a link past the menu, to an element that can take the focus", () => {
    const document = finish(page());
    const skip = document.querySelector("a")!;
    expect(skip.getAttribute("href")).toBe("#observablehq-main");
    expect(document.querySelector<HTMLElement>("#observablehq-main")!.tabIndex).toBe(-1);
  });

  test("keeps fragments on the 404 page, which has a base address", () => {
    const links = [...finish(page({base: `<base href="/">`})).querySelectorAll("a")].map((a) => a.getAttribute("href"));
    expect(links).toEqual(["404#observablehq-main", "/", "./dataset", "404#part", "./b"]);
  });

  test("lets the keyboard scroll code blocks", () => {
    expect(finish(page()).querySelector("pre")!.tabIndex).toBe(0);
  });

  test("leads to files that the build writes into the root, from wherever a page lies", () => {
    const html = page().replace("<pre>", `<a data-written="checksums.txt">the list</a><pre>`);
    const link = (file: string) => /<a [^>]*>the list/.exec(finished(html, file).text())![0];
    expect(link("pages/dataset.html")).toBe(`<a href="../checksums.txt">the list`);
    expect(link("index.html")).toBe(`<a href="./checksums.txt">the list`);
  });

  test("leaves scripts byte for byte as they were, since their hashes may be in a policy", () => {
    expect(finished(page()).text()).toContain(`<script type="module">${script}</script>`);
  });

  test("changes nothing the second time", () => {
    for (const html of [page(), page({base: `<base href="/">`})]) {
      const once = finished(html).text();
      expect(finished(once).text()).toBe(once);
    }
  });
});
