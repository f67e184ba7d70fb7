import {readFile, writeFile} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {sha256} from "../data/pack/digest.js";
import {listFiles} from "./files.js";

/** The list of checksums, in the format of `sha256sum`. */
export const checksumFile = "checksums.txt";
/** The page that states the hash of the build, in `#build-hash`. */
export const hashPage = "pages/model-card.html";

/** Files that cannot be in the list: itself, the page that states its hash, and the worker that knows that page. */
export const unlisted = new Set([checksumFile, hashPage, "service-worker.js"]);

/**
 * Writes `checksums.txt` for the built site in `directory`. Its sha256, the **build hash** that the model card states,
 * stands for every byte of the site but the three files of {@link unlisted}. Both can be checked with `sha256sum`.
 * @returns the build hash
 */
export async function writeChecksums(directory: string): Promise<string> {
  const lines: string[] = [];
  for (const file of await listFiles(directory)) {
    const name = relative(directory, file).split(sep).join("/");
    if (!unlisted.has(name)) lines.push(`${sha256(await readFile(file))}  ${name}\n`);
  }
  const list = lines.join("");
  await writeFile(join(directory, checksumFile), list);
  return sha256(list);
}
