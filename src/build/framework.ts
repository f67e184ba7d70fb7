import {spawn} from "node:child_process";
import {stripVTControlCharacters} from "node:util";

/** Runs `script` by tsx in a child process with Framework's telemetry off; resolves to what it wrote, and its code. */
export function runFramework(script: string, args: string[] = []): Promise<{code: number; output: string}> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1"},
    stdio: ["ignore", "pipe", "pipe"]
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += stripVTControlCharacters(chunk);
      process.stdout.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({code: code ?? 1, output}));
  });
}

/**
 * Lines of Framework's log that it prints as a warning but that mean a missing file, import or page. Broken links are
 * left to {@link findBrokenLinks}, which also knows the files that a page may link to.
 */
export function findMissing(log: string): string[] {
  return log
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /\b(not found|non-local|unable to (resolve|fetch|load)|ENOENT)\b/i.test(line));
}
