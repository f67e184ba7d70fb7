import {readFile, readdir, stat} from "node:fs/promises";
import {basename, dirname, relative, resolve, sep} from "node:path";
import {buffer} from "node:stream/consumers";
import {csvParseRows} from "d3-dsv";
import * as yauzl from "yauzl-promise";
import {isBesidePictures} from "../../src/components/classifier/left-out.js";
import {checkBytes} from "../../src/components/formats/limits.js";
import {Refusal} from "../../src/components/image/refusal.js";

/** A file to score. */
export interface ScoredFile {
  /** Its place in the folder, list or archive; of a folder with that folder's name first, as the page has it. */
  path: string;
  /** Its content. @throws Refusal `too-large` before it is read, or `unreadable` */
  read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** The files of a folder, a list or an archive, in an order that is the same each time. */
export interface ScoredFiles {
  files: ScoredFile[];
  /** How many were left out, which lie beside pictures (`.DS_Store`, `Thumbs.db`, CSV, …). */
  skipped: number;
  close: () => Promise<void>;
}

/**
 * Opens what shall be scored: a folder with its subfolders, a `.csv` list (its column `path`, or `file`, or else the first one;
 * relative to the list), a `.zip` archive, or one picture.
 * @throws Error with a sentence that says what to do
 */
export async function openFiles(input: string): Promise<ScoredFiles> {
  const found = await stat(input).catch(() => null);
  if (!found) throw new Error(`There is no ${input}. Give a folder, a list (.csv) or an archive (.zip) of pictures.`);
  if (found.isDirectory()) return openFolder(input);
  if (/\.csv$/i.test(input)) return openList(input);
  if (/\.zip$/i.test(input)) return openArchive(input);
  return {files: [onDisk(basename(input), input)], skipped: 0, close: async () => {}};
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
  const [first = [], ...rest] = csvParseRows((await readFile(list, "utf8")).replace(/^\ufeff/, ""));
  const column = ["path", "file"].map((name) => first.indexOf(name)).find((index) => index >= 0);
  const rows = column === undefined ? [first, ...rest] : rest;
  const paths = rows.map((row) => row[column ?? 0] ?? "").filter(Boolean);
  return {files: paths.map((path) => onDisk(path, resolve(dirname(list), path))), skipped: 0, close: async () => {}};
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

function onDisk(path: string, place: string): ScoredFile {
  const read = async () => {
    const {size} = await orUnreadable(stat(place));
    checkBytes(size);
    return orUnreadable(readFile(place));
  };
  return {path, read: async () => new Uint8Array(await read())};
}

function orUnreadable<T>(task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Refusal(
      "unreadable",
      `This file cannot be read (${why}). Check that it is there and that you may read it.`
    );
  });
}

function withoutJunk(all: ScoredFile[]): Pick<ScoredFiles, "files" | "skipped"> {
  const files = all.filter(({path}) => !isBesidePictures(path));
  return {files, skipped: all.length - files.length};
}

function byPath(a: ScoredFile, b: ScoredFile): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
