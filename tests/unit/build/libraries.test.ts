import {existsSync, readFileSync, symlinkSync} from "node:fs";
import {join, resolve} from "node:path";
import {describe, expect, test} from "vitest";
import {listFiles} from "../../../src/build/files.js";
import {cacheFolder} from "../../../src/build/hermetic.js";
import {findLibraryNames, namesTaken, shakeLibraries} from "../../../src/build/libraries.js";
import {makeFolder} from "./folders.js";

describe("namesTaken", () => {
  test("finds names behind a dot and in braces, and nothing of another library", () => {
    expect(namesTaken('import * as d3 from "d3";\nd3.sum(d3.range(3), d3.sum);', "d3", "x.js")).toEqual([
      "range",
      "sum"
    ]);
    expect(namesTaken('import {group, sum as total} from "d3";\n', "d3", "x.js")).toEqual(["group", "sum"]);
    expect(namesTaken('import {csvFormatRows} from "d3-dsv";\n', "d3", "x.js")).toEqual([]);
  });

  test.each([
    'import * as d3 from "d3";\nconst {sum} = d3;',
    'import * as d3 from "d3";\nhand(d3);',
    'import * as d3 from "d3";\nd3["sum"]([]);',
    'const d3 = await import("d3");',
    'import d3 from "d3";',
    'export * from "d3";'
  ])("refuses what hides the names: %j", (source) => {
    expect(() => namesTaken(source, "d3", "chart.ts")).toThrow(/^chart\.ts .*the build (must see|sees) what is used/);
  });
});

describe("a site of two pages", () => {
  const root = () =>
    makeFolder({
      "src/index.md": '```js\nimport {total} from "./a.js";\n```\n',
      "src/pages/other.md": '```js\nimport * as d3 from "d3";\ndisplay(d3.extent([1]));\nimport("../b.js");\n```\n',
      "src/a.ts":
        'import * as d3 from "d3";\nimport type {Mark} from "@observablehq/plot";\nexport const total = (m: Mark) => d3.sum([]); // d3.max\n',
      "src/b.ts":
        'import {csvFormatRows} from "d3-dsv";\nconsole.log(csvFormatRows([]), import.meta.resolve("./worker.js"));\n',
      "src/worker.ts": 'import * as Plot from "@observablehq/plot";\nPlot.plot();\n',
      "src/unused.ts": 'import * as d3 from "d3";\nd3.geoPath();\n'
    });

  test("names are those of reachable modules, workers and pages, without types and comments", async () => {
    expect(Object.fromEntries(await findLibraryNames(join(root(), "src")))).toEqual({
      "@observablehq/plot": ["plot"],
      d3: ["extent", "sum"],
      "d3-dsv": ["csvFormatRows"]
    });
  });

  test("the bundles export these names, work alike, and are the same each time", async () => {
    const folder = root();
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const bundles = join(cacheFolder(join(folder, "src")), "_node");
    const read = async () => (await listFiles(bundles)).map((file) => [file, readFileSync(file, "utf8")]);
    const packages = await shakeLibraries(join(folder, "src"));
    expect(packages.map((path) => path.replace(/^.*node_modules\//, ""))).toEqual(
      expect.arrayContaining(["@observablehq/plot", "d3-array", "d3-dsv"])
    );
    expect(packages.every(existsSync)).toBe(true);
    const first = await read();
    await shakeLibraries(join(folder, "src"));
    expect(await read()).toEqual(first);
    const file = first.map(([name]) => name!).find((name) => /\/d3@[\d.]+\/index\.js$/.test(name))!;
    const d3 = (await import(/* @vite-ignore */ file)) as Record<string, (values: number[]) => unknown>;
    expect(Object.keys(d3).sort()).toEqual(["extent", "sum"]);
    expect([d3.sum!([1, 2]), d3.extent!([3, 1])]).toEqual([3, [1, 3]]);
  });

  test("a name that d3 does not have is named", async () => {
    const folder = makeFolder({"src/index.md": '```js\nimport * as d3 from "d3";\nd3.summ([]);\n```\n'});
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    await expect(shakeLibraries(join(folder, "src"))).rejects.toThrow('d3 has no "summ", which the site uses.');
  });
});
