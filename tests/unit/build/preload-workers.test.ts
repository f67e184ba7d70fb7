import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {preloadWorkers} from "../../../src/build/preload-workers.js";
import {makeFolder} from "./folders.js";

const page = (...modules: string[]) =>
  `<!DOCTYPE html><html><head>${modules.map((name) => `<link rel="modulepreload" href="${name}">`).join("")}</head></html>`;

const linked = async (file: string) => {
  const {document} = new JSDOM(await readFile(file, "utf8")).window;
  return [...document.querySelectorAll("link[rel=modulepreload]")].map((link) => link.getAttribute("href"));
};

test("a page fetches what its workers import, and theirs, once; what is imported on demand is left", async () => {
  const folder = makeFolder({
    "pages/a.html": page("../_import/page.1.js"),
    "index.html": page("./_import/deep/shared.2.js"),
    "_import/page.1.js": `import {a} from "./deep/client.3.js"; import {b} from "./deep/shared.2.js"; console.log(a, b);`,
    "_import/deep/client.3.js": `import {b} from "./shared.2.js"; export const a = () => new Worker(import.meta.resolve("./worker.4.js"), b);`,
    "_import/deep/worker.4.js": `import {b} from "./shared.2.js"; import {c} from "../helper.5.js"; const d = import("../late.6.js"); c(b, d);`,
    "_import/deep/shared.2.js": `export const b = {type: "module"};`,
    "_import/helper.5.js": `export const c = () => new Worker(import.meta.resolve("./nested.7.js"), {type: "module"});`,
    "_import/late.6.js": `export const d = require("fs");`,
    "_import/nested.7.js": `console.log(7, () => import("./not-there.8.js"));`
  });
  const expected = [
    "../_import/page.1.js",
    "../_import/deep/worker.4.js",
    "../_import/helper.5.js",
    "../_import/nested.7.js"
  ];
  const [a, index] = [join(folder, "pages/a.html"), join(folder, "index.html")];
  const untouched = await readFile(index, "utf8");
  await preloadWorkers(folder);
  expect((await linked(a)).sort()).toEqual(expected.sort());
  expect(await readFile(index, "utf8")).toBe(untouched);
  const once = await readFile(a, "utf8");
  await preloadWorkers(folder);
  expect(await readFile(a, "utf8")).toBe(once);
});
