import {writeFileSync} from "node:fs";
import path from "node:path";
import {expect, test} from "vitest";
import {readMetadata} from "../../../../src/data/loaders/metadata.js";
import {makeDirectory} from "./fixture.js";

const metadata = {
  name: "resnet34",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.4,
  files: [{path: "model.json", bytes: 10, sha256: "0".repeat(64)}],
  seed: 7
};

function write(value: object): string {
  const directory = makeDirectory();
  writeFileSync(path.join(directory, "metadata.json"), JSON.stringify(value));
  return directory;
}

test("what is known is checked, the rest passed on", () => {
  expect(readMetadata(write(metadata))).toEqual(metadata);
  expect(readMetadata(write({...metadata, threshold: undefined})).threshold).toBeNull();
});

test.each([
  [{name: 3}, "name must be a text"],
  [{labels: ["uninfected", "parasitized"]}, "labels must be parasitized, uninfected"],
  [{positive: "uninfected"}, "positive must be parasitized"],
  [{threshold: 1.5}, "threshold must be a number from 0 to 1, but is 1.5"],
  [{files: []}, "files must be a list with at least one entry"],
  [{files: [{...metadata.files[0], sha256: "abc"}]}, "files[0] must have a path"]
])("bad metadata is named: %j", (change, sentence) => {
  const read = () => readMetadata(write({...metadata, ...change}));
  expect(read).toThrow("metadata.json: ");
  expect(read).toThrow(sentence);
});
