import {createHash} from "node:crypto";
import {readFile, writeFile} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {listFiles} from "./files.js";

/** The list of checksums, in the format of `sha256sum`. */
export const checksumFile = "checksums.txt";
/** The page that states the hash of the build, in `#build-hash`. */
export const hashPage = "pages/model-card.html";
const hashElement = /(<code id="build-hash"[^>]*>)[^<]*(<\/code>)/;

/** Files that cannot be in the list: itself, the page that states its hash, and the worker that knows that page. */
export const unlisted = new Set([checksumFile, hashPage, "service-worker.js"]);

/** The sha256 of `content` in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Writes `checksums.txt` for the built site in `directory`, and its sha256, the **build hash**, into the model card:
 * it stands for every byte of the site but the three files of {@link unlisted}. Both can be checked with `sha256sum`.
 * @returns the build hash
 */
export async function writeChecksums(directory: string): Promise<string> {
  const lines: string[] = [];
  for (const file of await listFiles(directory)) {
    const name = relative(directory, file).split(sep).join("/");
    if (!unlisted.has(name)) lines.push(`${sha256(await readFile(file))}  ${name}\n`);
  }
  const list = lines.join("");
  const hash = sha256(list);
  await writeFile(join(directory, checksumFile), list);
  const page = join(directory, hashPage);
  const html = await readFile(page, "utf8");
  await writeFile(page, html.replace(hashElement, `$1${hash}$2`));
  return hash;
}
