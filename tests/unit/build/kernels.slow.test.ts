import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {compileKernels, kernelBinaries} from "../../../src/build/kernels.js";
import {makeFolder} from "./folders.js";

test.each(kernelBinaries)("$file is what its AssemblyScript compiles to (npm run kernels)", ({file, shared}) => {
  const committed = readFileSync(file);
  expect(committed.length).toBeGreaterThan(4000);
  const fresh = join(makeFolder(), "kernels.wasm");
  compileKernels(fresh, {shared});
  expect(readFileSync(fresh).equals(committed)).toBe(true);
});

test("the two binaries differ: one's memory is its own, the other's is shared", () => {
  const [own, shared] = kernelBinaries.map(({file}) => readFileSync(file));
  expect(own!.equals(shared!)).toBe(false);
});
