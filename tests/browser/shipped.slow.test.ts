import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {expectNoHarm} from "./counted-page.js";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {expectHeldOutOfPyTorch, expectSamplesOfPyTorch} from "./shipped.js";

const long = {timeout: 1_800_000};
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe("the shipped network", long, () => {
  test("with textures of 16 bits passes its self-test, or WebGL is not used", async () => {
    // TensorFlow.js leaves its one engine in the worker's scope.
    const workerPrologue = `
      let engine;
      Object.defineProperty(self, "_tfengine", {
        get: () => engine,
        set(made) {
          engine = made;
          const {ENV} = engine;
          const register = ENV.registerFlag.bind(ENV);
          ENV.registerFlag = (name, ...rest) => {
            register(name, ...rest);
            if (name === "WEBGL_FORCE_F16_TEXTURES") ENV.set(name, true);
          };
        }
      });
    `;
    const {backend, note} = await expectSamplesOfPyTorch(site, "webgl", {tolerance: 0.02, most: 4, workerPrologue});
    console.log(`16-bit textures: ${backend}. ${note}`);
    if (backend !== "webgl") expect(note).toContain("known cells get other probabilities");
  });

  test("gives a thousand held-out cells PyTorch's answers, and asks for nothing", () =>
    expectHeldOutOfPyTorch(site, 1000));
});

test("2000 changed cells each get an answer or a sentence; page and worker live on; memory returns", long, async () => {
  const plain = await openSite({webgl: false});
  await expectNoHarm(plain, 2000);
  await plain.close();
});
