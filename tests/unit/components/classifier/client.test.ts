import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {createClassifier} from "../../../../src/components/classifier/client.js";
import type {WorkerLike} from "../../../../src/components/classifier/client.js";
import type {ModelState, Prediction, Reply, Request} from "../../../../src/components/classifier/protocol.js";

const prediction = {probability: 0.5} as Prediction;
const ready = {type: "model", model: {state: "ready", backend: "webgl", milliseconds: 10}} as Reply;
const slow = {type: "model", model: {state: "ready", backend: "cpu", milliseconds: 600}} as Reply;
const patience = 1000;

/** A worker that records what it is sent and replies when told to. */
class StubWorker implements WorkerLike {
  requests: Request[] = [];
  ended = false;
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  postMessage(request: Request): void {
    this.requests.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
  reply(data: Reply): void {
    this.onmessage!.call(this as unknown as Worker, {data} as MessageEvent<Reply>);
  }
  /** Ids of the files it was given. */
  get ids(): number[] {
    return this.requests.flatMap((request) => (request.type === "classify" ? [request.id] : []));
  }
}

function setUp() {
  const workers: StubWorker[] = [];
  const states: ModelState[] = [];
  const classifier = createClassifier({
    source: {base: "", sha256: ""},
    onModel: (state) => states.push(state),
    createWorker: () => workers[workers.push(new StubWorker()) - 1]!,
    patience
  });
  classifier.load();
  return {classifier, workers, states, worker: () => workers.at(-1)!};
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the page's side", () => {
  test("waits for the model, then sends some files ahead of the answers, in order, on slow devices one", async () => {
    for (const [state, sent] of [
      [ready, 24],
      [slow, 2]
    ] as const) {
      const {classifier, worker} = setUp();
      const ids = Array.from({length: 40}, (_, n) => n + 1);
      ids.forEach(() => void classifier.classify(new Blob()));
      expect(worker().ids).toEqual([]);
      worker().reply(state);
      expect(worker().ids).toEqual(ids.slice(0, sent));
      for (const id of ids) {
        worker().reply({type: "answer", id, answer: prediction});
        expect(worker().ids).toEqual(ids.slice(0, sent + id));
      }
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  test("passes answers and refusals on, in whatever order they come", async () => {
    const {classifier, worker} = setUp();
    const answers = [1, 2, 3].map(() => classifier.classify(new Blob()));
    worker().reply(ready);
    worker().reply({type: "answer", id: 3, answer: prediction});
    worker().reply({type: "refusal", id: 2, code: "damaged", message: "This is damaged."});
    expect(vi.getTimerCount()).toBe(1);
    worker().reply({type: "answer", id: 1, answer: prediction});
    await expect(answers[0]).resolves.toBe(prediction);
    await expect(answers[1]).rejects.toMatchObject({code: "damaged", message: "This is damaged."});
    await expect(answers[2]).resolves.toBe(prediction);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a question about an answered cell goes before the files that wait", async () => {
    const {classifier, worker} = setUp();
    worker().reply(slow);
    for (let n = 0; n < 4; n++) void classifier.classify(new Blob());
    const views = classifier.views(new Uint8ClampedArray(7500));
    worker().reply({type: "answer", id: 1, answer: prediction});
    expect(worker().requests.at(-1)).toMatchObject({type: "views", id: 5});
    worker().reply({type: "answer", id: 5, answer: [0.1, 0.2]});
    expect(await views).toEqual([0.1, 0.2]);
    expect(worker().ids).toEqual([1, 2, 3]);
  });

  test("an aborted file is never sent", () => {
    const {classifier, worker} = setUp();
    const controller = new AbortController();
    void classifier.classify(new Blob(), controller.signal);
    void classifier.classify(new Blob());
    controller.abort();
    worker().reply(ready);
    expect(worker().ids).toEqual([2]);
  });

  test("a hung worker is replaced and the file tried again; the second time it gets a sentence", async () => {
    const {classifier, workers, states, worker} = setUp();
    const hung = expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "timed-out"});
    const later = classifier.classify(new Blob());
    worker().reply(ready);
    vi.advanceTimersByTime(patience);
    expect(workers.map(({ended}) => ended)).toEqual([true, false]);
    worker().reply(ready);
    expect(worker().ids).toEqual([1]);
    vi.advanceTimersByTime(patience);
    await hung;
    expect(worker().requests[0]).toMatchObject({type: "load", backends: ["wasm", "cpu"]});
    worker().reply(ready);
    expect(states.at(-1)).toMatchObject({note: "WebGL stopped twice, so it is not used for now."});
    worker().reply({type: "answer", id: 2, answer: prediction});
    await expect(later).resolves.toBe(prediction);
  });

  test("files under way when a worker ends are tried again each by itself, and only the one that ends it is refused", async () => {
    const {classifier, worker} = setUp();
    const bad = 3;
    const answers = [1, 2, 3, 4].map(() => classifier.classify(new Blob()));
    const refused = expect(answers[bad - 1]).rejects.toMatchObject({code: "engine"});
    worker().reply(ready);
    expect(worker().ids).toEqual([1, 2, 3, 4]);
    worker().reply({type: "lost", reason: "No memory."});
    worker().reply(ready);
    for (const id of [1, 2]) {
      expect(worker().ids).toEqual(id === 1 ? [1] : [1, 2]);
      worker().reply({type: "answer", id, answer: prediction});
    }
    expect(worker().ids).toEqual([1, 2, bad]);
    worker().reply({type: "lost", reason: "No memory."});
    await refused;
    for (let n = 0; n < 30; n++) answers.push(classifier.classify(new Blob()));
    worker().reply(ready);
    expect(worker().ids).toEqual([4]);
    worker().reply({type: "answer", id: 4, answer: prediction});
    expect(worker().ids.length).toBe(25);
    for (const id of worker().ids) worker().reply({type: "answer", id, answer: prediction});
    await expect(Promise.all([0, 1, 3, 4, 27].map((n) => answers[n]))).resolves.toHaveLength(5);
  });

  test("a lost engine replaces the worker at once, with what was downloaded; the old one is no longer heard", async () => {
    const {classifier, workers, states, worker} = setUp();
    const content = new Blob(["weights"]);
    worker().reply({type: "kept", path: "weights.bin", content});
    const answer = classifier.classify(new Blob());
    worker().reply(ready);
    worker().reply({type: "lost", reason: "No memory."});
    expect(workers.length).toBe(2);
    expect(worker().requests[0]).toMatchObject({
      backends: ["webgl", "wasm", "cpu"],
      kept: new Map([["weights.bin", content]])
    });
    workers[0]!.reply({type: "lost", reason: "No memory."});
    workers[0]!.reply({type: "answer", id: 1, answer: {...prediction}});
    expect(workers.length).toBe(2);
    worker().reply(ready);
    expect(states.at(-1)).toMatchObject({note: "WebGL stopped and was started anew."});
    worker().reply({type: "answer", id: 1, answer: prediction});
    await expect(answer).resolves.toBe(prediction);
  });

  test("after a failure waiting and further files get a sentence, and load starts anew", async () => {
    const {classifier, workers, states, worker} = setUp();
    const waiting = expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "unavailable"});
    worker().reply({type: "model", model: {state: "failed", message: "No connection."}});
    await waiting;
    await expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "unavailable"});
    expect(states.at(-1)).toEqual({state: "failed", message: "No connection."});
    classifier.load();
    worker().reply(ready);
    expect(workers.length).toBe(2);
    expect(states.at(-1)).toMatchObject({state: "ready"});
  });

  test("another backend comes first when it is chosen, and the files under way and waiting are asked again", async () => {
    const {classifier, workers, worker} = setUp();
    expect(worker().requests[0]).toMatchObject({backends: ["webgl", "wasm", "cpu"], compare: true});
    const answers = [1, 2].map(() => classifier.classify(new Blob()));
    worker().reply(ready);
    classifier.load("cpu");
    expect(workers.map(({ended}) => ended)).toEqual([true, false]);
    expect(worker().requests).toMatchObject([{type: "load", backends: ["cpu", "webgl", "wasm"], compare: false}]);
    worker().reply(ready);
    expect(worker().ids).toEqual([1, 2]);
    for (const id of [1, 2]) worker().reply({type: "answer", id, answer: prediction});
    expect(await Promise.all(answers)).toEqual([prediction, prediction]);
  });

  test("an engine that fails twice at a file is not asked a third time, and the next backend goes on", async () => {
    const {classifier, worker} = setUp();
    const answers = [1, 2].map(() => classifier.classify(new Blob()));
    const refused = expect(answers[0]).rejects.toMatchObject({
      code: "engine",
      message: expect.stringContaining("No memory.")
    });
    for (const ids of [[1, 2], [1]]) {
      worker().reply(ready);
      expect(worker().ids).toEqual(ids);
      worker().reply({type: "lost", reason: "No memory."});
    }
    await refused;
    expect(worker().requests[0]).toMatchObject({backends: ["wasm", "cpu"]});
    worker().reply(ready);
    worker().reply({type: "answer", id: 2, answer: prediction});
    await expect(answers[1]).resolves.toBe(prediction);
  });

  test("a warm-up that never ends is given up once each backend was tried twice", () => {
    const {workers, states, worker} = setUp();
    for (let n = 0; n < 20 && states.at(-1)?.state !== "failed"; n++) {
      worker().reply({type: "model", model: {state: "warming"}});
      const request = worker().requests[0]!;
      if (request.type === "load") worker().reply({type: "trying", backend: request.backends[0]!});
      vi.advanceTimersByTime(patience);
    }
    expect(states.at(-1)).toMatchObject({state: "failed"});
    expect(workers.length).toBe(6);
    expect(workers.every(({ended}) => ended)).toBe(true);
  });

  test("a worker that never spoke cannot start; one that errs later, even while it loads, is replaced", () => {
    const {workers, states, worker, classifier} = setUp();
    const err = () => worker().onerror!.call(worker() as unknown as Worker, new Event("error") as ErrorEvent);
    err();
    expect(states).toEqual([{state: "failed", message: expect.stringContaining("could not start")}]);
    classifier.load();
    worker().reply({type: "trying", backend: "webgl"});
    err();
    worker().reply({type: "trying", backend: "webgl"});
    err();
    expect(workers.length).toBe(4);
    expect(worker().requests[0]).toMatchObject({backends: ["wasm", "cpu"]});
    worker().reply(ready);
    expect(states.at(-1)).toMatchObject({note: "WebGL stopped twice, so it is not used for now."});
  });
});
