import {createHash} from "node:crypto";
import {readdir, stat} from "node:fs/promises";
import {basename, dirname, relative, resolve, sep} from "node:path";
import {buffer} from "node:stream/consumers";
import * as yauzl from "yauzl-promise";
import {isBesidePictures} from "../../src/components/classifier/left-out.js";
import {checkBytes} from "../../src/components/formats/limits.js";
import {isList, readList, surveyList} from "./list.js";
import {onDisk, orUnreadable} from "./scored-file.js";
import type {ScoredFile} from "./scored-file.js";

/** The files of a folder, a list or an archive. */
export interface ScoredFiles {
  count: number;
  /** sha256 of their paths in their order, which tells them from others. */
  identity: string;
  /** The files but for the first `skip`, in an order that is the same each time. */
  files: (skip?: number) => AsyncIterable<ScoredFile>;
  /** How many were left out, which lie beside pictures (`.DS_Store`, `Thumbs.db`, CSV, …). */
  skipped: number;
  close: () => Promise<void>;
}

/**
 * Opens what shall be scored: a folder with its subfolders, a list (`.csv` or `.parquet`, see {@link readList}), a `.zip`
 * archive, or one picture. Lists are read as they are asked for; the names of a folder or an archive are held.
 * @throws Error with a sentence that says what to do
 */
export async function openFiles(input: string): Promise<ScoredFiles> {
  const found = await stat(input).catch(() => null);
  if (!found)
    throw new Error(`There is no ${input}. Give a folder, a list (.csv, .parquet) or an archive (.zip) of pictures.`);
  if (found.isDirectory()) return openFolder(input);
  if (isList(input)) return openList(input);
  if (/\.zip$/i.test(input)) return openArchive(input);
  return {...held([onDisk(basename(input), input)]), skipped: 0, close: async () => {}};
}

async function openFolder(folder: string): Promise<ScoredFiles> {
  const root = dirname(resolve(folder));
  const all = (await readdir(folder, {recursive: true, withFileTypes: true}))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => resolve(entry.parentPath ?? entry.path, entry.name) /* parentPath is new in Node 20.12 */)
    .map((place) => onDisk(relative(root, place).split(sep).join("/"), place));
  return {...withoutJunk(all.sort(byPath)), close: async () => {}};
}

async function openList(list: string): Promise<ScoredFiles> {
  const {count, identity} = await surveyList(list);
  return {count, identity, files: (skip = 0) => readList(list, {skip}), skipped: 0, close: async () => {}};
}

async function openArchive(archive: string): Promise<ScoredFiles> {
  const unreadable = (error: unknown) =>
    new Error(
      `${archive} cannot be read as a zip archive (${(error as Error).message}). It may be cut short: get it anew.`
    );
  const zip = await yauzl.open(archive).catch((error: unknown) => Promise.reject(unreadable(error)));
  const all: ScoredFile[] = [];
  try {
    for await (const entry of zip) {
      if (entry.filename.endsWith("/")) continue;
      const read = async () => {
        checkBytes(entry.uncompressedSize);
        return orUnreadable(entry.openReadStream().then(buffer));
      };
      all.push({path: entry.filename, read});
    }
  } catch (error) {
    await zip.close();
    throw unreadable(error);
  }
  return {...withoutJunk(all), close: () => zip.close()};
}

function withoutJunk(all: ScoredFile[]): Omit<ScoredFiles, "close"> {
  const files = all.filter(({path}) => !isBesidePictures(path));
  return {...held(files), skipped: all.length - files.length};
}

function held(all: readonly ScoredFile[]): Pick<ScoredFiles, "count" | "identity" | "files"> {
  const identity = createHash("sha256");
  for (const {path} of all) identity.update(`${JSON.stringify(path)}\n`);
  const files = async function* (skip = 0) {
    yield* all.slice(skip);
  };
  return {count: all.length, identity: identity.digest("hex"), files};
}

function byPath(a: ScoredFile, b: ScoredFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
