import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";

/** What can be imported under a name, and the packages that bring it: Debian's and PyPI's. */
const packages = {
  torch: {debian: "python3-torch", pypi: "torch"},
  torchvision: {debian: "python3-torchvision", pypi: "torchvision"},
  numpy: {debian: "python3-numpy", pypi: "numpy"},
  PIL: {debian: "python3-pil", pypi: "pillow"},
  tqdm: {debian: "python3-tqdm", pypi: "tqdm"},
  sklearn: {debian: "python3-sklearn", pypi: "scikit-learn"},
  scipy: {debian: "python3-scipy", pypi: "scipy"},
  distributed: {debian: "python3-distributed", pypi: "distributed"}
};

type Import = keyof typeof packages;

const torch: readonly Import[] = ["torch", "torchvision", "numpy", "PIL", "tqdm"];

/** The tasks in Python, and what each imports. */
export const tasks: Readonly<Record<string, readonly Import[]>> = {
  train: torch,
  export: torch,
  baselines: [...torch, "sklearn"],
  robustness: torch,
  elsewhere: torch,
  embedding: [...torch, "sklearn"],
  finder: [...torch, "scipy"],
  finder_export: [...torch, "scipy"],
  sample_fields: [...torch, "scipy"],
  "score:cluster": ["distributed"]
};

/** The module of a task. */
export const moduleOf = (task: string) =>
  task === "score:cluster" ? "models.cluster.score" : `models.training.${task}`;

/** Interpreters to try, in order: the one named by the environment, then the usual ones. */
const candidates = [process.env.PYTHON, "python3", "/usr/bin/python3", "python"].filter((name) => name != null);

/** Runs a command and tells its exit status, null if there is no such command; null streams are thrown away. */
export type Run = (command: string, options: readonly string[], stdio: "ignore" | "inherit") => number | null;

const run: Run = (command, options, stdio) =>
  spawnSync(command, options, {cwd: fileURLToPath(new URL("../..", import.meta.url)), stdio}).status;

/**
 * Runs a task in Python with the first interpreter that can import what it needs.
 * Returns the exit status; says on standard error what is missing and how to install it.
 */
export function runTask(task: string, options: readonly string[], start = run, pythons = candidates): number {
  const needed = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  if (needed === undefined) {
    console.error(`Say what to run: ${Object.keys(tasks).join(" or ")}.`);
    return 2;
  }
  const can = (python: string, imports: readonly Import[]): boolean =>
    start(python, ["-c", `import ${imports.join(", ")}`], "ignore") === 0;
  const python = pythons.find((name) => can(name, needed));
  if (python !== undefined) return start(python, ["-m", moduleOf(task), ...options], "inherit") ?? 1;
  const closest = pythons.find((name) => can(name, torch)) ?? pythons.find((name) => can(name, ["numpy"]));
  const missing = closest === undefined ? needed : needed.filter((name) => !can(closest, [name]));
  const names = (kind: "debian" | "pypi"): string => missing.map((name) => packages[name][kind]).join(" ");
  console.error(
    `npm run ${task} needs ${missing.join(", ")}, which ${closest ?? "no Python here"} ` +
      `${closest === undefined ? "can" : "cannot"} import. Install: apt-get install ${names("debian")} on Debian, ` +
      `pip install ${names("pypi")} elsewhere. Or name another Python in PYTHON.`
  );
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task = "", ...options] = process.argv.slice(2);
  process.exit(runTask(task, options));
}
