import {describe, expect, test} from "vitest";
import {findBrokenLinks} from "../../../src/build/links.js";
import {parsePage} from "./folders.js";

const check = (index: string, files: Record<string, string> = {}) =>
  findBrokenLinks(
    Object.entries({"index.html": index, ...files}).flatMap(([file, text]) =>
      file.endsWith(".html") ? [parsePage(text, file)] : []
    ),
    ["index.html", ...Object.keys(files)]
  );
const dataset = {"pages/dataset.html": `<h1 id="cells">Cells</h1>`, "data/a b.csv": "x"};

describe("findBrokenLinks", () => {
  test.each([
    `<a href="./pages/dataset">`,
    `<a href="/pages/dataset.html">`,
    `<a href="./pages/dataset#cells">`,
    `<a href="./pages/dataset?fold=0#threshold=0.5&seed=3">`,
    `<a href="./">`,
    `<a href="./data/a%20b.csv" download>`,
    `<a href="https://elsewhere.example/gone">`,
    `<a href="mailto:someone@elsewhere.example">`,
    `<i id="here"></i><a href="#here">`
  ])("accepts %s", (html) => {
    expect(check(html, dataset)).toEqual([]);
  });

  test.each([
    [`<a href="./pages/datasets">`, "./pages/datasets"],
    [`<a href="./pages/dataset#cell">`, "./pages/dataset#cell"],
    [`<a href="#nowhere">`, "#nowhere"],
    [`<img src="./gone.png">`, "./gone.png"],
    [`<link rel="icon" href="/favicon.ico">`, "/favicon.ico"],
    [`<script src="./gone.js"></script>`, "./gone.js"],
    [`<a href="http://[">`, "http://["]
  ])("finds %s", (html, href) => {
    expect(check(html, dataset)).toEqual([{page: "/index", href}]);
  });

  test("follows links relative to the page they stand on, or to its base", () => {
    const files = {"pages/a.html": `<a href="./b">`, "pages/b.html": `<base href="/"><a href="pages/a"><a href="a">`};
    expect(check("", files)).toEqual([{page: "/pages/b", href: "a"}]);
  });
});
