import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {scanCss, scanDocument, scanScript} from "../../../src/build/origins.js";
import {parsePage} from "./folders.js";

const urls = (found: {url: string}[]) => found.map(({url}) => url);

describe("scanDocument", () => {
  test.each([
    `<script src="https://cdn.example/x.js"></script>`,
    `<script src="//cdn.example/x.js"></script>`,
    `<link rel="stylesheet" href="https://cdn.example/x.css">`,
    `<link rel="preconnect" href="https://cdn.example">`,
    `<img src="HTTPS://cdn.example/x.png">`,
    `<img srcset="/here.png 1x, https://cdn.example/x.png 2x">`,
    `<iframe src="https://cdn.example"></iframe>`,
    `<object data="https://cdn.example/x"></object>`,
    `<form action="https://cdn.example/send"></form>`,
    `<svg><use href="https://cdn.example/x.svg#a"/></svg>`,
    `<svg><image xlink:href="https://cdn.example/x.png"/></svg>`,
    `<p style="background: url(https://cdn.example/x.png)">x</p>`,
    `<style>@import "https://cdn.example/x.css";</style>`,
    `<script>fetch("https://cdn.example/x")</script>`,
    `<a href="/" ping="https://cdn.example/ping">x</a>`,
    `<base href="https://cdn.example/">`,
    `<meta http-equiv="refresh" content="0; url=https://cdn.example/">`
  ])("finds %s", (html) => {
    expect(urls(scanDocument(parsePage(html).document)).join()).toMatch(/cdn\.example/i);
  });

  test.each([
    `<a href="https://cdn.example/paper">a citation</a>`,
    `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>`,
    `<img src="data:image/png;base64,AAAA">`,
    `<img src="./x.png" alt="https://cdn.example">`,
    `<script type="module" src="./_observablehq/client.js"></script>`,
    `<p>https://cdn.example</p>`
  ])("allows %s", (html) => {
    expect(scanDocument(parsePage(html).document)).toEqual([]);
  });
});

describe("scanCss", () => {
  test("finds url() and @import, quoted or not", () => {
    const css = `@import "https://a.example/x.css"; a{b:url('//b.example/f')} c{d:url(https://c.example/g)}`;
    expect(urls(scanCss(css))).toEqual(["https://a.example/x.css", "//b.example/f", "https://c.example/g"]);
  });

  test("allows data, fragments, relative addresses and comments", () => {
    const css = `/* url(https://a.example) */ a{b:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'")} c{d:url(#e);f:url(../g.png)}`;
    expect(scanCss(css)).toEqual([]);
  });
});

describe("scanScript", () => {
  test.each([
    `import x from "https://cdn.example/x.js"`,
    `import "https://cdn.example/x.js"`,
    `import("https://cdn.example/x.js")`,
    `export * from"//cdn.example/x.js"`,
    `await fetch('https://cdn.example/x')`,
    "new Worker(`https://cdn.example/w.js`)",
    `new WebSocket("wss://cdn.example")`,
    `image.src="//cdn.example/x.png"`,
    `const host = "https://cdn.example"; fetch(host + path)`
  ])("finds %s", (code) => {
    expect(urls(scanScript(code)).join()).toContain("cdn.example");
  });

  test("lets a reviewed origin be named, but not be fetched from", () => {
    expect(scanScript(`throw new Error("see https://github.com/tensorflow/tfjs/issues")`)).toEqual([]);
    expect(urls(scanScript(`fetch("https://github.com/x")`))).toEqual(["https://github.com/x"]);
  });

  test("is silent on scripts without an address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes("//"));
        expect(scanScript(text)).toEqual([]);
      })
    );
  });

  test("finds any foreign host that a script names", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(urls(scanScript(`const x = "https://${domain}/y";`))).toEqual([`https://${domain}/y`]);
      })
    );
  });
});
