import {describe, expect, test} from "vitest";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {PreparedPicture} from "../../../../src/components/classifier/prepare-picture.js";
import type {Explanation, FoundAnswer, Prediction, Reply} from "../../../../src/components/classifier/protocol.js";
import {createSession} from "../../../../src/components/classifier/session.js";
import type {SessionParts} from "../../../../src/components/classifier/session.js";
import type {ModelBundle} from "../../../../src/components/engine/download.js";
import type {Backend, Engine} from "../../../../src/components/engine/engine.js";
import {JOINT, SHAPES} from "../../../../src/components/gate/gate.js";
import type {Gate} from "../../../../src/components/gate/gate.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {dihedralViews} from "../../../../src/components/image/views.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";

const rgb = new Uint8ClampedArray(cellValues);
const metadata = {
  name: "stub",
  labels: ["uninfected", "parasitized"],
  positive: "parasitized",
  threshold: 0.5,
  abstain: null,
  temperature: 0.5,
  commit: "abc",
  files: [],
  selfTest: [{p: 0.25, rgb}]
};
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer;
const NO_WEIGHTS = ["model.json", encode({weightsManifest: []})] as const;
const bundle: ModelBundle = {metadata, files: new Map()};
const picture: PreparedPicture = {
  cell: new Uint8ClampedArray(cellValues).fill(100),
  missing: null,
  descriptors: null,
  cut: false,
  width: 4,
  height: 6,
  sha256: "0a",
  notes: ["This file is an animation of 3 frames; only the first was read."]
};

function stubEngine(backend: Backend, p: number): Engine {
  const predict = async () => ({probabilities: Float32Array.of(1 - p, p), features: null});
  return {backend, predict, explain: null, dispose: () => {}};
}

/** A gate that nothing fails but what is given. */
function openGate(own: Partial<Gate>): Gate {
  const range = {caution: [-1e3, 1e3], refuse: [-1e3, 1e3]} as const;
  const spread = (size: number) => ({mean: Array(size).fill(0), inverse: Array(size).fill(Array(size).fill(0))});
  return {
    smallest: {caution: 1, refuse: 1},
    stain: {...spread(3), usual: 0.5, limit: 1, limitOnBlack: 1, target: [0.3, 0.5, 0.45]},
    dyes: {red: [0, 9], blue: [0, 9], both: [0, 9], tint: 1e-9},
    ranges: Object.fromEntries(SHAPES.map((name) => [name, range])) as unknown as Gate["ranges"],
    joint: {...spread(JOINT.length), caution: 1, refuse: 1},
    features: {means: [[0]], deviation: [1], caution: 1, refuse: 1},
    offset: 0,
    ...own
  };
}

function session(parts: Partial<SessionParts> = {}) {
  const replies: Reply[] = [];
  const handle = createSession({
    post: (reply) => replies.push(reply),
    download: async () => bundle,
    loadEngine: async (_, {backend}) => stubEngine(backend, 0.25),
    loadKernels: async () => Promise.reject(new Error("No SIMD.")),
    prepare: async () => picture,
    softwareWebgl: () => null,
    ...parts
  });
  const load = (network: NetworkName = "resnet34") =>
    handle({
      type: "load",
      network,
      backends: ["webgl", "cpu"],
      compare: true,
      kept: new Map(),
      source: {base: network, sha256: ""}
    });
  const classify = (id: number) => handle({type: "classify", network: "resnet34", id, picture: new Blob()});
  return {replies, handle, load, classify};
}

const models = (replies: Reply[]) => replies.flatMap((reply) => (reply.type === "model" ? [reply.model] : []));

describe("a session", () => {
  test("loads, warms up, and answers with the positive class's probability", async () => {
    const {replies, load, classify} = session({
      download: async (_, {onProgress, onKept}) => {
        onProgress!(5, 10);
        onKept!("model.json", new Blob());
        return bundle;
      }
    });
    await load();
    expect(models(replies)).toMatchObject([
      {state: "loading", loaded: 5, total: 10},
      {state: "warming"},
      {state: "ready", backend: "webgl", note: null}
    ]);
    expect(replies.map(({type}) => type)).toEqual(["model", "kept", "model", "trying", "model"]);
    await classify(7);
    expect(replies.at(-1)).toMatchObject({
      type: "answer",
      id: 7,
      answer: {probability: 0.25, backend: "webgl", width: 4, height: 6, notes: picture.notes}
    });
    const reply = replies.at(-1)!;
    expect(reply.type === "answer" && [...new Set((reply.answer as Prediction).cell)]).toEqual([100]);
  });

  test("takes the next backend, with the reason, where WebGL fails or computes the self-test wrongly", async () => {
    const failures: [string, () => Promise<Engine>][] = [
      ["No WebGL.", async () => Promise.reject(new Error("No WebGL."))],
      ["Computed by webgl, known cells", async () => stubEngine("webgl", 0.28)]
    ];
    for (const [reason, webgl] of failures) {
      const {replies, load} = session({
        loadEngine: (_, {backend}) => (backend === "webgl" ? webgl() : Promise.resolve(stubEngine("cpu", 0.25)))
      });
      await load();
      const state = models(replies).at(-1)!;
      expect(state).toMatchObject({state: "ready", backend: "cpu"});
      expect(state.state === "ready" && state.note).toContain(reason);
    }
  });

  test("fails with the reasons when no backend can be trusted", async () => {
    const {replies, load, classify} = session({loadEngine: async (_, {backend}) => stubEngine(backend, NaN)});
    await load();
    expect(models(replies).at(-1)).toMatchObject({state: "failed", message: expect.stringMatching(/webgl.*cpu/)});
    await classify(1);
    expect(replies.at(-1)).toMatchObject({type: "refusal", id: 1, code: "engine"});
  });

  test("judges cells that were made of one in one batch", async () => {
    let batch = new Float32Array();
    const predict = async (cells: Float32Array) => {
      batch = new Float32Array(cells);
      const p = (n: number) => (n % 2 ? n / 100 : 1 - n / 100);
      return {
        probabilities: Float32Array.from({length: (cells.length / cellValues) * 2}, (_, n) => p(n)),
        features: null
      };
    };
    const {replies, handle, load} = session({
      download: async () => ({...bundle, metadata: {...metadata, selfTest: []}}),
      loadEngine: async (_, {backend}) => ({...stubEngine(backend, 0), predict})
    });
    await load();
    const cell = rgb.slice();
    cell[0] = 255;
    await handle({type: "cells", network: "resnet34", id: 4, cells: dihedralViews(cell), offset: 0});
    expect(batch.length).toBe(8 * cellValues);
    expect(
      [0, 49, 49 * 50, 2499].map((pixel) => batch.filter((v, n) => v && (n % cellValues) / 3 === pixel).length)
    ).toEqual([2, 2, 2, 2]);
    const reply = replies.at(-1)!;
    const expected = [1, 3, 5, 7, 9, 11, 13, 15].map((n) => expect.closeTo(n / 100, 6));
    expect(reply).toEqual({type: "answer", network: "resnet34", id: 4, answer: expected});
  });

  test("passes refusals on, turns other errors into one, and goes on", async () => {
    const errors = [new Refusal("damaged", "This file is damaged."), new Error("The card ran out of memory.")];
    const {replies, load, classify} = session({
      prepare: async () => {
        const error = errors.shift();
        if (error) throw error;
        return picture;
      }
    });
    await load();
    for (const id of [1, 2, 3]) await classify(id);
    expect(replies.slice(-3)).toMatchObject([
      {type: "refusal", id: 1, code: "damaged", message: "This file is damaged."},
      {type: "refusal", id: 2, code: "engine", message: expect.stringContaining("out of memory")},
      {type: "answer", id: 3}
    ]);
  });

  test("prepares the next pictures while the network computes, and computes several together", async () => {
    const events: string[] = [];
    const {replies, load, classify} = session({
      download: async () => ({...bundle, metadata: {...metadata, selfTest: []}}),
      prepare: async () => {
        events.push("prepared");
        return picture;
      },
      loadEngine: async (_, {backend}) => ({
        ...stubEngine(backend, 0),
        async predict(batch) {
          const count = batch.length / cellValues;
          events.push(`computes ${count}`);
          await new Promise((resolve) => setTimeout(resolve, 2 + count));
          return {probabilities: Float32Array.from({length: 2 * count}, (_, n) => n / 100), features: null};
        }
      })
    });
    await load();
    events.length = 0;
    await Promise.all(Array.from({length: 10}, (_, id) => classify(id)));
    expect(events).toEqual([...Array(10).fill("prepared"), "computes 1", "computes 8", "computes 1"]);
    const answers = replies.flatMap((reply) => (reply.type === "answer" ? [reply] : []));
    expect(answers.map(({id}) => id)).toEqual(Array.from({length: 10}, (_, id) => id));
    const given = answers.map(({answer}) => (answer as Prediction).probability);
    expect(given).toEqual([1, 1, 3, 5, 7, 9, 11, 13, 15, 1].map((p) => expect.closeTo(p / 100, 6)));
  });

  test("an engine that fails, or gives no probability, is reported as lost, with the file unanswered", async () => {
    const outputs = [
      () => Promise.reject(new Error("Out of memory.")),
      async () => ({probabilities: Float32Array.of(NaN, NaN), features: null})
    ];
    const {replies, load, classify} = session({
      download: async () => ({...bundle, metadata: {...metadata, selfTest: []}}),
      loadEngine: async (_, {backend, onLost}) => {
        let calls = 0;
        const stub = stubEngine(backend, 0.25);
        const predict = (batch: Float32Array) => (calls++ < 2 ? stub.predict(batch) : outputs.shift()!());
        setTimeout(() => onLost!(), 50);
        return {...stub, predict};
      }
    });
    await load();
    await classify(1);
    await classify(2);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(replies.slice(-3)).toEqual([
      {type: "lost", network: "resnet34", reason: "Out of memory."},
      {type: "lost", network: "resnet34", reason: "The network gave no probability."},
      {type: "lost", network: "resnet34", reason: "The graphics card dropped its context."}
    ]);
  });

  test("what the gate speaks against gets no class, unless it is asked for all the same", async () => {
    const gate = openGate({smallest: {caution: 8, refuse: 5}});
    const files = new Map([["gate.json", encode(gate)]]);
    const {replies, handle, load, classify} = session({download: async () => ({metadata, files})});
    await load();
    await classify(1);
    expect(replies.at(-1)).toMatchObject({type: "refusal", id: 1, code: "outside"});
    expect(replies.at(-1)).toMatchObject({message: expect.stringContaining("only 4 × 6 pixels"), picture});
    await handle({type: "classify", network: "resnet34", id: 2, picture: new Blob(), reading: {anyway: true}});
    expect(replies.at(-1)).toMatchObject({
      type: "answer",
      answer: {probability: 0.25, cut: false, outside: expect.stringContaining("only 4 × 6 pixels")}
    });
  });

  test("judges cells that were found in a field several together, and says what is foreign about each", async () => {
    const gate = openGate({smallest: {caution: 8, refuse: 5}});
    const files = new Map([["gate.json", encode(gate)]]);
    const batches: number[] = [];
    const {replies, handle, load} = session({
      download: async () => ({metadata: {...metadata, selfTest: []}, files}),
      loadEngine: async (_, {backend}) => ({
        ...stubEngine(backend, 0.25),
        predict: async (batch) => {
          const count = batch.length / cellValues;
          batches.push(count);
          const given = Array.from({length: count}, (_, n) => batch[n * cellValues]!);
          return {probabilities: Float32Array.from(given.flatMap((p) => [1 - p, p])), features: null};
        }
      })
    });
    await load();
    batches.length = 0;
    // The first goes alone: it is timed.
    const pictures = Array.from({length: 9}, (_, n) => ({
      cell: new Uint8ClampedArray(cellValues).fill(n),
      cut: true,
      missing: null,
      descriptors: null,
      width: 10,
      height: n === 3 ? 4 : n === 4 ? 7 : 10
    }));
    await handle({type: "found", network: "resnet34", id: 5, pictures});
    const [reply] = replies.slice(-1) as Extract<Reply, {type: "answer"}>[];
    const answers = reply!.answer as FoundAnswer[];
    expect(answers.map(({probability}) => Math.round(probability * 255))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(answers.map(({doubts}) => doubts.includes("size"))).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => n === 3 || n === 4)
    );
    expect(batches).toContain(8);
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(9);
  });

  test("owns several networks, and asks each about a picture that was read once", async () => {
    let read = 0;
    const {replies, handle, load} = session({
      download: async ({base}) => ({...bundle, metadata: {...metadata, name: base, selfTest: []}}),
      loadEngine: async (model, {backend}) =>
        stubEngine(backend, (model as ModelBundle).metadata.name === "student" ? 0.9 : 0.25),
      prepare: async () => {
        read += 1;
        return picture;
      }
    });
    await load("student");
    await handle({type: "classify", network: "resnet34", id: 1, picture});
    expect(replies.at(-1)).toMatchObject({type: "refusal", code: "engine"});
    await load();
    await handle({type: "classify", network: "student", id: 1, picture: new Blob()});
    const [first] = replies.slice(-1) as Extract<Reply, {type: "answer"}>[];
    expect(first!.answer).toMatchObject({probability: expect.closeTo(0.9, 6), cut: false});
    await handle({type: "classify", network: "resnet34", id: 1, picture: first!.answer as Prediction});
    expect(replies.at(-1)).toMatchObject({
      network: "resnet34",
      answer: {...picture, probability: 0.25, milliseconds: expect.any(Number)}
    });
    expect(read).toBe(1);
  });

  test("explains by the loaded network or by the kernels beside it, and by a shuffled one that it gives back", async () => {
    for (const own of [true, false]) {
      let [loads, disposed, asked] = [0, 0, -1];
      const explaining = (backend: Backend) => {
        const value = ++loads;
        const explain = async (_: Float32Array, output: number) => {
          asked = output;
          return new Float32Array(cellPixels).fill(value);
        };
        return {...stubEngine(backend, 0.25), explain, dispose: () => void disposed++};
      };
      const {replies, handle, load} = session({
        download: async () => ({metadata, files: new Map([NO_WEIGHTS])}),
        loadEngine: async (_, {backend}) => (own ? explaining(backend) : stubEngine(backend, 0.25)),
        loadKernels: async () => explaining("wasm")
      });
      await load();
      expect(models(replies).at(-1)).toMatchObject({state: "ready", kernels: own});
      const mapOf = () => {
        const reply = replies.at(-1)!;
        return reply.type === "answer" ? (reply.answer as Explanation).map[0] : undefined;
      };
      const explain = (shuffled: boolean) => handle({type: "explain", network: "resnet34", id: 1, cell: rgb, shuffled});
      for (let n = 0; n < 2; n++) {
        await explain(false);
        expect([mapOf(), loads, disposed, asked]).toEqual([1, 1, 0, 1]);
      }
      await explain(true);
      expect([mapOf(), loads, disposed]).toEqual([2, 2, 1]);
    }
  });

  test("where the kernels cannot run, the map says so, and may be asked for again", async () => {
    const {replies, handle, load, classify} = session({
      download: async () => ({metadata, files: new Map([NO_WEIGHTS])})
    });
    await load();
    for (const id of [1, 2]) {
      await handle({type: "explain", network: "resnet34", id, cell: rgb, shuffled: id === 2});
      expect(replies.at(-1)).toMatchObject({type: "refusal", id, code: "engine"});
      expect(replies.at(-1)).toMatchObject({
        message: expect.stringMatching(
          /^The map is computed by this site's own WebAssembly.*No SIMD.*current browser\.$/
        )
      });
    }
    await classify(3);
    expect(replies.at(-1)).toMatchObject({type: "answer", id: 3});
  });
});
