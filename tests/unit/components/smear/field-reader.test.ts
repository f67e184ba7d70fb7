import {describe, expect, test} from "vitest";
import type {WorkerLike} from "../../../../src/components/classifier/protocol.js";
import type {FieldReply, FieldRequest, FinderState} from "../../../../src/components/smear/field-protocol.js";
import {createFieldReader} from "../../../../src/components/smear/field-reader.js";
import type {FieldReading} from "../../../../src/components/smear/read-field.js";

const source = {base: "finder/", sha256: "aa"};
const file = new Blob(["a"]);

/** A worker that records what it is sent and replies when told to. */
class StubWorker implements WorkerLike {
  requests: FieldRequest[] = [];
  ended = false;
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  postMessage(request: FieldRequest): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
  reply(data: FieldReply): void {
    this.onmessage!.call(this as unknown as Worker, {data} as MessageEvent<FieldReply>);
  }
  get asked(): [string, number][] {
    return this.requests.flatMap((request) => (request.type === "load" ? [] : [[request.type, request.id]]));
  }
}

function open() {
  const workers: StubWorker[] = [];
  const states: FinderState[] = [];
  const reader = createFieldReader({
    source,
    onFinder: (state) => states.push(state),
    createWorker: () => workers[workers.push(new StubWorker()) - 1]!
  });
  return {reader, workers, states};
}

const fieldOf = (sha256: string) => ({sha256}) as FieldReading;
function bitmap() {
  const picture = {closed: false, close: () => void (picture.closed = true)};
  return picture as typeof picture & ImageBitmap;
}

describe("the reader of fields", () => {
  test("loads the finder at once, and asks about one file at a time", async () => {
    const {reader, workers, states} = open();
    const stages: unknown[] = [];
    const pictures: ImageBitmap[] = [];
    const first = reader.find(file, {
      onStage: (...stage) => stages.push(stage),
      onPicture: (picture) => pictures.push(picture)
    });
    const second = reader.find(file);
    const [worker] = workers as [StubWorker];
    expect(worker.requests[0]).toEqual({type: "load", source});
    expect(worker.asked).toEqual([["find", 1]]);
    const shown = bitmap();
    worker.reply({type: "finder", finder: {state: "loading", loaded: 5, total: 10}});
    worker.reply({type: "stage", id: 1, stage: "finding", share: 0.3});
    worker.reply({type: "picture", id: 1, picture: shown});
    worker.reply({type: "field", id: 1, field: fieldOf("aa")});
    expect(await first).toEqual({sha256: "aa"});
    expect(states).toEqual([{state: "loading", loaded: 5, total: 10}]);
    expect([stages, pictures, shown.closed]).toEqual([[["finding", 0.3]], [shown], false]);
    worker.reply({type: "refusal", id: 2, code: "damaged", message: "This is damaged."});
    await expect(second).rejects.toMatchObject({code: "damaged", message: "This is damaged."});
    expect(worker.asked.length).toBe(2);
  });

  test("shows a picture, and opens a saved smear, before the files that wait", async () => {
    const {reader, workers} = open();
    void reader.find(file);
    void reader.find(file);
    const shown = reader.show(file);
    const opened = reader.open(file);
    const [worker] = workers as [StubWorker];
    worker.reply({type: "field", id: 1, field: fieldOf("aa")});
    expect(worker.asked.at(-1)).toEqual(["open", 4]);
    worker.reply({type: "opened", id: 4, fields: []});
    expect(worker.asked.at(-1)).toEqual(["show", 3]);
    const picture = bitmap();
    worker.reply({type: "picture", id: 3, picture});
    expect([await opened, await shown]).toEqual([[], picture]);
    expect(worker.asked.at(-1)).toEqual(["find", 2]);
  });

  test("cuts cells out of a file before the files that wait, and says how far it is", async () => {
    const {reader, workers} = open();
    void reader.find(file);
    void reader.find(file);
    const request = {typical: null, cells: []};
    const stages: string[] = [];
    const cut = reader.cut(file, request, {onStage: (stage) => stages.push(stage)});
    const [worker] = workers as [StubWorker];
    worker.reply({type: "field", id: 1, field: fieldOf("aa")});
    expect(worker.requests.at(-1)).toEqual({type: "cut", id: 3, file, request});
    worker.reply({type: "stage", id: 3, stage: "cutting", share: 0});
    worker.reply({type: "cut", id: 3, pictures: []});
    expect([await cut, stages]).toEqual([[], ["cutting"]]);
    expect(worker.asked.at(-1)).toEqual(["find", 2]);
  });

  test("throws away what comes of a file that is cancelled, and does not read one that waits", async () => {
    const {reader, workers} = open();
    const ended = new AbortController();
    const pictures: ImageBitmap[] = [];
    const both = [1, 2].map(() =>
      reader.find(file, {signal: ended.signal, onPicture: (picture) => pictures.push(picture)})
    );
    const third = reader.find(file);
    ended.abort(new Error("Cancelled."));
    for (const each of both) await expect(each).rejects.toThrow("Cancelled.");
    const [worker] = workers as [StubWorker];
    const late = bitmap();
    worker.reply({type: "picture", id: 1, picture: late});
    worker.reply({type: "field", id: 1, field: fieldOf("aa")});
    expect([pictures, late.closed]).toEqual([[], true]);
    expect(worker.asked).toEqual([
      ["find", 1],
      ["find", 3]
    ]);
    worker.reply({type: "field", id: 3, field: fieldOf("cc")});
    expect((await third).sha256).toBe("cc");
  });

  test("a worker that ends costs the file under way, and the next goes to a new one", async () => {
    const {reader, workers} = open();
    const [first, second] = [reader.find(file), reader.find(file)];
    workers[0]!.onerror!.call(workers[0] as unknown as Worker, {} as ErrorEvent);
    await expect(first).rejects.toThrow(/perhaps for want of memory.*try it once more/);
    expect([workers.length, workers[0]!.ended, workers[1]!.asked]).toEqual([2, true, [["find", 2]]]);
    workers[1]!.reply({type: "field", id: 2, field: fieldOf("bb")});
    expect((await second).sha256).toBe("bb");
    reader.dispose();
    expect(workers[1]!.ended).toBe(true);
  });
});
