import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import JSZip from "jszip";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openFiles} from "../../../../models/score/files.js";
import type {ScoredFiles} from "../../../../models/score/files.js";

const contents = {
  "b/cell_1.png": "b1",
  "a/cell_1.png": "a1",
  "a/細胞.png": "a2",
  "a/.DS_Store": "x",
  "a/._cell_1.png": "x",
  "Thumbs.db": "x",
  "labels.csv": "file,path\nfirst,slides/b/cell_1.png\nsecond,slides/gone.png\n"
};
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "score-files-"));
  const zip = new JSZip();
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, "slides", path)), {recursive: true});
    writeFileSync(join(root, "slides", path), content);
    zip.file(`slides/${path}`, content);
  }
  zip.file("slides/large.png", Buffer.alloc(20_000_001));
  writeFileSync(join(root, "slides.zip"), await zip.generateAsync({type: "nodebuffer", compression: "DEFLATE"}));
  writeFileSync(join(root, "list.csv"), contents["labels.csv"]);
  writeFileSync(join(root, "plain.csv"), "slides/a/cell_1.png\nslides/b/cell_1.png\n");
  writeFileSync(join(root, "broken.zip"), "PK\x03\x04");
});
afterAll(() => rmSync(root, {recursive: true}));

async function readAll({files, count, skipped, close}: ScoredFiles) {
  const read: [string, string][] = [];
  for await (const file of files()) {
    const content = await file.read().then(
      (bytes) => new TextDecoder().decode(bytes),
      ({code}: {code: string}) => code
    );
    read.push([file.path, content]);
  }
  const later: string[] = [];
  for await (const {path} of files(1)) later.push(path);
  expect(later).toEqual(read.slice(1).map(([path]) => path));
  expect(count).toBe(read.length);
  await close();
  return {read, skipped};
}

test("a folder gives its pictures by their paths in order, what lies beside them counted", async () => {
  expect(await readAll(await openFiles(join(root, "slides")))).toEqual({
    read: [
      ["slides/a/cell_1.png", "a1"],
      ["slides/a/細胞.png", "a2"],
      ["slides/b/cell_1.png", "b1"]
    ],
    skipped: 4
  });
});

test("an archive gives the same, and refuses unread what is too large", async () => {
  const {read, skipped} = await readAll(await openFiles(join(root, "slides.zip")));
  expect(new Map(read)).toEqual(
    new Map([
      ["slides/b/cell_1.png", "b1"],
      ["slides/a/cell_1.png", "a1"],
      ["slides/a/細胞.png", "a2"],
      ["slides/large.png", "too-large"]
    ])
  );
  expect(skipped).toBe(4);
  await expect(openFiles(join(root, "broken.zip"))).rejects.toThrow(/broken\.zip cannot be read as a zip archive/);
});

test("a list gives the files of its column of paths, one that is missing as unreadable; without names its first column", async () => {
  expect((await readAll(await openFiles(join(root, "list.csv")))).read).toEqual([
    ["slides/b/cell_1.png", "b1"],
    ["slides/gone.png", "unreadable"]
  ]);
  expect((await readAll(await openFiles(join(root, "plain.csv")))).read).toEqual([
    ["slides/a/cell_1.png", "a1"],
    ["slides/b/cell_1.png", "b1"]
  ]);
});

test("what is not there gets a sentence", async () => {
  await expect(openFiles(join(root, "none"))).rejects.toThrow(/^There is no .*none\. Give a folder/);
});
