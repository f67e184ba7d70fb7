import {expect, test} from "vitest";
import {run} from "./run.js";

const python = "/usr/bin/python3";
const needs =
  "python3-torch python3-torchvision python3-sklearn python3-numpy python3-pil python3-pytest python3-tqdm python3-onnx python3-distributed";

test("the training code does what its tests say", async () => {
  const modules = "torch, torchvision, sklearn, numpy, PIL, pytest, tqdm, onnx, distributed";
  await run(python, "-c", `import ${modules}`).catch((error: Error) => {
    throw new Error(`${python} cannot import all of ${modules}. On Debian: apt-get install ${needs}`, {cause: error});
  });
  const said = await run(python, "-m", "pytest", "-q", "-rs", "tests/training", "tests/cluster");
  console.log(said);
  expect(said).toMatch(/\d+ passed/);
  expect(said).not.toMatch(/skipped/);
});
