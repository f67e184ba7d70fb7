import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {CELL, pixelsOf} from "../fixtures/pictures.js";
import {choose, file, openClassify, state, tinyNetwork} from "./classify-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {expectHeldOutOfPyTorch, expectSamplesOfPyTorch} from "./shipped.js";

// WebGL, and the shipped network; more cells are in shipped.slow.test.ts, every backend in backends.slow.test.ts.

const cell = readFileSync(CELL);
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe("WebGL", () => {
  test("works on a page of the site, with float textures", async () => {
    const visit = await site.open("/");
    const support = await visit.page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2")!;
      return {lost: gl.isContextLost(), float: gl.getExtension("EXT_color_buffer_float") !== null};
    });
    expect(support).toEqual({lost: false, float: true});
    await visit.close();
  });

  test("the model loads on WebGL, and a chosen cell gets the network's probability", async () => {
    const {page, faults, close} = await openClassify(site, {backend: "webgl"});
    await state(page, "ready");
    expect(await page.getByTestId("model-status").getAttribute("data-backend")).toBe("webgl");
    const [answer] = await choose(page, [file("cell.png", cell)]);
    await page.getByRole("button", {name: "Turn and mirror it: cell.png"}).click();
    expect(await page.getByTestId("views").textContent()).toContain("All 8 views are called");
    const p = await (await tinyNetwork())(await pixelsOf(CELL));
    expect(answer).toMatchObject({testid: "prediction", file: "cell.png", backend: "webgl"});
    expect(answer!.label).toBe(p >= 0.5 ? "parasitized" : "uninfected");
    expect(answer!.p).toMatch(/^[01]\.\d{6}$/);
    expect(Math.abs(Number(answer!.p) - p)).toBeLessThan(1e-4);
    expect(Number(answer!.ms)).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });

  test("a graphics card is given all shaders of a batch to compile before it computes", async () => {
    const workerPrologue = `
    self.calls = [];
    for (const name of ["linkProgram", "drawElements"]) {
      const call = WebGL2RenderingContext.prototype[name];
      WebGL2RenderingContext.prototype[name] = function (...args) {
        self.calls.push(name);
        return call.apply(this, args);
      };
    }
  `;
    const {page, close} = await openClassify(site, {backend: "webgl", workerPrologue});
    await state(page, "ready");
    const calls = await page.workers()[0]!.evaluate(() => (globalThis as unknown as {calls: string[]}).calls);
    const linked = calls.filter((call) => call === "linkProgram").length;
    expect(linked).toBeGreaterThan(5);
    // One more is met when the weights lie on the card.
    expect(calls.indexOf("drawElements")).toBeGreaterThanOrEqual(linked - 1);
    await close();
  });
});

describe("the shipped network", () => {
  test("gives the samples PyTorch's probability", async () => {
    expect((await expectSamplesOfPyTorch(site, "wasm")).backend).toBe("wasm");
  });

  test("gives forty held-out cells PyTorch's answers, and asks for nothing", () => expectHeldOutOfPyTorch(site, 40));
});
