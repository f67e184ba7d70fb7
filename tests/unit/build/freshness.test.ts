import {utimesSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {isStale} from "../../../src/build/freshness.js";
import {makeFolder} from "./folders.js";

const files = {built: "", "src/a.ts": "", "src/deep/b.ts": "", "src/.observablehq/cache": ""};
const date = (folder: string, name: string, seconds: number) => utimesSync(join(folder, name), seconds, seconds);

function makeProject(): string {
  const folder = makeFolder(files);
  for (const name of ["src", "src/deep", "src/.observablehq", ...Object.keys(files)]) date(folder, name, 1000);
  date(folder, "built", 2000);
  return folder;
}
const stale = (folder: string) => isStale(join(folder, "built"), [join(folder, "src"), join(folder, "gone")]);

describe("isStale", () => {
  test("is false when the build is newer than everything", async () => {
    expect(await stale(makeProject())).toBe(false);
  });

  test.each(["src/a.ts", "src/deep/b.ts", "src/deep"])("is true when %s is newer", async (name) => {
    const folder = makeProject();
    date(folder, name, 3000);
    expect(await stale(folder)).toBe(true);
  });

  test("ignores Framework's cache", async () => {
    const folder = makeProject();
    date(folder, "src/.observablehq/cache", 3000);
    expect(await stale(folder)).toBe(false);
  });

  test("is true when there is no build", async () => {
    const folder = makeProject();
    expect(await isStale(join(folder, "never"), [join(folder, "src")])).toBe(true);
  });
});
