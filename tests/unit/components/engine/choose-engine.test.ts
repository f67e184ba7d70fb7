import {describe, expect, test} from "vitest";
import {chooseEngine} from "../../../../src/components/engine/choose-engine.js";
import {softwareWebgl} from "../../../../src/components/engine/engine.js";
import type {Backend} from "../../../../src/components/engine/engine.js";

/** Starts engines that take the given times; a backend without one does not work. */
function machine(times: Partial<Record<Backend, number>>, software: string | null = null) {
  const started: Backend[] = [];
  const disposed: Backend[] = [];
  const start = async (backend: Backend) => {
    started.push(backend);
    const milliseconds = times[backend];
    if (milliseconds === undefined) throw new Error(`No ${backend}.`);
    const [predict, explain] = [() => Promise.reject(), () => Promise.reject()];
    return {engine: {backend, predict, explain, dispose: () => disposed.push(backend)}, milliseconds};
  };
  const choose = async (compare = true) => {
    const {started: best, reasons} = await chooseEngine(["webgl", "wasm", "cpu"], {start, compare, software});
    return [best.engine.backend, reasons.join(" ")];
  };
  return {choose, started, disposed};
}

describe("chooseEngine", () => {
  test("takes a quick WebGL without looking further", async () => {
    const {choose, started} = machine({webgl: 20, wasm: 5});
    expect(await choose()).toEqual(["webgl", ""]);
    expect(started).toEqual(["webgl"]);
  });

  test("compares a slow WebGL with WebAssembly, keeps the faster, gives the other back and says why", async () => {
    const slow = machine({webgl: 900, wasm: 70});
    expect(await slow.choose()).toEqual(["wasm", "WebGL takes 900 ms a cell here, WebAssembly takes 70 ms."]);
    expect(slow).toMatchObject({started: ["webgl", "wasm"], disposed: ["webgl"]});
    const fair = machine({webgl: 100, wasm: 300, cpu: 900});
    expect(await fair.choose()).toEqual(["webgl", expect.stringContaining("WebAssembly takes 300 ms")]);
  });

  test("passes over WebGL in software for WebAssembly, says so, and comes back to it where that fails", async () => {
    const {choose, started} = machine({webgl: 900, wasm: 700}, "SwiftShader");
    const reason = "WebGL runs in software here (SwiftShader), so WebAssembly comes first.";
    expect(await choose()).toEqual(["wasm", reason]);
    expect(started).toEqual(["wasm"]);
    const without = machine({webgl: 900, cpu: 2000}, "SwiftShader");
    expect(await without.choose()).toEqual(["webgl", expect.stringMatching(/comes first\. No wasm\. plain Java/)]);
    expect(without.started).toEqual(["wasm", "webgl", "cpu"]);
  });

  test("takes what was asked for, however slow, and what follows where that fails", async () => {
    const hint = "WebGL runs in software here (SwiftShader); WebAssembly would answer sooner.";
    expect(await machine({webgl: 900, wasm: 1}, "SwiftShader").choose(false)).toEqual(["webgl", hint]);
    expect(await machine({cpu: 900}).choose(false)).toEqual(["cpu", "No webgl. No wasm."]);
    await expect(machine({}).choose()).rejects.toThrow("No webgl. No wasm. No cpu.");
  });
});

const canvas = (renderer: string | null) =>
  ({
    getContext: () =>
      renderer && {
        getExtension: (name: string) => (name.endsWith("info") ? {UNMASKED_RENDERER_WEBGL: 1} : null),
        getParameter: (which: number) => (which === 1 ? renderer : "WebKit WebGL")
      }
  }) as unknown as OffscreenCanvas;

test.each([
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)", "SwiftShader"],
  ["llvmpipe (LLVM 15.0.6, 256 bits)", "llvmpipe"],
  ["ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)", "Basic Render"],
  ["ANGLE (NVIDIA GeForce RTX 3060 Direct3D11)", null],
  ["Apple GPU", null],
  [null, null]
])("%s", (renderer, name) => expect(softwareWebgl(canvas(renderer))).toBe(name));
