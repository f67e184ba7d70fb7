import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {compileKernels, kernelBinaries} from "../../../src/build/kernels.js";

test.each(kernelBinaries)("$file is what its AssemblyScript compiles to (npm run kernels)", async ({file, shared}) => {
  const committed = readFileSync(file);
  expect(committed.length).toBeGreaterThan(4000);
  expect(Buffer.from(await compileKernels({shared})).equals(committed)).toBe(true);
});

test("the two binaries differ: one's memory is its own, the other's is shared", () => {
  const [own, shared] = kernelBinaries.map(({file}) => readFileSync(file));
  expect(own!.equals(shared!)).toBe(false);
});
