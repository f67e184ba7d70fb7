import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {CHOICES, NETWORKS, networkTitle} from "../../../../src/components/classifier/networks.js";

test("networks are called as people know them, whatever else a file may be called", () => {
  expect(["student", "resnet34", "tiny", "toString"].map((name) => networkTitle({name}))).toEqual([
    "The student",
    "ResNet-34",
    "The network",
    "The network"
  ]);
});

test("each choice asks networks that there are, each network has a line of its own, and can be chosen alone", () => {
  const names = Object.keys(NETWORKS);
  for (const {asked} of Object.values(CHOICES)) for (const name of asked) expect(names).toContain(name);
  expect(new Set(Object.values(NETWORKS).map(({testId}) => testId)).size).toBe(names.length);
  for (const name of names) expect(CHOICES[name as keyof typeof NETWORKS].asked).toEqual([name]);
});

test.each(Object.entries(NETWORKS))("%s has the size that is named", (name, {megabytes}) => {
  const {files} = JSON.parse(readFileSync(`models/${name}/metadata.json`, "utf8")) as {files: {bytes: number}[]};
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  expect(Math.abs(bytes / 1e6 - megabytes)).toBeLessThan(megabytes > 1 ? 1 : 0.1);
});
