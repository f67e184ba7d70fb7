import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {robustnessOf} from "../../../../models/report/robustness.js";
import type {ManifestRow} from "../../../../src/data/shapes/manifest.js";

const manifest = ["a", "b", "c", "d"].map((file, i) => ({
  file,
  label: i < 2 ? "parasitized" : "uninfected"
})) as ManifestRow[];
let folder: string;

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "robustness-"))));
afterEach(() => rmSync(folder, {recursive: true}));
const write = (...lines: string[]) => writeFileSync(path.join(folder, "robustness.csv"), lines.join("\n") + "\n");

describe("robustnessOf", () => {
  it("gives area, sensitivity and specificity of each column by hand", () => {
    write("file,none:0,hue:-15", "c,0.1,0.6", "a,0.9,0.5", "b,0.8,0.4", "d,0.3,0.2");
    expect(robustnessOf(manifest, folder, 0.5)).toEqual([
      {change: "none", level: 0, cells: 4, rocArea: 1, sensitivity: 1, specificity: 1},
      {change: "hue", level: -15, cells: 4, rocArea: 0.5, sensitivity: 0.5, specificity: 0.5}
    ]);
  });

  it("is empty while nothing was run", () => expect(robustnessOf(manifest, folder, 0.5)).toEqual([]));

  it("names what is wrong", () => {
    write("file,hue", "a,0.5", "c,0.5");
    expect(() => robustnessOf(manifest, folder, 0.5)).toThrow(/“hue” is not a change/);
    write("file,hue:15", "z,0.5");
    expect(() => robustnessOf(manifest, folder, 0.5)).toThrow(/no cell “z”/);
    write("file,hue:15", "a,0.5", "c,1.5");
    expect(() => robustnessOf(manifest, folder, 0.5)).toThrow(/hue:15 must be a number from 0 to 1/);
  });
});
