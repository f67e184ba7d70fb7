import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parquetWriteFile} from "hyparquet-writer";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readList, surveyList} from "../../../../models/score/list.js";
import type {Part} from "../../../../models/score/list.js";

let folder: string;
const paths = ["a/1.png", 'b "2",\n3.png', "細胞.png", "gone.png", "a/1.png"];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "list-"));
  mkdirSync(join(folder, "a"));
  for (const path of new Set(paths)) if (path !== "gone.png") writeFileSync(join(folder, path), `content of ${path}`);
  const quoted = paths.map((path) => `7,"${path.replaceAll('"', '""')}"`);
  writeFileSync(join(folder, "list.csv"), ["number,path", ...quoted.slice(0, 2), "7,", ...quoted.slice(2)].join("\n"));
  const filename = join(folder, "list.parquet");
  parquetWriteFile({filename, columnData: [{name: "path", data: paths, type: "STRING"}], rowGroupSize: 2});
});
afterAll(() => rmSync(folder, {recursive: true}));

async function read(list: string, part?: Partial<Part>): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for await (const {path, read: open} of readList(join(folder, list), part)) {
    const content = await open().then(
      (bytes) => new TextDecoder().decode(bytes),
      ({code}: {code: string}) => code
    );
    files.push([path, content]);
  }
  return files;
}

describe.each(["list.csv", "list.parquet"])("%s", (list) => {
  const expected = paths.map((path) => [path, path === "gone.png" ? "unreadable" : `content of ${path}`]);

  test("gives its files in order, from where it is asked", async () => {
    expect(await read(list)).toEqual(expected);
    expect(await read(list, {skip: 3})).toEqual(expected.slice(3));
    expect(await read(list, {skip: 1, count: 2})).toEqual(expected.slice(1, 3));
    expect(await read(list, {skip: 9})).toEqual([]);
  });

  test("is surveyed once, into parts that hold each file once", async () => {
    const {count, identity, parts} = await surveyList(join(folder, list), 2);
    expect([count, parts.map((part) => part.count)]).toEqual([5, [2, 2, 1]]);
    const inParts = await Promise.all(parts.map((part) => read(list, part)));
    expect(inParts.flat()).toEqual(expected);
    expect(await surveyList(join(folder, list))).toMatchObject({count, identity, parts: [{count: 5}]});
  });
});

test("both kinds of one list are the same run; another order is another", async () => {
  const identities = ["list.csv", "list.parquet"].map(async (list) => (await surveyList(join(folder, list))).identity);
  const [csv, parquet] = await Promise.all(identities);
  expect(csv).toBe(parquet);
  writeFileSync(join(folder, "turned.csv"), "細胞.png\na/1.png\n");
  writeFileSync(join(folder, "plain.csv"), "a/1.png\n細胞.png\n");
  const plain = await surveyList(join(folder, "plain.csv"));
  expect(plain.count).toBe(2);
  expect((await surveyList(join(folder, "turned.csv"))).identity).not.toBe(plain.identity);
});

test("a list may say where a file lies, or hold its content", async () => {
  writeFileSync(join(folder, "places.csv"), "path,place\nslide/1.png,a/1.png\n");
  expect(await read("places.csv")).toEqual([["slide/1.png", "content of a/1.png"]]);
  const bytes = [new TextEncoder().encode("one"), new Uint8Array(20_000_001)];
  const columns = {name: "bytes", data: bytes, type: "BYTE_ARRAY"} as const;
  parquetWriteFile({filename: join(folder, "bytes.parquet"), columnData: [columns]});
  expect(await read("bytes.parquet")).toEqual([
    ["row 0", "one"],
    ["row 1", "too-large"]
  ]);
  expect((await surveyList(join(folder, "bytes.parquet"))).count).toBe(2);
});

test("an empty list has no files; what is no Parquet gets a sentence", async () => {
  writeFileSync(join(folder, "empty.csv"), "");
  writeFileSync(join(folder, "names.csv"), "path\n");
  for (const list of ["empty.csv", "names.csv"]) {
    expect(await surveyList(join(folder, list))).toMatchObject({count: 0, parts: []});
  }
  writeFileSync(join(folder, "broken.parquet"), "PAR1 and no more");
  await expect(surveyList(join(folder, "broken.parquet"))).rejects.toThrow(
    /broken\.parquet cannot be read as a Parquet list .*Write it with Snappy/
  );
});
