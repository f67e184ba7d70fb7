import {afterEach, expect, test, vi} from "vitest";
import {collectFiles} from "../../../../src/components/classifier/chosen-files.js";

type Entry = FileSystemEntry;
type Make = (parent: string) => Entry;
const file = (name: string) => new File([name], name);
const fileEntry =
  (name: string): Make =>
  (parent) =>
    ({
      isFile: true,
      isDirectory: false,
      fullPath: `${parent}/${name}`,
      file: (done: (f: File) => void) => done(file(name))
    }) as unknown as Entry;
/** A folder whose reader gives two entries at a time, as browsers give a hundred. */
const folder =
  (name: string, ...children: Make[]): Make =>
  (parent) =>
    ({
      isFile: false,
      isDirectory: true,
      createReader() {
        const rest = children.map((make) => make(`${parent}/${name}`));
        return {readEntries: (done: (entries: Entry[]) => void) => done(rest.splice(0, 2))};
      }
    }) as unknown as Entry;
const unread = (readEntries: FileSystemDirectoryReader["readEntries"]) => () =>
  ({isFile: false, isDirectory: true, createReader: () => ({readEntries})}) as unknown as Entry;
const locked = unread((_, fail) => fail!(new DOMException("locked")));
const hung = unread(() => {});
const item = (make: Make | null, name = "") => {
  const entry = make && make("");
  return {kind: "file", getAsFile: () => (entry?.isDirectory ? null : file(name)), webkitGetAsEntry: () => entry};
};
const drop = (...items: object[]) => ({items}) as unknown as DataTransfer;
const collect = async (transfer: DataTransfer) => {
  const {files, unreadable} = await collectFiles(transfer);
  return {paths: files.map(({path}) => path), names: files.map(({file: {name}}) => name), unreadable};
};
afterEach(() => void vi.useRealTimers());

test("gives the files of folders and subfolders with their paths, passes over text and counts locked folders", async () => {
  const cells = folder(
    "slides",
    fileEntry("a.png"),
    folder("p1", fileEntry("b"), fileEntry("c"), fileEntry("a.png")),
    folder("p2", fileEntry("a.png")),
    fileEntry("e")
  );
  const text = {kind: "string", getAsFile: () => null};
  const all = drop(item(null, "first"), item(cells), text, item(locked), item(fileEntry("last"), "last"));
  expect(await collect(all)).toEqual({
    paths: [
      "first",
      "slides/a.png",
      "slides/p1/b",
      "slides/p1/c",
      "slides/p1/a.png",
      "slides/p2/a.png",
      "slides/e",
      "last"
    ],
    names: ["first", "a.png", "b", "c", "a.png", "a.png", "e", "last"],
    unreadable: 1
  });
  expect(await collect(drop(text, item(folder("empty"))))).toEqual({paths: [], names: [], unreadable: 0});
});

test("a folder on a drive that does not answer is given up, and the others come", async () => {
  vi.useFakeTimers();
  const collected = collect(drop(item(hung), item(folder("slides", fileEntry("a.png")))));
  await vi.runAllTimersAsync();
  expect(await collected).toEqual({paths: ["slides/a.png"], names: ["a.png"], unreadable: 1});
});
