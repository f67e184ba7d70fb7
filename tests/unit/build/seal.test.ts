import {createHash} from "node:crypto";
import {JSDOM} from "jsdom";
import {describe, expect, test} from "vitest";
import {headersFor, pagePolicy, workerPolicy} from "../../../src/build/headers.js";
import {plotStyles} from "../../../src/build/plot-styles.js";
import {integrity, sealPage} from "../../../src/build/seal.js";
import {parsePage} from "./folders.js";

const script = `import "./a.js"; const a = 1 < 2 && "&amp;";`;
const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="stylesheet" href="a.css">
<link rel="modulepreload" href="a.js"><script type="module">${script}</script></head>
<body><a href="a.js">x</a><script src="b.js"></script></body></html>`;
const read = (path: string) => (path.endsWith("b.js") ? undefined : new TextEncoder().encode(`content of ${path}`));
function seal(text = html, {file = "pages/a.html", styles = [] as string[]} = {}): string {
  const page = parsePage(text, file);
  sealPage(page, {read, styles});
  return page.text();
}
const policyOf = (text: string) =>
  new JSDOM(text).window.document.head.firstElementChild!.getAttribute("content")!.split("; ");
const sha = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

describe("sealPage", () => {
  test("puts the policy first, with the hash of each inline script and nothing that allows others", () => {
    const policy = policyOf(seal());
    expect(policy).toContain(`script-src 'self' '${sha(script)}'`);
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy.join()).not.toMatch(/unsafe-inline|unsafe-eval|\*|http/);
  });

  test("gives each stylesheet, script and preload of the site its hash, and nothing else", () => {
    const {document} = new JSDOM(seal()).window;
    const sealed = [...document.querySelectorAll("[integrity]")].map((element) => element.getAttribute("integrity"));
    expect(sealed).toEqual([sha("content of pages/a.css"), sha("content of pages/a.js")]);
  });

  test("allows WebAssembly only where a page names a binary, and still no eval", () => {
    expect(policyOf(seal()).join()).not.toContain("wasm");
    const policy = policyOf(seal(html.replace("const a", `const file = "x.wasm", a`)));
    expect(policy[1]).toContain("'wasm-unsafe-eval'");
    expect(policy[1]).not.toContain("'unsafe-eval'");
  });

  test("names the service worker, the styles that scripts add, and is the same the second time", () => {
    const once = seal(html, {styles: ["a {}"]});
    expect(policyOf(once)).toContain(`style-src 'self' '${sha("a {}")}'`);
    expect(once).toContain(`<meta name="service-worker" content="../service-worker.js">`);
    expect(seal(once, {styles: ["a {}"]})).toBe(once);
    expect(seal(html, {file: "index.html"})).toContain(`<meta name="service-worker" content="service-worker.js">`);
  });

  test("takes what a page with a base names from the root, and starts no service worker there", () => {
    const text = seal(html.replace("<head>", `<head><base href="/">`));
    expect(text).toContain(sha("content of a.css"));
    expect(text).not.toContain("service-worker");
  });
});

test("integrity is what a browser computes", () => {
  expect(integrity("")).toBe("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
});

test("Plot adds one style to a chart, and it is found", () => {
  expect(plotStyles()).toEqual([expect.stringContaining("--plot-background")]);
});

test("only workers that compute may compile WebAssembly, and hashed files are kept for good", () => {
  for (const worker of ["classifier/worker", "classifier/preparer-worker", "smear/field-worker"]) {
    expect(headersFor(`/_import/components/${worker}.abc123.js`)).toMatchObject({
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Security-Policy": workerPolicy({wasm: true})
    });
  }
  expect(headersFor("/_import/components/augment/lab/worker.abc123.js")["Content-Security-Policy"]).toBe(
    workerPolicy()
  );
  expect(headersFor("/service-worker.js")).toMatchObject({
    "Cache-Control": "no-cache",
    "Content-Security-Policy": workerPolicy()
  });
  expect(workerPolicy()).not.toContain("wasm");
  expect(headersFor("/", {isolated: false})).not.toHaveProperty("Cross-Origin-Opener-Policy");
  expect(pagePolicy()).toContain("default-src 'none'");
});
