import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from "vitest";
import {classifierElement} from "../../../../src/components/classifier/classifier.js";
import type {ClassifierElementOptions} from "../../../../src/components/classifier/classifier.js";
import type {ClassifierOptions} from "../../../../src/components/classifier/client.js";
import type {Answer} from "../../../../src/components/classifier/entries.js";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {Reading} from "../../../../src/components/classifier/prepare-picture.js";
import type {ModelState, Prediction} from "../../../../src/components/classifier/protocol.js";
import {Refusal} from "../../../../src/components/image/refusal.js";
import {cellPixels, cellValues} from "../../../../src/data/shapes/cells.js";

const metadata = {
  name: "stub",
  labels: ["parasitized", "uninfected"],
  positive: "parasitized",
  threshold: 0.5,
  abstain: [0.4, 0.6] as [number, number],
  temperature: 0.5,
  commit: "abc",
  files: [],
  selfTest: []
};
const answer: Prediction = {
  probability: 0.9731234,
  backend: "webgl",
  milliseconds: 31.44,
  cell: new Uint8ClampedArray(cellValues),
  width: 142,
  height: 148,
  sha256: "0a",
  notes: [],
  cut: false,
  missing: null,
  descriptors: null,
  outside: null,
  seen: new Uint8ClampedArray(cellValues),
  offset: 0,
  cautions: []
};
const sample = {file: new File(["x"], "sample.png"), label: "uninfected", disputed: true};

const source = (base: string) => ({base, sha256: base});
const both = {student: source("small/"), resnet34: source("large/")};
let ended: AbortController;

async function setUp(extra: Partial<ClassifierElementOptions> = {}) {
  interface Job {
    file: File;
    signal: AbortSignal;
    reading?: Reading;
    early: (p: Prediction) => void;
    resolve: (p: Prediction, by?: NetworkName) => void;
    reject: (e: Refusal) => void;
  }
  const jobs: Job[] = [];
  const network = (name: NetworkName) => ({metadata: {...metadata, name}, sha256: null});
  const networks = {student: network("student"), resnet34: network("resnet34")};
  let onModel: ClassifierOptions["onModel"];
  let isReady = false;
  const [choose, retry, pause] = [vi.fn(), vi.fn(), vi.fn()];
  const explain = vi.fn(async (_: Uint8ClampedArray, shuffled = false) => {
    const map = Float32Array.from({length: cellPixels}, (_, n) => (shuffled ? n % 7 : Number(n === 5 * 50 + 5)));
    return {map, milliseconds: 80};
  });
  const judge = vi
    .fn<(of: Answer, cells: Uint8ClampedArray[]) => Promise<number[]>>()
    .mockResolvedValue([0.9, 0.95, 0.45, 0.9, 0.9, 0.9, 0.9, 0.9]);
  const root = classifierElement({
    sources: {resnet34: source("large/")},
    samples: [sample],
    signal: ended.signal,
    ...extra,
    create(given) {
      onModel = given.onModel;
      return {
        classify: (file, {signal, reading, onEarly} = {}) =>
          new Promise((resolve, reject) =>
            jobs.push({
              file: file as File,
              signal: signal!,
              reading,
              reject,
              early: (prediction) => onEarly!({network: networks.student, prediction}),
              resolve: (prediction, by = "resnet34") => resolve({network: networks[by], prediction})
            })
          ),
        explainer: ({network: {metadata}, prediction: {cell}}) =>
          metadata.name === "student" ? null : (shuffled) => explain(cell, shuffled),
        network: () => (isReady ? networks.resnet34 : undefined),
        choose,
        judge,
        judgeFound: vi.fn(),
        retry,
        pause,
        dispose: () => {}
      };
    }
  });
  document.querySelector("main")!.replaceChildren(root);
  await vi.dynamicImportSettled();
  const pick = (...files: File[]) => {
    const input = root.querySelector("input")!;
    Object.defineProperty(input, "files", {value: files, configurable: true});
    input.dispatchEvent(new window.Event("change"));
  };
  const cards = () => [...root.querySelectorAll<HTMLElement>(".result")];
  const status = () => root.querySelector<HTMLElement>("[data-testid=model-status]")!;
  const tell = (state: ModelState) => onModel("resnet34", state);
  const ready = (name: NetworkName = "resnet34") => {
    isReady = true;
    const facts = {backend: "webgl", kernels: false, milliseconds: 31, note: null} as const;
    onModel(name, {state: "ready", ...facts, metadata: networks[name].metadata});
  };
  return {root, jobs, chosen: choose, retry, pause, judge, explain, choose: pick, cards, status, ready, tell};
}

beforeEach(() => {
  document.body.innerHTML = "<main></main>";
  ended = new AbortController();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  // jsdom has neither.
  Object.assign(URL, {createObjectURL: () => "blob:picture", revokeObjectURL: vi.fn()});
});
afterEach(() => {
  ended.abort();
  vi.restoreAllMocks();
});

describe("the classifier element", () => {
  test("loads at once and shows how far the model is", async () => {
    const {chosen, retry, status, tell, ready} = await setUp();
    expect(chosen).toHaveBeenCalledExactlyOnceWith("both", "auto");
    tell({state: "loading", loaded: 5e6, total: 2e7});
    expect(status().dataset.state).toBe("loading");
    expect(status().querySelector("progress")).toMatchObject({value: 5e6, max: 2e7});
    expect(status().textContent).toContain("5.0 MB of 20.0 MB");
    tell({state: "warming"});
    expect(status().dataset.state).toBe("warming");
    ready();
    expect(status().dataset).toMatchObject({state: "ready", network: "resnet34", backend: "webgl", kernels: "false"});
    expect(status().querySelector("progress")!.hidden).toBe(true);
    tell({state: "failed", message: "No connection."});
    expect(status().dataset.backend).toBeUndefined();
    status().querySelector("button")!.click();
    expect(retry).toHaveBeenCalledTimes(1);
  });

  test("a card waits without a test id, then says its answer to people and machines", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
    expect(cards().map((card) => card.dataset)).toMatchObject([{file: "a.png"}, {file: "b.png"}]);
    expect(cards()[0]!.dataset.testid).toBeUndefined();
    expect(cards()[0]!.querySelector("img"), "an unread file is not decoded").toBeNull();
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
    const {jobs, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["a"], "a.png"));
    jobs[0]!.resolve({
      ...answer,
      probability: 0.45,
      notes: ["This file is an animation of 12 frames; only the first was read."]
    });
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("Too close to call"));
    expect(cards()[0]!.textContent).toContain("animation of 12 frames; only the first");
  });

  test("gives both probabilities and the band, and says on demand how the eight views are called", async () => {
    const {jobs, choose, cards, ready, judge} = await setUp();
    ready();
    choose(new File(["a"], "a.png"));
    jobs[0]!.resolve({...answer, probability: 0.9});
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("P(parasitized) = 0.900 as the network gives it"));
    // Odds of 9 squared (temperature ½) are 81.
    expect(cards()[0]!.textContent).toContain(`${(81 / 82).toFixed(3)} calibrated`);
    expect(cards()[0]!.textContent).toContain("too close to call from 0.400 to 0.600.");
    cards()[0]!.querySelector<HTMLButtonElement>(".views button")!.click();
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("7 of 8 views are called parasitized"));
    expect(judge).toHaveBeenCalledTimes(1);
    expect(judge.mock.calls[0]![1].length).toBe(8);
    judge.mockRejectedValueOnce(new Refusal("timed-out", "No answer in time."));
    choose(new File(["b"], "b.png"));
    jobs[1]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction"));
    const button = cards()[0]!.querySelector<HTMLButtonElement>(".views button")!;
    button.click();
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("No answer in time."));
    expect(button.disabled).toBe(false);
  });

  test("a sample's label shows with its answer only", async () => {
    const {root, jobs, cards, ready} = await setUp();
    ready();
    root.querySelector<HTMLButtonElement>(".sample")!.click();
    expect(jobs[0]!.file).toBe(sample.file);
    expect(root.textContent).not.toContain("The data set calls");
    expect(cards()[0]!.querySelector("img.uploaded"), "the cell is there before its answer").not.toBeNull();
    jobs[0]!.resolve(answer);
    await vi.waitFor(() =>
      expect(cards()[0]!.textContent).toContain(
        "calls this cell uninfected; Fuhad et al. (2020) call it the other class"
      )
    );
    expect(cards()[0]!.querySelector(".is-wrong")!.textContent).toContain("✗ Wrong.");
  });

  test("the newest answer comes first, has the focus, and its sample is marked and told to the address", async () => {
    const onCell = vi.fn();
    const named = {...sample, title: "Ring", kind: "easy" as const};
    const {root, jobs, choose, cards} = await setUp({samples: [named], onCell});
    const button = root.querySelector<HTMLButtonElement>(".sample")!;
    expect(button.textContent).toBe("Ring");
    expect(button.getAttribute("aria-label")).toBe("Ring, easy");
    choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
    expect(onCell).toHaveBeenLastCalledWith("");
    expect(button.getAttribute("aria-pressed")).toBe("false");
    button.click();
    expect(cards().map(({dataset}) => dataset.file)).toEqual(["sample.png", "a.png", "b.png"]);
    expect(document.activeElement).toBe(cards()[0]);
    expect(onCell).toHaveBeenLastCalledWith("sample.png");
    expect(button.getAttribute("aria-pressed")).toBe("true");
    expect(cards()[0]!.querySelector("h2")!.textContent).toBe("Ring, easy");
    jobs[2]!.resolve({...answer, probability: 0.1});
    await vi.waitFor(() =>
      expect(cards()[0]!.textContent).toContain("✓ Right. The data set calls this cell uninfected")
    );
    cards()[0]!.querySelector("button")!.click();
    expect(button.getAttribute("aria-pressed")).toBe("false");
  });

  test("many files at once go into a table, which orders, filters, cancels and shows a card on demand", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    choose(...Array.from({length: 100}, (_, n) => new File([""], `C1P1_cell_${n}.png`)));
    await vi.waitFor(() => expect(root.querySelector(".all-results")).not.toBeNull());
    const panel = root.querySelector<HTMLDetailsElement>(".all-results")!;
    const rows = () => [...panel.querySelectorAll<HTMLElement>(".scroll[aria-label='Table of results'] tbody tr")];
    const pick = (label: string, value: string) => {
      const menu = [...panel.querySelectorAll("label")].find((l) => l.textContent!.startsWith(label))!;
      menu.querySelector("select")!.value = value;
      menu.dispatchEvent(new window.Event("input", {bubbles: true}));
    };
    const press = (name: string) =>
      [...panel.querySelectorAll("button")].find((button) => button.textContent === name)!.click();
    expect(cards().length).toBe(0);
    expect(panel.open).toBe(true);
    jobs.slice(0, 60).forEach(({resolve}, n) => resolve({...answer, probability: n / 100, sha256: `${n}`}));
    jobs[60]!.reject(new Refusal("damaged", "This file is damaged."));
    const status = () => panel.querySelector("[data-testid=batch-status]")!.textContent;
    await vi.waitFor(() => expect(status()).toBe("60 of 100 files answered, 1 not."));
    press("Cancel the rest");
    expect(jobs.filter(({signal}) => signal.aborted).length).toBe(39);
    expect(status()).toBe("60 of 100 files answered, 40 not.");
    expect(rows().length).toBe(50);
    const seventh = rows()[7];
    press("Next 50");
    expect(rows().map((row) => row.querySelector("th")!.textContent)).toContain("C1P1_cell_99.png");
    press("Previous 50");
    expect(rows().length).toBe(50);
    pick("Order", "name");
    expect(rows().map((row) => row.querySelector("th")!.textContent)[7]).toBe("C1P1_cell_7.png");
    expect(rows()[7]!.textContent).toBe(seventh!.textContent);
    pick("Show", "positive");
    pick("Order", "rising");
    expect(rows().length).toBe(0);
    pick("Show", "uncertain");
    expect(rows().map(({dataset}) => dataset.p!)).toEqual(Array.from({length: 20}, (_, n) => `0.${40 + n}0000`));
    expect(panel.querySelector("[data-testid=patients]")!.textContent).toContain("no parasitaemia");
    rows()[0]!.querySelector("button")!.click();
    expect(cards().map((card) => card.dataset.p)).toEqual(["0.400000"]);
    rows()[0]!.querySelector("button")!.click();
    expect(cards().length).toBe(1);
  });

  test("a folder's files keep their paths, what lies beside pictures is skipped, the same bytes are one cell", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    const lain = (path: string) =>
      Object.defineProperty(new File(["x"], path.split("/").at(-1)!), "webkitRelativePath", {value: path});
    choose(...["p1/cell_1.png", "p1/.DS_Store", "p2/cell_1.png", "p2/labels.csv", "p3/cell_1.png"].map(lain));
    const taken = root.querySelector<HTMLElement>("[data-testid=taken]")!;
    expect(taken.hidden).toBe(false);
    expect(taken.textContent).toMatch(/^2 skipped, which systems or people keep beside pictures/);
    expect(jobs.map(({file}) => file.webkitRelativePath)).toEqual(["p1/cell_1.png", "p2/cell_1.png", "p3/cell_1.png"]);
    jobs.forEach(({resolve}, n) => resolve({...answer, sha256: n === 1 ? "bb" : "aa"}));
    const status = () => root.querySelector("[data-testid=batch-status]")?.textContent;
    await vi.waitFor(() =>
      expect(status()).toBe("3 of 3 files answered, 0 not. 2 skipped. 1 is byte for byte the same as another: 2 cells.")
    );
    expect(cards().map((card) => card.querySelector("h2")!.textContent)).toEqual([
      "p1/cell_1.png",
      "p2/cell_1.png",
      "p3/cell_1.png"
    ]);
    const same = "Byte for byte the same file as p1/cell_1.png: the two count as one cell.";
    expect(cards().map(({textContent}) => textContent!.includes(same))).toEqual([false, false, true]);
    const menu = [...root.querySelectorAll<HTMLOptionElement>(".all-results option")].map(({text}) => text);
    for (const one of ["all (2)", "parasitized (2)", "the same file as another (1)"]) expect(menu).toContain(one);
    const rows = [...root.querySelectorAll(".all-results tbody th")].map(({textContent}) => textContent);
    expect(rows).toEqual(["p1/cell_1.png", "p2/cell_1.png", "p3/cell_1.pngthe same file as p1/cell_1.png"]);
  });

  test("pasted pictures, which are all called image.png, get names of their own", async () => {
    const {jobs} = await setUp();
    for (const files of [["image.png"], ["image.png", "cell.png"]]) {
      const paste = new window.Event("paste", {cancelable: true});
      document.dispatchEvent(
        Object.assign(paste, {clipboardData: {files: files.map((name) => new File(["x"], name))}})
      );
    }
    expect(jobs.map(({file}) => file.name)).toEqual(["image.png", "image-2.png", "cell.png"]);
  });

  test("what a live camera needs is fetched with the first press; each press is one", async () => {
    const {root} = await setUp();
    const button = [...root.querySelectorAll("button")].find(({textContent}) => textContent === "Live camera")!;
    expect(root.querySelector(".camera")).toBeNull();
    button.click();
    await vi.waitFor(() => expect(root.querySelector(".camera")!.textContent).toContain("https only"));
    button.click();
    await vi.dynamicImportSettled();
    expect(root.querySelectorAll(".camera").length).toBe(1);
  });

  test("the table says each reason once with its count, shows a card, and has what is outside answered and marked", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    choose(...Array.from({length: 40}, (_, n) => new File(["x"], `${n}.png`)));
    const told = "There is no single cell. Cut one out.";
    for (const {reject} of jobs.slice(0, 39)) reject(new Refusal("outside", told));
    jobs[39]!.reject(new Refusal("damaged", "This file is damaged. Save it anew."));
    const reasons = () => [...root.querySelectorAll(".reasons li")].map(({textContent}) => textContent);
    await vi.waitFor(() => expect(reasons()).toEqual([`39 × ${told}`, "1 × This file is damaged. Save it anew."]));
    const row = () => root.querySelector<HTMLElement>(".all-results tbody tr")!;
    expect(row().textContent).toMatch(/^0\.pngThere is no single cell\.Show/);
    expect(row().querySelector("img")).not.toBeNull();
    button(row(), "Show").click();
    expect(cards()[0]!.textContent).toContain(told);
    button(row(), "Answer anyway").click();
    expect(jobs[40]!.reading).toEqual({anyway: true});
    jobs[40]!.resolve({...answer, outside: told});
    await vi.waitFor(() => expect(row().textContent).toContain("parasitized ▲ outside"));
    expect(reasons()[0]).toBe(`38 × ${told}`);
    expect(cards()[0]!.dataset.testid).toBe("prediction");
  });

  test("removing takes a file out of the queue, revokes its picture, and ignores what comes late", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
    cards()[0]!.querySelector("button")!.click();
    expect(jobs[0]!.signal.aborted).toBe(true);
    jobs[0]!.resolve(answer);
    jobs[1]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction"));
    expect(cards().length).toBe(1);
    await vi.waitFor(() => expect(root.querySelectorAll(".all-results tbody tr").length).toBe(1));
    root.querySelector<HTMLButtonElement>(".bench-answer > .controls button")!.click();
    expect(cards().length).toBe(0);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:picture");
  });

  test("files that found no network are asked again once there is one, and load is tried when the connection is back", async () => {
    const {jobs, choose, cards, ready, retry, tell} = await setUp();
    choose(new File(["a"], "a.png"));
    tell({state: "failed", message: "No connection."});
    jobs[0]!.reject(new Refusal("unavailable", "The network could not be loaded."));
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction-error"));
    window.dispatchEvent(new window.Event("online"));
    expect(retry).toHaveBeenCalledTimes(1);
    ready();
    expect(jobs.length).toBe(2);
    jobs[1]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.dataset.testid).toBe("prediction"));
    expect(cards()[0]!.dataset.code).toBeUndefined();
    expect(cards()[0]!.classList.contains("error")).toBe(false);
  });

  test("the address's cell is queued with what the data set says of it; an unknown one, and nonsense, get a sentence", async () => {
    const cell = {file: new File(["x"], "C1.png"), label: "parasitized", disputed: false, learned: true};
    const {jobs, cards, ready} = await setUp({first: Promise.resolve(cell)});
    ready();
    await vi.waitFor(() => expect(jobs.length).toBe(1));
    jobs[0]!.resolve(answer);
    await vi.waitFor(() => expect(cards()[0]!.textContent).toContain("calls this cell parasitized."));
    expect(cards()[0]!.textContent).toContain("The network learned from this patient's cells");
    const {root, jobs: none} = await setUp({first: Promise.resolve("No such cell."), problems: ["Not a backend."]});
    const notice = root.querySelector<HTMLElement>(".notice")!;
    await vi.waitFor(() => expect(notice.textContent).toBe("Not a backend. No such cell."));
    expect(notice.hidden).toBe(false);
    expect(none).toEqual([]);
  });

  test("of thousands at once all are taken in, in their order, a part at a time", async () => {
    const {root, jobs, choose} = await setUp();
    choose(...Array.from({length: 2000}, (_, n) => new File([""], `cell_${n}.png`)));
    expect(jobs.length).toBeLessThan(500);
    await vi.waitFor(() => expect(jobs.length).toBe(2000), {timeout: 10_000});
    expect(jobs.map(({file}) => file.name)).toEqual(Array.from({length: 2000}, (_, n) => `cell_${n}.png`));
    expect(root.querySelectorAll(".result").length).toBe(0);
  });

  test("keeps the pixels of the last thousand cells; an older one's card asks for its file once more", async () => {
    const {root, jobs, choose, cards, ready} = await setUp();
    ready();
    choose(...Array.from({length: 1002}, (_, n) => new File([`${n}`], `cell_${n}.png`)));
    await vi.waitFor(() => expect(jobs.length).toBe(1002), {timeout: 10_000});
    const given = jobs.map((_, n) => ({...answer, sha256: `${n}`, cell: new Uint8ClampedArray(7500)}));
    jobs.forEach(({resolve}, n) => resolve(given[n]!));
    const status = () => root.querySelector("[data-testid=batch-status]")?.textContent;
    await vi.waitFor(() => expect(status()).toContain("1,002 of 1,002 files answered"));
    expect(given.filter(({cell}) => cell.length === 0)).toEqual(given.slice(0, 2));
    const show = (name: string) =>
      root.querySelector<HTMLButtonElement>(`[aria-label="Show the card of ${name}"]`)!.click();
    show("cell_5.png");
    expect(cards()[0]!.dataset.p).toBe("0.973123");
    expect(jobs.length).toBe(1002);
    show("cell_0.png");
    expect(jobs.length).toBe(1003);
    expect(jobs[1002]).toMatchObject({file: {name: "cell_0.png"}, reading: {}});
    jobs[1002]!.resolve(answer);
    await vi.waitFor(() => expect(cards().filter(({dataset}) => dataset.p === "0.973123").length).toBe(2));
  });

  test("what waits can be paused and goes on", async () => {
    const {root, jobs, choose, pause, ready} = await setUp();
    ready();
    choose(...Array.from({length: 31}, (_, n) => new File([`${n}`], `cell_${n}.png`)));
    await vi.waitFor(() => expect(root.querySelector(".all-results")).not.toBeNull());
    const button = () =>
      [...root.querySelectorAll<HTMLButtonElement>(".all-results button")].find((one) =>
        /^(Pause|Go on)$/.test(one.textContent!)
      )!;
    button().click();
    expect(pause).toHaveBeenLastCalledWith(true);
    expect(root.querySelector("[data-testid=batch-left]")!.textContent).toBe("Paused.");
    expect(button().textContent).toBe("Go on");
    button().click();
    expect(pause).toHaveBeenLastCalledWith(false);
    jobs.forEach(({resolve}, n) => resolve({...answer, sha256: `${n}`}));
    await vi.waitFor(() => expect(button().hidden).toBe(true));
  });

  describe("with a student", () => {
    const settled = () => new Promise((resolve) => setTimeout(resolve));

    test("answers first; the card says so, and then what ResNet-34 says and whether they agree", async () => {
      const {jobs, choose, cards, root, ready} = await setUp({sources: both});
      ready("student");
      choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
      jobs[0]!.early({...answer, probability: 0.8});
      jobs[1]!.early({...answer, probability: 0.2});
      expect(cards().map(({dataset}) => [dataset.testid, dataset.early])).toEqual([
        [undefined, "0.800000"],
        [undefined, "0.200000"]
      ]);
      expect(cards()[0]!.textContent).toContain("A first answer, by the small network");
      await vi.waitFor(() =>
        expect(root.querySelector("tbody")!.textContent).toContain("parasitized, says the student so far")
      );
      ready();
      for (const job of jobs) job.resolve(answer);
      await settled();
      expect(cards()[0]!.textContent).toContain("The student said parasitized first, P = 0.800: the same class.");
      expect(cards()[1]!.textContent).toContain("The student said uninfected first, P = 0.200: another class.");
      expect(cards().map(({dataset}) => dataset.p)).toEqual(["0.973123", "0.973123"]);
      expect(root.querySelector("tbody")!.textContent).not.toContain("so far");
    });

    test("keeps its answer when ResNet-34 cannot come; both are asked again when it can", async () => {
      const {jobs, choose, cards, tell, ready} = await setUp({sources: both});
      ready("student");
      choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
      jobs[0]!.early(answer);
      tell({state: "failed", message: "No connection."});
      jobs[0]!.reject(new Refusal("unavailable", "The network could not be loaded."));
      await settled();
      expect(cards()[0]!.textContent).toMatch(
        /parasitized.*ResNet-34 has not judged it\. The network could not be loaded/
      );
      expect(cards()[1]!.textContent).toContain("Waiting");
      ready();
      expect(jobs.map(({file}) => file.name)).toEqual(["a.png", "b.png", "a.png"]);
      for (const job of jobs.slice(1)) job.resolve(answer);
      await settled();
      expect(cards().map(({dataset}) => dataset.testid)).toEqual(["prediction", "prediction"]);
    });

    test("alone its line is shown alone, without maps; a change of mind asks again what waits", async () => {
      const onNetwork = vi.fn();
      const {root, jobs, choose, cards, chosen, ready} = await setUp({sources: both, network: "student", onNetwork});
      const shown = () =>
        [...root.querySelectorAll<HTMLElement>(".model-status[data-network]")].flatMap(({hidden, dataset}) =>
          hidden ? [] : [dataset.network]
        );
      expect(chosen).toHaveBeenLastCalledWith("student", "auto");
      expect(shown()).toEqual(["student"]);
      ready("student");
      choose(new File(["a"], "a.png"), new File(["b"], "b.png"));
      jobs[0]!.resolve(answer, "student");
      await settled();
      expect(cards()[0]!.dataset.testid).toBe("prediction");
      expect(cards()[0]!.textContent).toContain("Maps of where a cell speaks for its class are ResNet-34's");
      const menu = root.querySelector("select")!;
      menu.value = "resnet34";
      menu.closest("label")!.dispatchEvent(new window.Event("input", {bubbles: true}));
      expect(onNetwork).toHaveBeenCalledExactlyOnceWith("resnet34");
      expect(chosen).toHaveBeenLastCalledWith("resnet34", "auto");
      expect(shown()).toEqual(["resnet34"]);
      expect(jobs.slice(2).map(({file}) => file.name)).toEqual(["b.png"]);
      jobs[1]!.resolve(answer, "student");
      await settled();
      expect(cards()[1]!.dataset.testid).toBeUndefined();
      ready();
      jobs[2]!.resolve(answer);
      await settled();
      expect(cards()[1]!.dataset.testid).toBe("prediction");
      expect(cards()[0]!.textContent).toContain("The student, ");
    });

    test("with Save-Data ResNet-34 waits for a press that names its size; then cells that were shown are asked again", async () => {
      Object.defineProperty(navigator, "connection", {value: {saveData: true}, configurable: true});
      onTestFinished(() => void Reflect.deleteProperty(navigator, "connection"));
      const onNetwork = vi.fn();
      const {root, jobs, choose, cards, chosen, ready} = await setUp({sources: both, onNetwork});
      expect(chosen).toHaveBeenLastCalledWith("student", "auto");
      const line = () => root.querySelector<HTMLElement>("[data-network=resnet34]")!;
      expect(line().hidden).toBe(true);
      ready("student");
      choose(new File(["a"], "a.png"));
      jobs[0]!.resolve(answer, "student");
      await settled();
      const fetch = button(root, "Fetch ResNet-34 (22 MB)");
      fetch.click();
      expect(chosen).toHaveBeenLastCalledWith("both", "auto");
      expect([line().hidden, fetch.closest("p")!.hidden]).toEqual([false, true]);
      expect(onNetwork).not.toHaveBeenCalled();
      expect(jobs.map(({file}) => file.name)).toEqual(["a.png", "a.png"]);
      jobs[1]!.early(answer);
      jobs[1]!.resolve(answer);
      await settled();
      expect(cards()[0]!.textContent).toContain("Both networks agree.");
    });

    test("on a quick line nothing waits, and who chooses ResNet-34 by hand has it", async () => {
      const {root, chosen} = await setUp({sources: both});
      expect(chosen).toHaveBeenLastCalledWith("both", "auto");
      expect(button(root, "Fetch ResNet-34 (22 MB)").closest("p")!.hidden).toBe(true);
    });

    test("what is chosen to compute with is told with who answers", async () => {
      const onBackend = vi.fn();
      const {root, chosen} = await setUp({sources: both, onBackend});
      const menu = root.querySelectorAll("select")[1]!;
      menu.value = "cpu";
      menu.closest("label")!.dispatchEvent(new window.Event("input", {bubbles: true}));
      expect(onBackend).toHaveBeenCalledExactlyOnceWith("cpu");
      expect(chosen).toHaveBeenLastCalledWith("both", "cpu");
    });
  });

  const button = (host: HTMLElement, label: string) =>
    [...host.querySelectorAll("button")].find(({textContent}) => textContent === label)!;
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  test("a foreign picture gets the reason, and an answer on demand that is marked", async () => {
    const {jobs, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["x"], "page.png"));
    jobs[0]!.reject(new Refusal("outside", "No single cell."));
    await settled();
    expect(cards()[0]!.dataset).toMatchObject({testid: "prediction-error", code: "outside"});
    button(cards()[0]!, "Answer anyway").click();
    expect(cards()[0]!.dataset.testid).toBeUndefined();
    expect(jobs[1]!.reading).toEqual({anyway: true});
    jobs[1]!.resolve({...answer, outside: "No single cell."});
    await settled();
    expect(cards()[0]!.dataset).toMatchObject({testid: "prediction", outside: "yes", file: "page.png"});
    expect(cards()[0]!.dataset.code).toBeUndefined();
    expect(cards()[0]!.textContent).toContain("Outside what the network was tested on. No single cell.");
  });

  test("a cell that was cut out is shown as such, and can be left as it is and cut out again", async () => {
    const {jobs, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["x"], "cell.png"));
    jobs[0]!.resolve({...answer, cut: true});
    await settled();
    expect(cards()[0]!.textContent).toContain("cut out and laid on black");
    button(cards()[0]!, "Use the picture as it is").click();
    expect(jobs[1]!.reading).toEqual({asIs: true, anyway: true});
    jobs[1]!.resolve(answer);
    await settled();
    expect(cards()[0]!.textContent).not.toContain("cut out and laid on black");
    button(cards()[0]!, "Cut the cell out").click();
    expect(jobs[2]!.reading).toEqual({});
  });

  test("shows where the cell speaks for the class, in words too, and what shuffled weights make of it", async () => {
    const {jobs, explain, choose, cards, ready} = await setUp();
    ready();
    choose(new File(["x"], "cell.png"));
    const cell = new Uint8ClampedArray(cellValues).fill(150);
    jobs[0]!.resolve({...answer, cell, seen: cell});
    await settled();
    button(cards()[0]!, "Why? Show where").click();
    await settled();
    expect(explain).toHaveBeenLastCalledWith(cell, false);
    const why = cards()[0]!.querySelector<HTMLElement>("[data-testid=why]")!;
    expect(why.textContent).toContain("in the upper left part of the cell, near its edge");
    expect(why.textContent).toContain("not evidence of reasoning");
    const slider = why.querySelector<HTMLInputElement>("input[type=range]")!;
    slider.value = "30";
    slider.dispatchEvent(new window.Event("input", {bubbles: true}));
    expect(why.querySelector<HTMLElement>(".pictures")!.style.getPropertyValue("--map-shown")).toBe("30%");
    expect(why.textContent).toContain("the peak has the colour of the chance, here >0.999");
    expect(why.textContent).toContain("nothing on this cell is a stained parasite");
    button(why, "Compare with shuffled weights").click();
    await settled();
    expect(explain).toHaveBeenLastCalledWith(cell, true);
    expect(why.textContent).toMatch(/Rank correlation of the two maps: -?0\.0\d/);
    expect(why.querySelectorAll("[role=img]").length).toBe(2);
  });
});
