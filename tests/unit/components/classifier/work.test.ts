import {expect, test, vi} from "vitest";
import type {FileOptions} from "../../../../src/components/classifier/client.js";
import {createEntry} from "../../../../src/components/classifier/entries.js";
import type {Answer, Entry} from "../../../../src/components/classifier/entries.js";
import {createWork} from "../../../../src/components/classifier/work.js";
import {Refusal} from "../../../../src/components/image/refusal.js";

interface Asked extends FileOptions {
  name: string;
  resolve: (answer: Answer) => void;
  reject: (refusal: Refusal) => void;
}

function setUp() {
  const asked: Asked[] = [];
  const told: string[] = [];
  const name = ({file}: Entry) => file.name;
  const work = createWork({
    classifier: {
      classify: (file, options = {}) =>
        new Promise((resolve, reject) => asked.push({name: (file as File).name, ...options, resolve, reject}))
    },
    onEarly: (entry) => told.push(`early ${name(entry)}`),
    onSettled: (entry) => told.push(`settled ${name(entry)}`),
    onChange: (changed) => told.push(`changed ${changed.map(name).join()}`)
  });
  const add = (...names: string[]) => {
    const onDone = vi.fn();
    work.add(
      names.map((each) => ({file: new File(["x"], each), path: each})),
      () => {},
      onDone
    );
    return onDone;
  };
  return {work, asked, told, add};
}

const answer = {} as Answer;
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("files are asked about in their order; who listens is told of each early and each standing answer", async () => {
  const {work, asked, told, add} = setUp();
  const onDone = add("a", "b");
  expect([asked.map(({name}) => name), work.waiting]).toEqual([["a", "b"], 2]);
  asked[1]!.onEarly!(answer);
  asked[1]!.resolve(answer);
  asked[0]!.reject(new Refusal("damaged", "Damaged."));
  await settled();
  expect(told).toEqual(["changed a,b", "early b", "changed b", "settled b", "changed b", "settled a", "changed a"]);
  expect(onDone).toHaveBeenCalledOnce();
  expect(work.entries.map(({answer: given, refusal}) => [given, refusal?.code])).toEqual([
    [undefined, "damaged"],
    [answer, undefined]
  ]);
});

test("what is asked again, cancelled or removed no longer waits for its first answer", async () => {
  const {work, asked, told, add} = setUp();
  add("a", "b", "c");
  const [a, b, c] = work.entries as [Entry, Entry, Entry];
  work.again(a, {anyway: true});
  work.remove(b);
  expect(work.cancel()).toEqual([a, c]);
  expect(asked.map(({signal}) => signal!.aborted)).toEqual([true, true, true, true]);
  expect([a.refusal!.code, c.refusal!.code, work.waiting]).toEqual(["cancelled", "cancelled", 0]);
  told.length = 0;
  for (const {resolve} of asked) resolve(answer);
  await settled();
  expect([told, a.answer, work.entries]).toEqual([[], undefined, [a, c]]);
});

test("what an earlier page left comes first, and only what waited is asked about", () => {
  const {work, asked, add} = setUp();
  add("new");
  const [done, waiting] = [createEntry(new File([], "done")), createEntry(new File([], "waiting"))];
  done.answer = answer;
  work.restore([done, waiting]);
  expect(work.entries.map(({file}) => file.name)).toEqual(["done", "waiting", "new"]);
  expect(asked.map(({name}) => name)).toEqual(["new", "waiting"]);
});

test("those without a network are asked again once there is one, those who wait once somebody else answers", async () => {
  const {work, asked, add} = setUp();
  add("a", "b");
  asked[0]!.reject(new Refusal("unavailable", "No network."));
  await settled();
  work.askRefused();
  work.askWaiting();
  expect(asked.map(({name, signal}) => [name, signal!.aborted])).toEqual([
    ["a", false],
    ["b", true],
    ["a", true],
    ["b", false],
    ["a", false]
  ]);
  work.clear();
  expect([work.entries, work.waiting]).toEqual([[], 0]);
});
