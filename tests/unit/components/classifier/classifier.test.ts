import {JSDOM} from "jsdom";
import {beforeEach, describe, expect, test, vi} from "vitest";
import {classifierElement} from "../../../../src/components/classifier/classifier.js";
import type {ClassifierOptions} from "../../../../src/components/classifier/client.js";
import type {Prediction} from "../../../../src/components/classifier/protocol.js";
import {Refusal} from "../../../../src/components/image/refusal.js";

const metadata = {
  name: "stub",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.5,
  abstain: [0.4, 0.6] as [number, number],
  files: [],
  selfTest: []
};
const answer: Prediction = {
  probability: 0.9731234,
  backend: "webgl",
  milliseconds: 31.44,
  cell: new Uint8ClampedArray(7500),
  width: 142,
  height: 148,
  frames: 1
};
const sample = {file: new File(["x"], "sample.png"), label: "uninfected", disputed: true};

function setUp() {
  const {window} = new JSDOM("<main></main>");
  window.HTMLCanvasElement.prototype.getContext = () => null;
  let options!: ClassifierOptions;
  const jobs: {file: File; signal: AbortSignal; resolve: (p: Prediction) => void; reject: (e: Refusal) => void}[] = [];
  const load = vi.fn();
  const root = classifierElement({
    source: {base: "", sha256: ""},
    samples: [sample],
    create(given) {
      options = given;
      const classify = (file: Blob, signal?: AbortSignal) =>
        new Promise<Prediction>((resolve, reject) => jobs.push({file: file as File, signal: signal!, resolve, reject}));
      return {load, classify, dispose: () => {}};
    },
    document: window.document
  });
  window.document.querySelector("main")!.append(root);
  const choose = (...files: File[]) => {
    const input = root.querySelector("input")!;
    Object.defineProperty(input, "files", {value: files, configurable: true});
    input.dispatchEvent(new window.Event("change"));
  };
  const cards = () => [...root.querySelectorAll<HTMLElement>(".result")];
  const status = () => root.querySelector<HTMLElement>("[data-testid=model-status]")!;
  const ready = () => options.onModel({state: "ready", backend: "webgl", metadata, milliseconds: 31, note: null});
  return {root, jobs, load, choose, cards, status, ready, onModel: options.onModel};
}

beforeEach(() => {
  URL.createObjectURL = () => "blob:picture";
  URL.revokeObjectURL = vi.fn();
});

describe("the classifier element", () => {
  test("loads at once and shows how far the model is", () => {
    const {load, status, onModel, ready} = setUp();
    expect(load).toHaveBeenCalledTimes(1);
    onModel({state: "loading", loaded: 5e6, total: 2e7});
    expect(status().dataset.state).toBe("loading");
    expect(status().querySelector("progress")).toMatchObject({value: 5e6, max: 2e7});
    expect(status().textContent).toContain("5.0 MB of 20.0 MB");
    onModel({state: "warming"});
    expect(status().dataset.state).toBe("warming");
    ready();
    expect(status().dataset).toMatchObject({state: "ready", backend: "webgl"});
    expect(status().querySelector("progress")!.hidden).toBe(true);
    onModel({state: "failed", message: "No connection."});
    expect(status().dataset.backend).toBeUndefined();
    status().querySelector("button")!.click();
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("a card waits without a test id, then says its answer to people and machines", async () => {
    const {root, jobs, choose, cards, ready} = setUp();
    ready();
    choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
    expect(cards().map((card) => card.dataset)).toMatchObject([{file: "a.png"}, {file: "b.png"}]);
    expect(cards()[0]!.dataset.testid).toBeUndefined();
    jobs[1]!.reject(new Refusal("damaged", "This file is damaged. Save it anew."));
    jobs[0]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction"));
    expect({...cards()[0]!.dataset}).toEqual({
      testid: "prediction",
      file: "a.png",
      label: "parasitized",
      p: "0.973123",
      backend: "webgl",
      ms: "31.4"
    });
    expect(cards()[0]!.textContent).toContain("142 × 148");
    expect({...cards()[1]!.dataset}).toEqual({testid: "prediction-error", file: "b.png", code: "damaged"});
    expect(cards()[1]!.textContent).toContain("Save it anew.");
    expect(root.querySelector("[role=status]")!.textContent).toMatch(/^[ab]\.png/);
  });

  test("within the abstain band the card says that it is too close to call", async () => {
    const {jobs, choose, cards, ready} = setUp();
    ready();
    choose(new File(["a"], "a.png"));
    jobs[0]!.resolve({...answer, probability: 0.45, frames: 12});
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("Too close to call, rather uninfected"));
    expect(cards()[0]!.textContent).toContain("animation of 12 frames; only the first");
  });

  test("a sample's label shows with its answer only", async () => {
    const {root, jobs, cards, ready} = setUp();
    ready();
    root.querySelector<HTMLButtonElement>(".sample")!.click();
    expect(jobs[0]!.file).toBe(sample.file);
    expect(root.textContent).not.toContain("The data set calls");
    jobs[0]!.resolve(answer);
    await vi.waitFor(() =>
      expect(cards()[0]!.textContent).toContain(
        "calls this cell uninfected; Fuhad et al. (2020) call it the other class"
      )
    );
  });

  test("removing takes a file out of the queue, revokes its picture, and ignores what comes late", async () => {
    const {root, jobs, choose, cards, ready} = setUp();
    ready();
    choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
    cards()[0]!.querySelector("button")!.click();
    expect(jobs[0]!.signal.aborted).toBe(true);
    jobs[0]!.resolve(answer);
    jobs[1]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction"));
    expect(cards().length).toBe(1);
    root.querySelector<HTMLButtonElement>(".classifier > button")!.click();
    expect(cards().length).toBe(0);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:picture");
  });
});
