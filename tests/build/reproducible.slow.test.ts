import {execFile} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {promisify} from "node:util";
import {expect, test} from "vitest";
import config from "../../observablehq.config.js";

test("a second build from a clean copy of the sources, elsewhere, has the same hash and the same pages", async () => {
  const copy = mkdtempSync(join(tmpdir(), "malaria-copy-"));
  try {
    const sources = ["package.json", "package-lock.json", "tsconfig.json", "observablehq.config.ts", "src", "models"];
    const kept = (source: string) => !/\.observablehq|__pycache__|models\/training\/.*\.npy$/.test(source);
    for (const name of sources) cpSync(name, join(copy, name), {recursive: true, filter: kept});
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
    expect(existsSync(join(copy, "src/.observablehq"))).toBe(false);
    // Not waited for in one piece: a test that blocks its worker for a minute is given up by the test runner.
    const {stdout} = await promisify(execFile)(process.execPath, ["--import", "tsx", "src/build/build.ts"], {
      cwd: copy
    });
    // The list holds the hash of every file but three; those are compared themselves.
    for (const file of ["checksums.txt", "pages/model-card.html", "service-worker.js"]) {
      const [first, second] = [config.output, join(copy, "dist")].map((root) => readFileSync(join(root, file), "utf8"));
      expect(second === first, `${file} differs`).toBe(true);
    }
    expect(stdout).toContain("Build hash ");
  } finally {
    rmSync(copy, {recursive: true, force: true});
  }
}, 900_000);
