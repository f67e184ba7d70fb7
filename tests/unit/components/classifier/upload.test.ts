import {expect, test} from "vitest";
import {collectFiles} from "../../../../src/components/classifier/upload.js";

type Entry = FileSystemEntry;
const file = (name: string) => new File([name], name);
const fileEntry = (name: string) =>
  ({isFile: true, isDirectory: false, file: (done: (f: File) => void) => done(file(name))}) as unknown as Entry;
/** A folder whose reader gives two entries at a time, as browsers give a hundred. */
const folder = (...children: Entry[]) =>
  ({
    isFile: false,
    isDirectory: true,
    createReader() {
      const rest = [...children];
      return {readEntries: (done: (entries: Entry[]) => void) => done(rest.splice(0, 2))};
    }
  }) as unknown as Entry;
const locked = {
  isFile: false,
  isDirectory: true,
  createReader: () => ({readEntries: (_: unknown, fail: (error: Error) => void) => fail(new Error("locked"))})
} as unknown as Entry;
const item = (entry: Entry | null, name = "") => ({
  kind: "file",
  getAsFile: () => (entry?.isDirectory ? null : file(name)),
  webkitGetAsEntry: () => entry
});
const drop = (...items: object[]) => ({items}) as unknown as DataTransfer;
const names = async (transfer: DataTransfer) => (await collectFiles(transfer)).map(({name}) => name);

test("gives the files of folders and subfolders at their place, and passes over text and locked folders", async () => {
  const cells = folder(fileEntry("a"), folder(fileEntry("b"), fileEntry("c"), fileEntry("d")), fileEntry("e"));
  const text = {kind: "string", getAsFile: () => null};
  expect(await names(drop(item(null, "first"), item(cells), text, item(locked), item(fileEntry("x"), "last")))).toEqual(
    ["first", "a", "b", "c", "d", "e", "last"]
  );
  expect(await names(drop(text, item(folder())))).toEqual([]);
});
