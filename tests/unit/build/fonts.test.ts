import {statSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {faces, fontFolders, fontPackages, fontStyles} from "../../../src/build/fonts.js";

const rules = fontStyles().split("\n");

test("the faces are 80 kB at most in all, and come with a licence", () => {
  const bytes = faces.map(({file}) => statSync(join(fontPackages, file)).size);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(80_000);
  for (const folder of fontFolders) expect(statSync(join(folder, "LICENSE")).size).toBeGreaterThan(0);
});

test("each face is served by this site, and shown when it has come", () => {
  for (const {file} of faces) {
    expect(rules.filter((rule) => rule.includes(`url("../../fonts/${file}")`))).toEqual([
      expect.stringContaining("font-display: swap")
    ]);
  }
  expect(fontStyles().match(/url\(/g)).toHaveLength(faces.length);
  expect(fontStyles()).not.toMatch(/https?:|\/\/[a-z]/i);
});

test("what stands in is of the machine, scaled, and named after the face in its list", () => {
  const standIns = rules.filter((rule) => rule.includes("stand-in") && rule.startsWith("@font-face"));
  expect(standIns.length).toBeGreaterThan(3);
  const lists = rules.find((rule) => rule.startsWith(":root"))!;
  for (const rule of standIns) {
    expect(rule).toMatch(/local\(.*size-adjust: \d+\.\d+%; ascent-override: \d+\.\d+%/);
    expect(lists).toContain(/font-family: ("[^"]+")/.exec(rule)![1]);
  }
  for (const {family} of faces) expect(lists).toContain(`: "${family}", "${family} stand-in`);
});
