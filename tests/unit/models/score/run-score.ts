import {spawn} from "node:child_process";
import {existsSync, readFileSync, watch} from "node:fs";
import {dirname} from "node:path";

/** Where the sample cells lie. */
export const SAMPLES = "src/data/samples/classify";

/** Runs the command. @param until kills it once the file of scores has more than so many bytes */
export function score(
  args: string[],
  until?: {file: string; bytes: number}
): Promise<{code: number | null; said: string}> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "models/score/cli.ts", ...args]);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
    const watcher =
      until &&
      watch(dirname(until.file), () => {
        if (existsSync(until.file) && readFileSync(until.file).length > until.bytes) child.kill("SIGKILL");
      });
    child.on("close", (code) => {
      watcher?.close();
      resolve({code, said});
    });
  });
}
