import {readdir} from "node:fs/promises";
import {join} from "node:path";

/** Paths of all files below `directory`, with `directory` as their prefix, sorted. */
export async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, {recursive: true, withFileTypes: true});
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
