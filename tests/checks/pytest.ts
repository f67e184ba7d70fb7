import {expect} from "vitest";
import {run} from "./run.js";

const python = "/usr/bin/python3";
const modules = "torch, torchvision, sklearn, numpy, PIL, pytest, tqdm, onnx, distributed";
const needs =
  "python3-torch python3-torchvision python3-sklearn python3-numpy python3-pil python3-pytest python3-tqdm python3-onnx python3-distributed";

/** Tests in several processes, which take a minute each. */
export const ofProcesses = ["tests/training/test_processes.py", "tests/cluster"];

/** Runs tests of Python code; none may be skipped. */
export async function pytest(...args: string[]): Promise<void> {
  await run(python, "-c", `import ${modules}`).catch((error: Error) => {
    throw new Error(`${python} cannot import all of ${modules}. On Debian: apt-get install ${needs}`, {cause: error});
  });
  const said = await run(python, "-m", "pytest", "-q", "-rs", ...args);
  console.log(said);
  expect(said).toMatch(/\d+ passed/);
  expect(said).not.toMatch(/skipped/);
}
