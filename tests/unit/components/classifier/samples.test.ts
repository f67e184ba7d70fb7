import {execFileSync} from "node:child_process";
import {readFileSync, readdirSync} from "node:fs";
import {expect, test, describe, vi} from "vitest";
import {datasetCell, fieldSamples, readSamples, sheetsFrom} from "../../../../src/components/classifier/samples.js";
import type {StoredSample} from "../../../../src/components/classifier/samples.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {readManifest} from "../../../../src/data/loaders/manifest.js";
import {packCells} from "../../../../src/data/loaders/pack.js";
import {bufferOf} from "../explorer/support.js";

const folder = "src/data/samples/classify";

test("the page's samples are the committed pictures, byte for byte and by name, with what is known of them", async () => {
  const script = `${folder}/samples.json.ts`;
  const written = execFileSync(process.execPath, ["--import", "tsx", script], {encoding: "utf8"});
  const stored: StoredSample[] = JSON.parse(written);
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const samples = readSamples(stored);
  expect(samples.map(({file}) => file.name)).toEqual([...names].sort());
  expect(samples.length).toBe(12);
  expect(new Set(samples.map(({title}) => title)).size).toBe(12);
  for (const [n, {file, ...facts}] of samples.entries()) {
    expect(Buffer.from(await file.arrayBuffer()).equals(readFileSync(`${folder}/${file.name}`)), file.name).toBe(true);
    expect(file.type).toBe("image/png");
    const {title, label, disputed, kind} = stored[n]!;
    expect(facts).toEqual({title, label, disputed, kind});
  }
});

const manifest = readManifest();
const packed = bufferOf(packCells(manifest));
const sheet = {close: () => {}} as ImageBitmap;

function find(name: string, loadSheet = vi.fn(async () => sheet)) {
  const cut = vi.fn(async () => new Blob(["png"]));
  return {loadSheet, cut, found: datasetCell(name, {cells: async () => packed, loadSheet, testFold: 0, cut})};
}

describe("datasetCell", () => {
  test.each([0, 300, manifest.length - 1])("finds cell %i, where it lies and what is known of it", async (place) => {
    const {file, label, disputed, fold, sheet: number, slot} = manifest[place]!;
    const {found, loadSheet, cut} = find(file);
    expect(await found).toMatchObject({file: {name: file}, label, disputed, learned: fold !== 0});
    expect(loadSheet).toHaveBeenCalledExactlyOnceWith(number);
    expect(cut).toHaveBeenCalledExactlyOnceWith(sheet, (slot % 16) * 50, Math.floor(slot / 16) * 50);
  });

  test("an unknown name gets a sentence, and no sheet is fetched", async () => {
    const {found, loadSheet} = find("<b>C1</b>.png");
    expect(await found).toContain("“<b>C1</b>.png”, which is not in the data set");
    expect(loadSheet).not.toHaveBeenCalled();
  });

  test("a sheet that does not come gets a sentence", async () => {
    const failing = vi.fn(() => Promise.reject(new Error("the server answered 500")));
    expect(await find(manifest[0]!.file, failing).found).toMatch(/did not load \(the server answered 500\)\. Reload/);
  });

  test("pixels that cannot be had get the reason and what to do", async () => {
    const failing = vi.fn(() => Promise.reject(new Refusal("hidden", "This browser hides pixels. Allow them.")));
    const {file} = manifest[0]!;
    expect(await find(file, failing).found).toBe(
      `The cell “${file}” cannot be read. This browser hides pixels. Allow them.`
    );
  });
});

test("a field is fetched when it is tried, as a file of its own name", async () => {
  let fetched = 0;
  const blob = async () => {
    fetched += 1;
    return new Blob(["jpeg"]);
  };
  const [sample] = fieldSamples([["8 %", {name: "../data/samples/composed-8.jpg", blob}]]);
  expect([sample!.title, fetched]).toEqual(["8 %", 0]);
  const file = await sample!.load();
  expect([file.name, file.type, await file.text(), fetched]).toEqual(["composed-8.jpg", "image/jpeg", "jpeg", 1]);
});

test("a sheet is asked for by its number, in its folder", async () => {
  const ask = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null, {status: 404}));
  try {
    await expect(sheetsFrom("https://here/data/")(7)).rejects.toThrow("404");
    expect(ask.mock.calls.map(([url]) => url)).toEqual(["https://here/data/sheet-007.webp"]);
  } finally {
    ask.mockRestore();
  }
});
