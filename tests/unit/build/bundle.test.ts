import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, test} from "vitest";
import {bundlePages} from "../../../src/build/bundle.js";
import {makeFolder, parsePage} from "./folders.js";

const page = (root: string, cell: string, preloads: string[] = []) => `<!DOCTYPE html><html><head><title>t</title>
${preloads.map((name) => `<link rel="modulepreload" href="${root}/${name}">`).join("\n")}
<script type="module" src="${root}/_import/components/site/site.00000001.js"></script>
<script type="module">

import {define} from "${root}/_observablehq/client.00000002.js";
import {registerFile} from "${root}/_observablehq/stdlib.00000003.js";

define({body: async () => {
${cell}
}});
</script></head><body><p>Kept.</p></body></html>`;

/** A site of two pages, one with a worker that starts another; both use `shared`. */
const site = () => ({
  "pages/a.html": page(
    "..",
    `const [{start}, {two}] = await Promise.all([import("../_import/components/start.00000004.js"), import("../_import/components/deep/two.00000005.js")]);`,
    ["_observablehq/client.00000002.js", "_node/d3-dsv@3.0.1/index.0000000f.js"]
  ),
  "index.html": page(".", `const [{two}] = await Promise.all([import("./_import/components/deep/two.00000005.js")]);`),
  "_observablehq/client.00000002.js": `import {registerFile} from "./stdlib.00000003.js"; export const define = () => registerFile; if (globalThis.never) import("./stdlib/duckdb.js");`,
  "_observablehq/stdlib.00000003.js": `export const registerFile = "files"; export const data = () => import.meta.resolve("../_npm/data.csv");`,
  "_import/components/site/site.00000001.js": `console.log("site");`,
  "_import/components/start.00000004.js": `import {shared} from "./shared.00000006.js"; import {csvFormatRows} from "../../_node/d3-dsv@3.0.1/index.0000000f.js"; export const start = () => new Worker(import.meta.resolve("./deep/worker.00000007.js"), {type: "module", name: shared() + csvFormatRows([])});`,
  "_import/components/deep/two.00000005.js": `import {shared} from "../shared.00000006.js"; export const two = shared() + shared(); export const three = "no page takes this";`,
  "_import/components/shared.00000006.js": `export const shared = () => ["one"]; export const unused = "nobody reads this";`,
  "_import/components/deep/worker.00000007.js": `import {shared} from "../shared.00000006.js"; import {only} from "./only.00000008.js"; postMessage([shared(), only, () => import("./late.00000009.js"), () => new Worker(import.meta.resolve("../nested.0000000a.js"))]);`,
  "_import/components/deep/only.00000008.js": `export {csvParseRows as only} from "../../../_node/d3-dsv@3.0.1/index.0000000f.js";`,
  "_import/components/deep/late.00000009.js": `export const late = "late";`,
  "_import/components/nested.0000000a.js": `postMessage(new URL("../../_file/a.txt", import.meta.url).href);`,
  "_node/d3-dsv@3.0.1/index.0000000f.js": ""
});
const libraries = new Map([
  ["_node/d3-dsv@3.0.1/index.js", "d3-dsv"],
  ["_node/d3@7.9.0/index.js", "d3"]
]);

async function bundled(files: Record<string, string> = site()) {
  const pages = Object.entries(files).flatMap(([file, text]) =>
    file.endsWith(".html") ? [parsePage(text, file)] : []
  );
  const scripts = Object.entries(files).filter(([file]) => file.endsWith(".js"));
  const {modules, packages} = await bundlePages(pages, {modules: new Map(scripts), libraries});
  const texts = new Map([...modules, ...pages.map((page): [string, string] => [page.file, page.text()])]);
  const names = [...texts.keys()].sort();
  const read = (file: string) => texts.get(file)!;
  const preloaded = (file: string) =>
    [...pages.find((page) => page.file === file)!.document.querySelectorAll("link[rel=modulepreload]")].map((link) =>
      join(dirname(file), link.getAttribute("href")!)
    );
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name))!;
  return {folder: makeFolder(Object.fromEntries(texts)), names, packages, read, preloaded, find};
}

test("a page has one module of its own, and what it shares with others is in one place", async () => {
  const {folder, names, read, find} = await bundled();
  expect(names.map((name) => name.replace(/\.\w{8}\.js$/, ".js"))).toEqual(
    [
      ...["index.html", "pages/a.html", "_observablehq/client.js", "_node/d3-dsv@3.0.1/src/dsv.js"],
      ...["_import/index.js", "_import/pages/a.js", "_import/components/site/site.js"],
      ...["_import/components/deep/worker.js", "_import/components/nested.js", "_import/components/deep/late.js"],
      ...["_import/components/shared.js", "_import/components/deep/two.js"]
    ].sort()
  );
  expect(names.filter((name) => /nobody reads this|no page takes this/.test(read(name)))).toEqual([]);
  expect(names.filter((name) => read(name).includes('"one"'))).toEqual([find(/components\/shared\./)]);
  const html = read("pages/a.html");
  expect(html).toContain("<p>Kept.</p>");
  expect(html).not.toMatch(/0000000[1-9a]/);
  const imported = [...html.matchAll(/import\("([^"]+)"\)\.then\(\(\{(m\d)\}\) => m\d\)/g)];
  expect(imported.length).toBe(2);
  for (const [, name, key] of imported) {
    const module = (await import(pathToFileURL(join(folder, "pages", name!)).href)) as Record<string, object>;
    expect(Object.keys(module[key!]!)).toEqual([key === "m0" ? "start" : "two"]);
  }
  const frame = /import \{define\} from "([^"]+)";\nimport \{registerFile\} from "([^"]+)";/.exec(html)!;
  expect(frame[1]).toBe(frame[2]);
  expect(await import(pathToFileURL(join(folder, "pages", frame[1]!)).href)).toMatchObject({registerFile: "files"});
});

test("a page fetches all that it and its workers import, first its own; what is imported on demand is left", async () => {
  const {preloaded, find, read, names} = await bundled();
  const [own, worker, nested, late] = [/pages\/a\./, /worker\./, /nested\./, /late\./].map(find);
  const links = preloaded("pages/a.html");
  expect(new Set(links).size).toBe(links.length);
  expect(links.every((link) => names.includes(link))).toBe(true);
  expect(links).toEqual(expect.arrayContaining([own, worker, nested, find(/d3-dsv/)]));
  expect(links.indexOf(own!)).toBeLessThan(links.indexOf(worker!));
  expect(links).not.toContain(late);
  expect(preloaded("index.html")).not.toEqual(expect.arrayContaining([worker]));
  const resolved = (file: string) =>
    [...read(file).matchAll(/new Worker\(import\.meta\.resolve\("([^"]+)"\)/g)].map(([, name]) =>
      join(dirname(file), name!)
    );
  expect([resolved(own!), resolved(worker!)]).toEqual([[worker], [nested]]);
});

test("what a module names by its own address stays where it was", async () => {
  const {folder, read, find} = await bundled({
    ...site(),
    "_import/components/shared.00000006.js": `export const shared = () => new URL("../../_file/a.txt", import.meta.url).href;`
  });
  const [, name] = /import\("([^"]+)"\)\.then/.exec(read("index.html"))!;
  const {m0} = (await import(pathToFileURL(join(folder, name!)).href)) as {m0: {two: string}};
  expect(m0.two).toBe(pathToFileURL(join(folder, "_file/a.txt")).href.repeat(2));
  expect(read(find(/nested\./))).toMatch(/"\.\/nested\.0000000a\.js"/);
});

test("a name holds the hash of all that follows from it, and of nothing else", async () => {
  const first = await bundled();
  const again = await bundled();
  expect(again.names).toEqual(first.names);
  const changed = await bundled({...site(), "_import/components/nested.0000000a.js": `postMessage("changed");`});
  const moved = first.names.filter((name) => !changed.names.includes(name));
  expect(moved.sort()).toEqual([/pages\/a\./, /worker\./, /nested\./].map(first.find).sort());
  expect(changed.find(/nested\./)).toBeDefined();
});

test("a worker that needs the module which starts it cannot be named, and the build says so", async () => {
  const files = {
    ...site(),
    "_import/components/deep/only.00000008.js": `export {start as only} from "../start.00000004.js";`
  };
  await expect(bundled(files)).rejects.toThrow(/needs itself to be named by its content: /);
});

test("of a library a page loads what it uses, from wherever the library has it; its packages are named", async () => {
  const {read, find, packages} = await bundled({
    ...site(),
    "_node/d3@7.9.0/index.0000000e.js": "",
    "_import/components/shared.00000006.js": `import * as d3 from "../../_node/d3@7.9.0/index.0000000e.js"; export const shared = () => [d3.sum([1])];`
  });
  expect(read(find(/d3-array/)).length).toBeLessThan(4000);
  expect(packages.map((folder) => folder.replace(/^.*node_modules\//, ""))).toEqual(["d3-array", "d3-dsv"]);
});
