import {readFileSync, symlinkSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import JSZip from "jszip";
import {expect, test, vi} from "vitest";
import {runLoaders} from "../../../src/build/attachments.js";
import {standInForLibraries} from "../../../src/build/framework.js";
import type {FileLoader, Log} from "../../../src/build/framework.js";
import {cacheFolder} from "../../../src/build/hermetic.js";
import {makeFolder} from "./folders.js";

const silent = () => {};
const log: Log = {logger: {log: silent, warn: silent, error: silent}, output: {write: silent}};

test("an empty module stands in for each library that pages and modules import, where Framework looks for it", async () => {
  const folder = makeFolder({
    "src/index.md": '```js\nimport {sum} from "d3";\nimport {a} from "./a.js";\n```\n',
    "src/components/a.ts": 'import {table} from "arquero/dist/arquero.min.js";\nawait import("@observablehq/plot");\n',
    "src/components/b.ts": 'import "no-such-package";\n',
    "src/build/d.ts": 'import {JSDOM} from "jsdom";\n'
  });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const root = join(folder, "src");
  const found = await standInForLibraries(root);
  expect([...found].map(([path, name]) => [path.replace(/@\d[\d.]*/, "@1"), name]).sort()).toEqual([
    ["_node/@observablehq/plot@1/index.js", "@observablehq/plot"],
    ["_node/arquero@1/dist/arquero.min.js", "arquero/dist/arquero.min.js"],
    ["_node/d3@1/index.js", "d3"]
  ]);
  for (const path of found.keys()) expect(readFileSync(join(cacheFolder(root), path), "utf8")).toBe("");
});

test("loaders of all that is attached run once each, and an archive is unpacked once", async () => {
  const archive = new JSZip().file("one.txt", "1").file("two.txt", "2");
  const root = makeFolder({
    "index.md":
      'FileAttachment("./data/plain.csv"); FileAttachment("./data/made.json"); FileAttachment("./data/gone.json")\n',
    "pages/a.md": 'FileAttachment("../data/made.json"); FileAttachment("../data/zip/one.txt")\n',
    "data/plain.csv": ""
  });
  const zip = await archive.generateAsync({type: "nodebuffer"});
  const load = vi.fn(async () => "made");
  const preload = vi.fn(async () => "data/zip.zip");
  writeFileSync(join(root, "data/zip.zip"), zip);
  const found: Record<string, FileLoader> = {
    "/data/plain.csv": {path: "data/plain.csv", load: () => Promise.reject(new Error("a file as it lies there"))},
    "/data/made.json": {path: "data/made.json.ts", targetPath: "/data/made.json", load}
  };
  for (const name of ["one", "two"]) {
    const member = {
      path: "data/zip.zip.ts",
      targetPath: `/data/zip/${name}.txt`,
      inflatePath: `${name}.txt`,
      preload,
      load
    };
    found[`/data/zip/${name}.txt`] = member;
  }
  const loaders = {find: (path: string) => found[path]};
  await runLoaders({root, output: "", loaders}, ["/data/zip/two.txt"], log);
  expect([load, preload].map(({mock}) => mock.calls.length)).toEqual([1, 1]);
  const read = (name: string) => readFileSync(join(cacheFolder(root), "data/zip", name), "utf8");
  expect([read("one.txt"), read("two.txt")]).toEqual(["1", "2"]);

  load.mockRejectedValueOnce(new Error("no cells packed"));
  await expect(runLoaders({root, output: "", loaders}, [], log)).rejects.toThrow("no cells packed");
});
