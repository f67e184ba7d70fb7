import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {bundleSite} from "../../../src/build/bundle.js";
import {listFiles} from "../../../src/build/files.js";
import {makeFolder} from "./folders.js";

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
    [
      "_observablehq/client.00000002.js",
      "_node/library@1.0.0/index.0000000f.js",
      "_node/library@1.0.0/more.0000000f.js"
    ]
  ),
  "index.html": page(".", `const [{two}] = await Promise.all([import("./_import/components/deep/two.00000005.js")]);`),
  "_observablehq/client.00000002.js": `import {registerFile} from "./stdlib.00000003.js"; export const define = () => registerFile; if (globalThis.never) import("./stdlib/duckdb.js");`,
  "_observablehq/stdlib.00000003.js": `export const registerFile = "files"; export const data = () => import.meta.resolve("../_npm/data.csv");`,
  "_import/components/site/site.00000001.js": `console.log("site");`,
  "_import/components/start.00000004.js": `import {shared} from "./shared.00000006.js"; import {library} from "../../_node/library@1.0.0/index.0000000f.js"; export const start = () => new Worker(import.meta.resolve("./deep/worker.00000007.js"), {type: "module", name: shared() + library});`,
  "_import/components/deep/two.00000005.js": `import {shared} from "../shared.00000006.js"; export const two = shared() + shared();`,
  "_import/components/shared.00000006.js": `export const shared = () => ["one"]; export const unused = "nobody reads this";`,
  "_import/components/deep/worker.00000007.js": `import {shared} from "../shared.00000006.js"; import {only} from "./only.00000008.js"; postMessage([shared(), only, () => import("./late.00000009.js"), () => new Worker(import.meta.resolve("../nested.0000000a.js"))]);`,
  "_import/components/deep/only.00000008.js": `export const only = "worker";`,
  "_import/components/deep/late.00000009.js": `export const late = "late";`,
  "_import/components/nested.0000000a.js": `postMessage(new URL("../../_file/a.txt", import.meta.url).href);`,
  "_import/style.0000000b.css": `p { color: red; }`,
  "_node/library@1.0.0/index.0000000f.js": `export {library} from "./more.0000000f.js";`,
  "_node/library@1.0.0/more.0000000f.js": `export const library = "library";`
});

async function bundled(files: Record<string, string> = site()) {
  const folder = makeFolder(files);
  await bundleSite(folder);
  const names = (await listFiles(folder)).map((file) => file.slice(folder.length + 1));
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const preloaded = (file: string) =>
    [...new JSDOM(read(file)).window.document.querySelectorAll("link[rel=modulepreload]")].map((link) =>
      join(dirname(file), link.getAttribute("href")!)
    );
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name))!;
  return {folder, names, read, preloaded, find};
}

test("a page has one module of its own, and what it shares with others is in one place", async () => {
  const {folder, names, read, find} = await bundled();
  expect(names.map((name) => name.replace(/\.\w{8}\.js$/, ".js"))).toEqual(
    [
      ...["index.html", "pages/a.html", "_observablehq/client.js", "_import/style.0000000b.css"],
      ...["index", "more"].map((name) => `_node/library@1.0.0/${name}.js`),
      ...["_import/index.js", "_import/pages/a.js", "_import/components/site/site.js"],
      ...["_import/components/deep/worker.js", "_import/components/nested.js", "_import/components/deep/late.js"],
      ...["_import/components/shared.js", "_import/components/deep/two.js", "_import/shared.js"]
    ].sort()
  );
  expect(names.filter((name) => read(name).includes("nobody reads this"))).toEqual([]);
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
  expect(links).toEqual(expect.arrayContaining([own, worker, nested, find(/library.*index/), find(/library.*more/)]));
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
  expect(existsSync(join(changed.folder, changed.find(/nested\./)))).toBe(true);
});

test("a worker that needs the module which starts it cannot be named, and the build says so", async () => {
  const files = {
    ...site(),
    "_import/components/deep/only.00000008.js": `export {start as only} from "../start.00000004.js";`
  };
  await expect(bundled(files)).rejects.toThrow(/needs itself to be named by its content: /);
});
