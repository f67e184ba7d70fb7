import {expect, test, vi} from "vitest";
import type {Shelf} from "../../../../src/components/keep/shelf.js";
import {createKeptSmear} from "../../../../src/components/smear/kept-smear.js";
import type {KeptField} from "../../../../src/components/smear/kept-smear.js";
import {addField, emptyReview, markCell, moveField, removeField} from "../../../../src/components/smear/review.js";
import {fieldWith, judgedAt} from "./support.js";

const [A, B] = ["a".repeat(64), "b".repeat(64)];
const pixels = new Uint8ClampedArray(7500).fill(7);
const first = fieldWith([judgedAt(20, 20, 0.9, {pixels}), judgedAt(60, 20, 0.1)]);
const second = fieldWith([judgedAt(30, 30, 0.8)], {sha256: B, name: "second.png"});
const both = addField(addField(emptyReview, first).review, second).review;
const files = new Map([[A, new Blob(["one"])]]);

/** A shelf in memory that clones as IndexedDB does. */
function shelfOf(records = new Map<string, [IDBValidKey, KeptField]>()) {
  const puts: string[] = [];
  const shelf: Shelf<KeptField> = {
    claim: async () => true,
    all: async () => [...records.values()],
    async put(some) {
      for (const [key, {file, ...rest}] of some) {
        puts.push(rest.field.name);
        records.set(String(key), [key, {...structuredClone(rest), file}]);
      }
    },
    remove: async (keys) => keys.forEach((key) => records.delete(String(key))),
    clear: async () => records.clear()
  };
  return {shelf, records, puts};
}

test("a smear is there for the next page: fields in order, files, marks and pixels", async () => {
  const {shelf, records, puts} = shelfOf();
  const said: string[] = [];
  const kept = createKeptSmear({shelf, say: (sentence) => said.push(sentence)});
  expect(await kept.restore()).toEqual([]);
  kept.follow(both.fields, (sha256) => files.get(sha256));
  const moved = moveField(markCell(both, A, 0, "uninfected"), B, -1);
  kept.follow(moved.fields, (sha256) => files.get(sha256));
  await kept.flush();
  expect(said).toEqual(["Kept in this browser, on this device, until you clear them."]);
  expect(puts.sort()).toEqual(["field.jpg", "second.png"]);

  const next = createKeptSmear({shelf: shelfOf(records).shelf, say: () => {}});
  const found = await next.restore();
  expect(found.map(({field}) => field)).toEqual(moved.fields);
  expect(found.map(({file}) => file.size)).toEqual([0, 3]);
});

test("only what has changed is written, and what is taken out is gone", async () => {
  const {shelf, records, puts} = shelfOf();
  const kept = createKeptSmear({shelf, say: () => {}});
  await kept.restore();
  const follow = async (review: typeof both) => {
    puts.length = 0;
    kept.follow(review.fields, (sha256) => files.get(sha256));
    await kept.flush();
    return puts;
  };
  expect(await follow(both)).toEqual(["field.jpg", "second.png"]);
  const blobs = vi.spyOn(globalThis, "Blob");
  expect(await follow(both)).toEqual([]);
  expect(blobs).not.toHaveBeenCalled();
  blobs.mockRestore();
  const marked = markCell(both, B, 0, "no cell");
  expect(await follow(marked)).toEqual(["second.png"]);
  files.set(B, new Blob(["two"]));
  expect(await follow(marked)).toEqual(["second.png"]);
  await follow(removeField(marked, A));
  await vi.waitFor(() => expect([...records.values()].map(([, {field}]) => field.name)).toEqual(["second.png"]));
  await follow(emptyReview);
  await vi.waitFor(() => expect(records.size).toBe(0));
});

test("what another version kept is removed", async () => {
  const {shelf, records} = shelfOf();
  records.set("1,0", [[1, 0], {format: 0} as KeptField]);
  const kept = createKeptSmear({shelf, say: () => {}});
  expect(await kept.restore()).toEqual([]);
  await vi.waitFor(() => expect(records.size).toBe(0));
});
