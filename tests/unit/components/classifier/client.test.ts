import {afterEach, beforeEach, describe, expect, test, vi} from "vitest";
import {createClassifier} from "../../../../src/components/classifier/client.js";
import type {BackendChoice, ClassifierOptions} from "../../../../src/components/classifier/client.js";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {
  ModelState,
  Prediction,
  Reply,
  Request,
  WorkerLike
} from "../../../../src/components/classifier/protocol.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";

type Said = Reply extends infer R ? (R extends Reply ? Omit<R, "network"> : never) : never;
const prediction = {probability: 0.5} as Prediction;
const ready = {type: "model", model: {state: "ready", backend: "webgl", milliseconds: 10}} as Said;
const slow = {type: "model", model: {state: "ready", backend: "cpu", milliseconds: 600}} as Said;
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
  reply(said: Said, network: NetworkName = "resnet34"): void {
    this.onmessage!.call(this as unknown as Worker, {data: {...said, network}} as MessageEvent<Reply>);
  }
  /** Ids of the pictures that a network was given. */
  given(network: NetworkName = "resnet34"): number[] {
    return this.requests.flatMap((request) =>
      request.type === "classify" && request.network === network ? [request.id] : []
    );
  }
  get ids(): number[] {
    return this.given();
  }
  /** The networks that it was told to load, and what on first. */
  get loads(): string[][] {
    return this.requests.flatMap((request) =>
      request.type === "load" ? [[request.network, request.backends[0]!]] : []
    );
  }
}

const source = (base: string) => ({base, sha256: base});

function open(sources: ClassifierOptions["sources"]) {
  const workers: StubWorker[] = [];
  const states: ModelState[] = [];
  const classifier = createClassifier({
    sources,
    onModel: (_, state) => states.push(state),
    createWorker: () => workers[workers.push(new StubWorker()) - 1]!,
    patience
  });
  return {classifier, workers, states, worker: () => workers.at(-1)!};
}

function setUp() {
  const opened = open({resnet34: source("large/")});
  opened.classifier.choose("resnet34", "auto");
  return opened;
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
    await expect(answers[0]).resolves.toMatchObject({prediction});
    await expect(answers[1]).rejects.toMatchObject({code: "damaged", message: "This is damaged."});
    await expect(answers[2]).resolves.toMatchObject({prediction});
    expect(vi.getTimerCount()).toBe(0);
  });

  test("asks one network about cells that were found, and leaves those alone that are cancelled", async () => {
    const {classifier, worker} = open({student: source("small/"), resnet34: source("large/")});
    classifier.choose("both", "auto");
    worker().reply(ready, "student");
    worker().reply(ready);
    const cell = new Uint8ClampedArray(cellValues);
    const pictures = [{cell, cut: true, missing: null, descriptors: null, width: 60, height: 61}];
    const ended = new AbortController();
    const found = classifier.judgeFound("student", pictures);
    const request = worker().requests.at(-1)!;
    expect(request).toMatchObject({type: "found", network: "student", pictures});
    ended.abort();
    const cancelled = classifier.judgeFound("student", pictures, ended.signal);
    const answer = [{probability: 0.4, offset: 0, doubts: []}];
    worker().reply({type: "answer", id: (request as {id: number}).id, answer}, "student");
    await expect(found).resolves.toEqual(answer);
    expect(worker().requests.at(-1)).toBe(request);
    expect(cancelled).toBeInstanceOf(Promise);
    expect([classifier.network("student")!.sha256, classifier.network()!.sha256]).toEqual(["small/", "large/"]);
  });

  test("a pause leaves what waits where it is, but for a question about an answered cell", async () => {
    const {classifier, worker} = setUp();
    worker().reply(slow);
    const [first] = [1, 2, 3, 4].map(() => classifier.classify(new Blob()));
    classifier.pause(true);
    for (const id of [1, 2]) worker().reply({type: "answer", id, answer: prediction});
    expect(worker().ids).toEqual([1, 2]);
    const views = classifier.judge(await first!, []);
    worker().reply({type: "answer", id: 5, answer: [0.1]});
    expect(await views).toEqual([0.1]);
    vi.advanceTimersByTime(patience * 3);
    classifier.pause(false);
    expect(worker().ids).toEqual([1, 2, 3, 4]);
  });

  test("files of which nothing comes give way to the others, and are told when their time is over", async () => {
    const {classifier, workers, worker} = setUp();
    worker().reply(slow);
    const [hung, ...others] = [1, 2, 3, 4].map(() => classifier.classify(new Blob()));
    const refused = expect(hung).rejects.toMatchObject({code: "unreadable", message: "No answer.", sha256: undefined});
    expect(worker().ids).toEqual([1, 2]);
    worker().reply({type: "waits", id: 1});
    expect(worker().ids).toEqual([1, 2, 3]);
    for (const id of [2, 3, 4]) worker().reply({type: "answer", id, answer: prediction});
    expect(await Promise.all(others)).toHaveLength(3);
    vi.advanceTimersByTime(patience * 3);
    expect(workers.length).toBe(1);
    worker().reply({type: "refusal", id: 1, code: "unreadable", message: "No answer."});
    await refused;
  });

  test("a question about an answered cell goes before the files that wait", async () => {
    const {classifier, worker} = setUp();
    worker().reply(slow);
    for (let n = 0; n < 4; n++) void classifier.classify(new Blob());
    const views = classifier.judge({network: classifier.network()!, prediction}, []);
    worker().reply({type: "answer", id: 1, answer: prediction});
    expect(worker().requests.at(-1)).toMatchObject({type: "cells", id: 5});
    worker().reply({type: "answer", id: 5, answer: [0.1, 0.2]});
    expect(await views).toEqual([0.1, 0.2]);
    expect(worker().ids).toEqual([1, 2, 3]);
  });

  test("an aborted file is never sent", () => {
    const {classifier, worker} = setUp();
    const controller = new AbortController();
    void classifier.classify(new Blob(), {signal: controller.signal});
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
    await expect(later).resolves.toMatchObject({prediction});
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
    await expect(Promise.all([0, 1, 3, 4, 27].map((n) => answers[n]!))).resolves.toHaveLength(5);
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
    await expect(answer).resolves.toMatchObject({prediction});
  });

  test("after a failure waiting and further files get a sentence, and load starts anew", async () => {
    const {classifier, workers, states, worker} = setUp();
    const waiting = expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "unavailable"});
    worker().reply({type: "model", model: {state: "failed", message: "No connection."}});
    await waiting;
    await expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "unavailable"});
    expect(states.at(-1)).toEqual({state: "failed", message: "No connection."});
    classifier.retry();
    worker().reply(ready);
    expect(workers.length).toBe(2);
    expect(states.at(-1)).toMatchObject({state: "ready"});
  });

  test("another backend comes first when it is chosen, and the files under way and waiting are asked again", async () => {
    const {classifier, workers, worker} = setUp();
    expect(worker().requests[0]).toMatchObject({backends: ["webgl", "wasm", "cpu"], compare: true});
    const answers = [1, 2].map(() => classifier.classify(new Blob()));
    worker().reply(ready);
    classifier.choose("resnet34", "cpu");
    expect(workers.map(({ended}) => ended)).toEqual([true, false]);
    expect(worker().requests).toMatchObject([{type: "load", backends: ["cpu", "webgl", "wasm"], compare: false}]);
    worker().reply(ready);
    expect(worker().ids).toEqual([1, 2]);
    for (const id of [1, 2]) worker().reply({type: "answer", id, answer: prediction});
    expect(await Promise.all(answers)).toMatchObject([{prediction}, {prediction}]);
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
    await expect(answers[1]).resolves.toMatchObject({prediction});
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
    classifier.retry();
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

describe("two networks in one worker", () => {
  const picture = {cell: new Uint8ClampedArray(cellValues), cut: true} as Prediction;
  const turn = () => vi.advanceTimersByTimeAsync(0);
  const pair = (backend: BackendChoice = "auto") => {
    const opened = open({student: source("small/"), resnet34: source("large/")});
    opened.classifier.choose("both", backend);
    return opened;
  };

  test("the student is loaded first, on WebAssembly; ResNet-34 when it is there, or cannot be", () => {
    const {worker, workers} = pair();
    expect(worker().loads).toEqual([["student", "wasm"]]);
    worker().reply(ready, "student");
    worker().reply(ready, "student");
    expect(worker().loads.slice(1)).toEqual([["resnet34", "webgl"]]);
    expect(workers).toHaveLength(1);
    const other = pair("cpu");
    other.worker().reply({type: "model", model: {state: "failed", message: "No connection."}}, "student");
    expect(other.worker().loads).toEqual([["resnet34", "cpu"]]);
  });

  test("a first answer that is due comes before ResNet-34 is loaded, but that does not wait for long", () => {
    for (const isAnswered of [true, false]) {
      const {classifier, worker} = open({student: source("small/"), resnet34: source("large/")});
      void classifier.classify(new Blob());
      classifier.choose("both", "auto");
      worker().reply(ready, "student");
      expect(worker().given("student")).toEqual([1]);
      expect(worker().loads).toEqual([["student", "wasm"]]);
      if (isAnswered) worker().reply({type: "answer", id: 1, answer: prediction}, "student");
      else vi.advanceTimersByTime(800);
      expect(worker().loads.map(([name]) => name)).toEqual(["student", "resnet34"]);
      classifier.dispose();
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  test("a file is read once: ResNet-34 is given what was read, and what the student's gate refused too", async () => {
    const {classifier, worker} = pair();
    const file = new File(["a"], "a.png");
    const onEarly = vi.fn();
    const answers = [1, 2].map(() => classifier.classify(file, {onEarly}));
    worker().reply(ready, "student");
    worker().reply({...ready}, "resnet34");
    expect(worker().requests.filter(({type}) => type === "classify")).toMatchObject([{picture: file}, {picture: file}]);
    worker().reply({type: "answer", id: 1, answer: {...picture, probability: 0.9}}, "student");
    worker().reply({type: "refusal", id: 2, code: "outside", message: "No cell.", picture}, "student");
    await turn();
    expect(onEarly).toHaveBeenCalledExactlyOnceWith({
      network: expect.anything(),
      prediction: expect.objectContaining({probability: 0.9})
    });
    const asked = worker().requests.filter(({network, type}) => network === "resnet34" && type === "classify");
    expect(asked).toMatchObject([{picture: {cut: true, probability: 0.9}}, {picture: {cut: true}}]);
    const own = {...prediction, cell: new Uint8ClampedArray(cellValues)};
    for (const id of [1, 2]) worker().reply({type: "answer", id, answer: {...own}}, "resnet34");
    const [first] = await Promise.all(answers);
    expect(first!.network).toBe(classifier.network());
    expect(first!.prediction.cell).toBe(picture.cell);
  });

  test("a file that cannot be read is refused at once; without the student ResNet-34 is asked", async () => {
    const {classifier, worker} = pair();
    const bad = expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "damaged"});
    worker().reply(ready, "student");
    worker().reply(ready, "resnet34");
    worker().reply({type: "refusal", id: 1, code: "damaged", message: "This is damaged."}, "student");
    await bad;
    expect(worker().given("resnet34")).toEqual([]);
    worker().reply({type: "model", model: {state: "failed", message: "No."}}, "student");
    const answer = classifier.classify(new Blob());
    await turn();
    worker().reply({type: "answer", id: 1, answer: prediction}, "resnet34");
    await expect(answer).resolves.toMatchObject({prediction});
  });

  test("when one network stops, both are loaded again, and only that one's backend and files are suspected", async () => {
    const {classifier, workers, worker, states} = pair();
    worker().reply(ready, "student");
    worker().reply(ready, "resnet34");
    classifier.choose("resnet34", "auto");
    const heavy = expect(classifier.classify(new Blob())).rejects.toMatchObject({code: "engine"});
    classifier.choose("student", "auto");
    const quick = classifier.classify(new Blob());
    for (let n = 0; n < 3; n++) {
      worker().reply({type: "lost", reason: "No memory."}, "resnet34");
      expect(worker().loads).toEqual([
        ["student", "wasm"],
        ["resnet34", n === 0 ? "webgl" : "wasm"]
      ]);
      worker().reply({...ready}, "student");
      expect(states.at(-1)).toMatchObject({note: null});
      expect(worker().given("student")).toEqual([1]);
      worker().reply(ready, "resnet34");
    }
    expect(workers).toHaveLength(4);
    await heavy;
    worker().reply({type: "answer", id: 1, answer: prediction}, "student");
    await expect(quick).resolves.toMatchObject({prediction});
  });

  test("an answer that waits while the other network is warmed up is not taken for a hang", () => {
    const {classifier, workers, worker} = pair();
    worker().reply(ready, "student");
    void classifier.classify(new Blob());
    vi.advanceTimersByTime(patience / 2);
    worker().reply({type: "model", model: {state: "warming"}}, "resnet34");
    vi.advanceTimersByTime(patience * 0.9);
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(patience);
    expect(workers).toHaveLength(2);
  });

  test("who answers alone computes on what was chosen; who answers first on what is ready soonest", () => {
    const {classifier, worker, workers} = pair();
    worker().reply(ready, "student");
    worker().reply(ready, "resnet34");
    classifier.choose("both", "cpu");
    expect(worker().loads).toEqual([
      ["student", "wasm"],
      ["resnet34", "cpu"]
    ]);
    classifier.choose("student", "cpu");
    expect(worker().loads[0]).toEqual(["student", "cpu"]);
    classifier.choose("student", "cpu");
    expect(workers).toHaveLength(3);
    classifier.choose("both", "cpu");
    expect(worker().loads[0]).toEqual(["student", "wasm"]);
  });

  test("an answer stays its network's after that was started anew; maps are those of networks that were tested", async () => {
    const {classifier, worker} = pair();
    classifier.choose("student", "auto");
    worker().reply(ready, "student");
    const asked = classifier.classify(new Blob());
    worker().reply({type: "answer", id: 1, answer: prediction}, "student");
    const answer = await asked;
    worker().reply({type: "lost", reason: "No memory."}, "student");
    worker().reply(ready, "student");
    expect(answer.network).toBe(classifier.network());
    expect(classifier.explainer(answer)).toBeNull();
    void classifier.judge(answer, []);
    expect(worker().requests.at(-1)).toMatchObject({type: "cells", network: "student"});
    classifier.choose("resnet34", "auto");
    worker().reply(ready, "resnet34");
    void classifier.explainer({network: classifier.network()!, prediction})!(true);
    expect(worker().requests.at(-1)).toMatchObject({type: "explain", network: "resnet34", shuffled: true});
  });
});
