import {existsSync} from "node:fs";
import {afterEach, expect, it, vi} from "vitest";
import {moduleOf, runTask, tasks} from "../../../../models/training/run.js";
import type {Run} from "../../../../models/training/run.js";

/** Interpreters by name, with what each can import; what was started with which is kept in `started`. */
function machine(pythons: Record<string, readonly string[]>) {
  const started: string[] = [];
  const run: Run = (python, [flag, what = "", ...rest], stdio) => {
    const installed = pythons[python];
    if (installed === undefined) return null;
    if (flag === "-c")
      return what
        .replace("import ", "")
        .split(", ")
        .every((name) => installed.includes(name))
        ? 0
        : 1;
    started.push([python, flag, what, ...rest, stdio].join(" "));
    return 3;
  };
  return {started, run, names: Object.keys(pythons)};
}

const torch = ["torch", "torchvision", "numpy", "PIL", "tqdm"];
const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
afterEach(() => said.mockClear());

it("starts the first Python that has what the task needs, with the task's options and its status", () => {
  const {started, run, names} = machine({bare: [], torch, full: [...torch, "sklearn"]});
  expect(runTask("train", ["--folds", "0,1"], run, ["missing", ...names])).toBe(3);
  expect(runTask("baselines", [], run, names)).toBe(3);
  expect(started).toEqual([
    "torch -m models.training.train --folds 0,1 inherit",
    "full -m models.training.baselines inherit"
  ]);
  expect(said).not.toHaveBeenCalled();
});

it.each(["baselines", "embedding"])("%s names scikit-learn where it is missing, and no more", (task) => {
  const {started, run, names} = machine({bare: [], torch});
  expect(runTask(task, [], run, names)).toBe(1);
  expect(started).toEqual([]);
  expect(said.mock.calls).toEqual([
    [
      `npm run ${task} needs sklearn, which torch cannot import. Install: apt-get install python3-sklearn on Debian, ` +
        "pip install scikit-learn elsewhere. Or name another Python in PYTHON."
    ]
  ]);
});

it("without any Python names everything that the task needs", () => {
  expect(runTask("train", [], machine({}).run, ["python3"])).toBe(1);
  expect(said.mock.calls).toEqual([
    [
      "npm run train needs torch, torchvision, numpy, PIL, tqdm, which no Python here can import. Install: apt-get " +
        "install python3-torch python3-torchvision python3-numpy python3-pil python3-tqdm on Debian, pip install " +
        "torch torchvision numpy pillow tqdm elsewhere. Or name another Python in PYTHON."
    ]
  ]);
});

it("an unknown task is answered with those that there are", () => {
  for (const task of ["", "tests", "toString"]) expect(runTask(task, [], machine({}).run, [])).toBe(2);
  expect(said).toHaveBeenCalledWith(`Say what to run: ${Object.keys(tasks).join(" or ")}.`);
});

it("every task is a module", () => {
  for (const task of Object.keys(tasks))
    expect(existsSync(`${moduleOf(task).replaceAll(".", "/")}.py`), task).toBe(true);
});

it("scoring on a cluster is a module of its own room", () => {
  const {started, run, names} = machine({torch, dask: ["distributed"]});
  expect(runTask("score:cluster", ["--out", "scores"], run, names)).toBe(3);
  expect(started).toEqual(["dask -m models.cluster.score --out scores inherit"]);
});
