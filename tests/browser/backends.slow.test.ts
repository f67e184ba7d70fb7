import {afterAll, beforeAll, test} from "vitest";
import {openSite} from "./harness.js";
import type {Site} from "./harness.js";
import {expectSameOnAllBackends} from "./shipped.js";

// The longest of the slow proofs: SwiftShader and plain JavaScript take three seconds a cell. That WebAssembly gives PyTorch's
// answers is in shipped.slow.test.ts.

let site: Site;
beforeAll(async () => {
  site = await openSite({whole: true});
});
afterAll(() => site?.close());

test("ResNet-34 gives fifty cells the same on every backend that a visitor chooses", {timeout: 1_800_000}, () =>
  expectSameOnAllBackends(site, 50)
);
