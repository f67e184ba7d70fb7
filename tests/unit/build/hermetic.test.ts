import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {cacheFolder, listDownloads, makeHermetic, pinned} from "../../../src/build/hermetic.js";
import {makeFolder} from "./folders.js";

describe("hermetic cache", () => {
  test("pins one exact version of each library, and holds no file", async () => {
    const root = makeFolder();
    await makeHermetic(root);
    await makeHermetic(root);
    expect(Object.values(pinned).every((version) => /^\d+\.\d+\.\d+$/.test(version))).toBe(true);
    expect(await listDownloads(root)).toEqual([]);
  });

  test("names what a build downloaded", async () => {
    const root = makeFolder();
    await makeHermetic(root);
    const file = join(cacheFolder(root), "_npm", "d3@7.9.0", "_esm.js");
    writeFileSync(file, "");
    expect(await listDownloads(root)).toEqual([file]);
    mkdirSync(join(cacheFolder(root), "_jsr", "@std"), {recursive: true});
    writeFileSync(join(cacheFolder(root), "_jsr", "@std", "x.js"), "");
    expect(await listDownloads(root)).toHaveLength(2);
  });

  test("has nothing to name before the first build", async () => {
    expect(await listDownloads(makeFolder())).toEqual([]);
  });
});
