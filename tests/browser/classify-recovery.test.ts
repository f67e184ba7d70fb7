import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL} from "../fixtures/pictures.js";
import {fallbackModel, tinyModel} from "../fixtures/tiny-model.js";
import {answers, choose, file, openClassify, results, state} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";

// What happens when the graphics card, the memory or a call fails: the worker is made to fail by a script before its own.

const cell = readFileSync(CELL);
let site: Site;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Keeps the engine's WebGL context at hand as `self.context`: the last one that is made. */
const keepContext = `
  const get = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (...args) {
    const context = get.apply(this, args);
    if (/webgl/.test(args[0]) && context) {
      self.context = context;
      self.onContext?.(context);
    }
    return context;
  };
`;
const lose = `self.context.getExtension("WEBGL_lose_context").loseContext()`;
const onFile = (name: string, action: string) =>
  `addEventListener("message", ({data}) => { if (data.picture?.name === "${name}") { ${action} } });`;

const note = (page: Page) => page.getByTestId("model-status").textContent();
const said = (cards: Record<string, string | undefined>[], key: string) => cards.map((card) => card[key]);

describe("a lost WebGL context", () => {
  test("while nothing is asked: WebGL is started anew, what was answered stays, and what comes is answered", async () => {
    const {page, close} = await openClassify(site, {backend: "webgl", workerPrologue: keepContext});
    await choose(page, [file("before.png", cell)]);
    await page.workers()[0]!.evaluate(lose);
    const anew = page.getByTestId("model-status").filter({hasText: "WebGL stopped and was started anew."});
    await anew.waitFor({timeout: 180_000});
    const shown = await choose(page, [file("after.png", cell)]);
    expect(said(shown, "testid")).toEqual(["prediction", "prediction"]);
    expect(said(shown, "backend")).toEqual(["webgl", "webgl"]);
    expect(new Set(said(shown, "p")).size).toBe(1);
    await close();
  });

  test("during a prediction: the file under way is asked again, the queue goes on in order", async () => {
    // Both workers lose theirs, so the second time it is up to WebAssembly; the network is not downloaded again.
    const workerPrologue = keepContext + onFile("during.png", `setTimeout(() => ${lose})`);
    const {page, requests, close} = await openClassify(site, {backend: "webgl", workerPrologue});
    await state(page, "ready");
    const before = requests.filter((url) => url.includes("/models/")).length;
    const names = ["before.png", "during.png", "after.png"];
    const shown = await choose(
      page,
      names.map((name) => file(name, cell))
    );
    expect(said(shown, "file")).toEqual(names);
    expect([shown[0]!.testid, shown[2]!.testid]).toEqual(["prediction", "prediction"]);
    expect(Number(shown[0]!.p)).toBeCloseTo(Number(shown[2]!.p), 4);
    const again = requests.filter((url) => url.includes("/models/")).slice(before);
    expect(again.filter((url) => !url.endsWith("metadata.json"))).toEqual([]);
    await close();
  });

  test("while it loads, time and again: WebAssembly takes over and says why", async () => {
    const onContext = `self.onContext = (context) => queueMicrotask(() => context.getExtension("WEBGL_lose_context")?.loseContext());`;
    const {page, close} = await openClassify(site, {backend: "webgl", workerPrologue: keepContext + onContext});
    const [answer] = await choose(page, [file("cell.png", cell)]);
    expect(answer, `${answer!.text} ${await note(page)}`).toMatchObject({testid: "prediction", backend: "wasm"});
    expect(await note(page)).toMatch(
      /WebGL stopped twice, so it is not used for now|WebGL is not available here|dropped WebGL.s context/
    );
    await close();
  });
});

describe("a failing engine", () => {
  test("kernels whose memory is gone: the file gets a sentence after a second try, the others an answer", async () => {
    // A kernel traps as WebAssembly does when it is called beyond its memory.
    const workerPrologue =
      `
      const instantiate = WebAssembly.Instance;
      WebAssembly.Instance = function (module, imports) {
        const {exports} = new instantiate(module, imports);
        const averagePlaces = (...args) => {
          if (self.heavy) throw new WebAssembly.RuntimeError("memory access out of bounds");
          return exports.averagePlaces(...args);
        };
        return {exports: {...exports, averagePlaces}};
      };
    ` + onFile("heavy.png", "self.heavy = true;");
    const {page, close} = await openClassify(site, {workerPrologue});
    await state(page, "ready");
    const names = ["before.png", "heavy.png", "after.png"];
    const shown = await choose(
      page,
      names.map((name) => file(name, cell))
    );
    expect(said(shown, "testid")).toEqual(["prediction", "prediction-error", "prediction"]);
    expect(shown[1]).toMatchObject({code: "engine", text: expect.stringContaining("out of bounds. Try it once more.")});
    expect(await note(page)).toContain("WebAssembly stopped twice, so it is not used for now.");
    await close();
  });

  test("memory that runs out: the file gets a sentence after a second try, the others an answer by the next backend", async () => {
    const fail = `WebGL2RenderingContext.prototype.drawElements = () => { throw new Error("Out of memory."); };`;
    const workerPrologue = onFile("heavy.png", fail);
    const {page, close} = await openClassify(site, {backend: "webgl", workerPrologue});
    await state(page, "ready");
    const shown = await choose(
      page,
      ["before.png", "heavy.png", "after.png"].map((name) => file(name, cell))
    );
    expect(said(shown, "testid")).toEqual(["prediction", "prediction-error", "prediction"]);
    expect(shown[1]).toMatchObject({code: "engine", text: expect.stringContaining("Out of memory. Try it once more.")});
    expect([shown[0]!.backend, shown[2]!.backend]).toEqual(["webgl", "wasm"]);
    expect(await note(page)).toContain("WebGL stopped twice, so it is not used for now.");
    await close();
  });

  test("a call that hangs is ended after its time, twice; the next file is answered", async () => {
    const {page, close} = await openClassify(site, {
      workerPrologue: onFile("hang.png", "for (;;);"),
      prepare: (opened) => opened.clock.install()
    });
    await state(page, "ready");
    const asked = page.getByLabel("Pictures of single cells");
    await asked.setInputFiles(["hang.png", "after.png"].map((name) => file(name, cell)));
    for (let attempt = 0; attempt < 2; attempt++) {
      await page.waitForTimeout(1000);
      await page.clock.fastForward(61_000);
      await state(page, "ready");
    }
    const shown = await answers(page, 2);
    expect(shown[0]).toMatchObject({code: "timed-out", text: expect.stringContaining("Try it once more.")});
    expect(shown[1]).toMatchObject({testid: "prediction"});
    await close();
  });

  test.each(["kernels", "TensorFlow.js"])("a worker that dies of an error is replaced: %s", async (engine) => {
    const workerPrologue = onFile("fatal.png", `setTimeout(() => { throw new Error("fatal"); });`);
    const model = engine === "kernels" ? tinyModel() : fallbackModel();
    const {page, close} = await openClassify(site, {model, workerPrologue});
    await state(page, "ready");
    expect(await page.getByTestId("model-status").getAttribute("data-kernels")).toBe(String(engine === "kernels"));
    const shown = await choose(page, [file("fatal.png", cell), file("after.png", cell)]);
    expect(said(shown, "file")).toEqual(["fatal.png", "after.png"]);
    expect(shown[1]!.testid).toBe("prediction");
    expect(await results(page).count()).toBe(2);
    await close();
  });
});
