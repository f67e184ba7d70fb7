import {expect, test} from "vitest";
import {describeLeftOut, isBesidePictures} from "../../../../src/components/classifier/left-out.js";

test("what systems and people keep beside pictures is told by its name, in whatever folder", () => {
  const beside = [
    ".DS_Store",
    "a/.DS_Store",
    "a/._cell_1.png",
    "Thumbs.db",
    "a/b/thumbs.db",
    "desktop.ini",
    "labels.CSV"
  ];
  const pictures = ["a/cell_1.png", "Thumbs.db.png", "a.csv/cell.png", ".hidden.png", "x._cell.png", "notes.txt", ""];
  expect([...beside, "__MACOSX/a/cell.png"].filter((path) => !isBesidePictures(path))).toEqual([]);
  expect(pictures.filter(isBesidePictures)).toEqual([]);
});

test("what of a choice was left out is said, and nothing where all was taken", () => {
  const none = {beside: 0, unreadable: 0, chosen: 3, most: 3};
  expect(describeLeftOut(none)).toBe("");
  expect(describeLeftOut({...none, beside: 1200})).toMatch(/^1,200 skipped, which/);
  expect(describeLeftOut({...none, unreadable: 2, chosen: 4})).toMatch(
    /^2 folders or files could not be opened.* Only the first 3 of 4 files were taken\./
  );
});
