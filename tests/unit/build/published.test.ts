import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {listModelFiles, listSheets, listThumbnails} from "../../../src/build/published.js";
import {makeFolder} from "./folders.js";

const empty = (names: string[]) => makeFolder(Object.fromEntries(names.map((name) => [name, ""])));

describe("listModelFiles", () => {
  test("lists what the site serves of each model, and nothing of folders without one", () => {
    const folder = empty([
      "resnet34/model.json",
      "resnet34/weights-1.bin",
      "resnet34/weights-0.bin",
      "resnet34/metadata.json",
      "resnet34/predictions.csv",
      "resnet34/history/fold-0.json",
      "resnet34/notes.txt",
      "training/train.py",
      "training/report.json"
    ]);
    expect(listModelFiles(folder)).toEqual([
      "resnet34/metadata.json",
      "resnet34/model.json",
      "resnet34/predictions.csv",
      "resnet34/weights-0.bin",
      "resnet34/weights-1.bin"
    ]);
  });

  test("is empty when there is no folder", () => {
    expect(listModelFiles(join(makeFolder(), "models"))).toEqual([]);
  });
});

describe("listSheets", () => {
  test("lists the sheets in order and nothing else", () => {
    const folder = empty(["sheet-010.webp", "sheet-002.webp", "manifest.csv", "sheet-2.webp", "sheet-002.webp.tmp"]);
    expect(listSheets(folder)).toEqual(["sheet-002.webp", "sheet-010.webp"]);
    expect(listSheets(join(folder, "gone"))).toEqual([]);
  });
});

describe("listThumbnails", () => {
  test("names a thumbnail sheet for each sheet, those of hard cells and of the shuffled order's head; none without sheets or loader", () => {
    const folder = empty(["thumbnails.zip.ts", "cells/sheet-000.webp", "cells/sheet-001.webp"]);
    const names = listThumbnails(folder);
    expect(names.slice(0, 3)).toEqual(["sheet-000.webp", "sheet-001.webp", "hard-sheet-000.webp"]);
    expect(names).toHaveLength(14);
    expect(names.slice(-2)).toEqual(["sample-sheet-000.webp", "sample-sheet-001.webp"]);
    expect(listThumbnails(empty(["cells/sheet-000.webp"]))).toEqual([]);
    expect(listThumbnails(empty(["thumbnails.zip.ts"]))).toEqual([]);
  });
});
