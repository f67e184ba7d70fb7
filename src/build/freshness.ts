import {existsSync} from "node:fs";
import {readdir, stat} from "node:fs/promises";
import {join} from "node:path";

const ignored = new Set([".observablehq", "node_modules", "__pycache__", "training"]);

/** Latest modification time, in ms since 1970, of the files and folders at `paths` and below; 0 when none exists. */
export async function newest(paths: string[]): Promise<number> {
  let latest = 0;
  for (const path of paths.filter(existsSync)) {
    const info = await stat(path);
    latest = Math.max(latest, info.mtimeMs);
    if (!info.isDirectory()) continue;
    const names = (await readdir(path)).filter((name) => !ignored.has(name));
    latest = Math.max(latest, await newest(names.map((name) => join(path, name))));
  }
  return latest;
}

/** Whether the build marked by the file `stamp` is missing, or older than any of `sources`. */
export async function isStale(stamp: string, sources: string[]): Promise<boolean> {
  return !existsSync(stamp) || (await stat(stamp)).mtimeMs < (await newest(sources));
}
