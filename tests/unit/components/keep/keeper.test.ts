import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {createEntry} from "../../../../src/components/classifier/entries.js";
import type {Answer, Entry} from "../../../../src/components/classifier/entries.js";
import {keptOf, keptReader} from "../../../../src/components/classifier/kept-entries.js";
import type {KeptEntry} from "../../../../src/components/classifier/kept-entries.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {createKeeper} from "../../../../src/components/keep/keeper.js";
import type {Shelf} from "../../../../src/components/keep/shelf.js";

const metadata = {
  name: "stub",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.3,
  abstain: null,
  temperature: 1,
  commit: "abc",
  files: [{path: "model.json", bytes: 1, sha256: "0"}],
  selfTest: [{p: 0.5, rgb: new Uint8ClampedArray(7500)}]
};
const answerOf = (sha256: string, probability = 0.9): Answer => ({
  network: {metadata, sha256},
  prediction: {probability, cell: new Uint8ClampedArray([1, 2, 3])} as Prediction
});
const entryOf = (name: string, more: Partial<Entry> = {}, choice = 1): Entry => ({
  ...createEntry(new File(["abc"], name), `folder/${name}`, choice),
  ...more
});

/** A shelf in memory, which clones as IndexedDB does and can fail. */
function shelfOf(fault: {all?: boolean; put?: boolean; claimed?: boolean} = {}) {
  const records = new Map<string, [IDBValidKey, KeptEntry]>();
  const fail = () => Promise.reject(new DOMException("no", "QuotaExceededError"));
  const shelf: Shelf<KeptEntry> = {
    claim: async () => !fault.claimed,
    all: () => (fault.all ? fail() : Promise.resolve([...records.values()].sort(([a], [b]) => (a < b ? -1 : 1)))),
    async put(some) {
      if (fault.put) return fail();
      for (const [key, {file, ...rest}] of some) records.set(String(key), [key, {...structuredClone(rest), file}]);
    },
    remove: async (keys) => keys.forEach((key) => records.delete(String(key))),
    clear: async () => records.clear()
  };
  return {shelf, records, fault};
}

function keeperOf(shelf: Shelf<KeptEntry>, networks = ["a", "b"]) {
  const said: string[] = [];
  const facts = {label: "uninfected", disputed: true};
  const shownOf = ({file}: Entry) => ({hasCard: true, facts: file.name.startsWith("C") ? facts : undefined});
  const recordOf = (entry: Entry) => keptOf(entry, shownOf(entry));
  const say = (sentence: string) => void said.push(sentence);
  return {keeper: createKeeper({shelf, recordOf, read: keptReader(networks), say}), said};
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what one page keeps the next finds", () => {
  test("files, answers, refusals and how they were read and shown, in the order of their choice", async () => {
    const {shelf} = shelfOf();
    const {keeper, said} = keeperOf(shelf);
    expect(await keeper.restore()).toEqual([]);
    expect(said).toEqual(["Kept in this browser, on this device, until you clear them."]);
    const refusal = new Refusal("outside", "No cell.", "0a");
    keeper.save([
      entryOf("C1.png", {early: answerOf("b"), answer: answerOf("a")}),
      entryOf("mine.png", {refusal, reading: {anyway: true}}),
      entryOf("waits.png", {}, 2)
    ]);
    await keeper.flush();
    const found = await keeperOf(shelf).keeper.restore();
    expect(found.map(({entry}) => [entry.path, entry.choice])).toEqual([
      ["folder/C1.png", 1],
      ["folder/mine.png", 1],
      ["folder/waits.png", 2]
    ]);
    expect(found[0]!.shown).toEqual({hasCard: true, facts: {label: "uninfected", disputed: true}});
    const [first, second, third] = found.map(({entry}) => entry);
    expect(first!.answer!.prediction.probability).toBe(0.9);
    expect(first!.answer!.network).toMatchObject({sha256: "a", metadata: {threshold: 0.3, selfTest: []}});
    expect(second).toMatchObject({
      refusal: {code: "outside", message: "No cell.", sha256: "0a"},
      reading: {anyway: true}
    });
    expect([third!.answer, third!.refusal, await third!.file.text()]).toEqual([undefined, undefined, "abc"]);
  });

  test("answers of one network share it, and one that is gone has its file asked about again", async () => {
    const {shelf} = shelfOf();
    const {keeper} = keeperOf(shelf);
    await keeper.restore();
    keeper.save([
      entryOf("1.png", {answer: answerOf("a")}),
      entryOf("2.png", {answer: answerOf("a")}),
      entryOf("3.png", {early: answerOf("b"), answer: answerOf("old")}),
      entryOf("4.png", {refusal: {code: "unavailable", message: "No network."}})
    ]);
    await keeper.flush();
    const [one, two, three, four] = (await keeperOf(shelf).keeper.restore()).map(({entry}) => entry);
    expect(one!.answer!.network).toBe(two!.answer!.network);
    expect([three!.early, three!.answer, four!.refusal]).toEqual([undefined, undefined, undefined]);
  });

  test("what is removed or cleared is gone, also where it was about to be written", async () => {
    const {shelf, records} = shelfOf();
    const {keeper} = keeperOf(shelf);
    await keeper.restore();
    const [one, two] = [entryOf("1.png"), entryOf("2.png")];
    keeper.save([one, two]);
    keeper.forget(one);
    await keeper.flush();
    expect([...records.values()].map(([, {path}]) => path)).toEqual(["folder/2.png"]);
    keeper.save([two]);
    keeper.clear();
    await vi.runAllTimersAsync();
    await keeper.flush();
    expect(records.size).toBe(0);
  });

  test("what was saved while the shelf was still being read is kept, and written once for many changes", async () => {
    const {shelf, records} = shelfOf();
    const put = vi.spyOn(shelf, "put");
    const {keeper} = keeperOf(shelf);
    const entry = entryOf("1.png");
    keeper.save([entry]);
    await keeper.restore();
    for (let n = 0; n < 10; n++) keeper.save([entry]);
    await vi.runAllTimersAsync();
    expect([put.mock.calls.length, records.size]).toEqual([1, 1]);
  });
});

describe("where nothing can be kept, a sentence says so", () => {
  test.each([
    ["storage is refused", {all: true}, /keeps nothing here \(a private window\?\)/],
    ["another tab keeps", {claimed: true}, /^Another tab keeps its results/]
  ])("%s", async (_, fault, sentence) => {
    const {shelf, records} = shelfOf(fault);
    const {keeper, said} = keeperOf(shelf);
    keeper.save([entryOf("0.png")]);
    expect(await keeper.restore()).toEqual([]);
    keeper.save([entryOf("1.png")]);
    keeper.clear();
    await vi.runAllTimersAsync();
    await keeper.flush();
    expect(said).toEqual([expect.stringMatching(sentence)]);
    expect(records.size).toBe(0);
  });

  test("no room is left", async () => {
    const {shelf, fault} = shelfOf({put: true});
    const {keeper, said} = keeperOf(shelf);
    await keeper.restore();
    keeper.save([entryOf("1.png")]);
    await vi.runAllTimersAsync();
    expect(said.at(-1)).toMatch(/no room left for more/);
    fault.put = false;
    keeper.clear();
    expect(said.at(-1)).toMatch(/^Kept in this browser/);
  });

  test("more files than are kept", async () => {
    const {shelf, records} = shelfOf();
    const {keeper, said} = keeperOf(shelf);
    await keeper.restore();
    keeper.save(Array.from({length: 1100}, (_, n) => entryOf(`${n}.png`)));
    await keeper.flush();
    expect(records.size).toBe(1000);
    expect(said.at(-1)).toMatch(/^Of many files the first 1,000 \(256 MB at most\) are kept/);
  });

  test("records of another version, and what is none, are let go", async () => {
    const {shelf, records} = shelfOf();
    const {keeper} = keeperOf(shelf);
    await keeper.restore();
    keeper.save([entryOf("1.png"), entryOf("2.png")]);
    await keeper.flush();
    const [first] = [...records.values()];
    Object.assign(first![1], {format: 0});
    records.set("9,9", [[9, 9], null as never]);
    expect((await keeperOf(shelf).keeper.restore()).map(({entry}) => entry.path)).toEqual(["folder/2.png"]);
    await vi.runAllTimersAsync();
    expect(records.size).toBe(1);
  });
});
