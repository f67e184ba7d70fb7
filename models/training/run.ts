import {spawnSync} from "node:child_process";
import {fileURLToPath} from "node:url";

const modules: Record<string, string> = {
  train: "models.training.train",
  export: "models.training.export",
  baselines: "models.training.baselines",
  robustness: "models.training.robustness",
  embedding: "models.training.embedding"
};

/** Interpreters to try, in order: the one named by the environment, then the usual ones. */
const candidates = [process.env.PYTHON, "python3", "/usr/bin/python3", "python"].filter((name) => name != null);

/** The first interpreter that can import torch, torchvision, tqdm and Pillow, or null. */
export function findPython(run = spawnSync): string | null {
  const imports = "import torch, torchvision, tqdm, PIL, numpy";
  return candidates.find((name) => run(name, ["-c", imports], {stdio: "ignore"}).status === 0) ?? null;
}

function main([task = "", ...options]: string[]): number {
  const module = modules[task];
  if (module === undefined) {
    console.error(`Say what to run: ${Object.keys(modules).join(" or ")}.`);
    return 2;
  }
  const python = findPython();
  if (python === null) {
    console.error(
      "No Python with PyTorch was found. Install it (Debian: apt-get install python3-torch python3-torchvision " +
        "python3-tqdm python3-pil; elsewhere: pip install torch torchvision tqdm pillow), or name one in PYTHON."
    );
    return 1;
  }
  const root = fileURLToPath(new URL("../..", import.meta.url));
  return spawnSync(python, ["-m", module, ...options], {cwd: root, stdio: "inherit"}).status ?? 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv.slice(2)));
