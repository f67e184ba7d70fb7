import {readdir, readFile, stat} from "node:fs/promises";
import {basename, join, relative, sep} from "node:path";
import {buffer} from "node:stream/consumers";
import * as yauzl from "yauzl-promise";
import type {Label} from "../shapes/cells.js";
import {UserError} from "./problem.js";

export interface ArchiveFile {
  /** Name without folders. */
  file: string;
  /** Class folder it lies in. */
  label: Label;
  /** Path inside the archive. */
  path: string;
  read(): Promise<Buffer>;
}

export interface Archive {
  /** The pictures, in the archive's order. */
  files: ArchiveFile[];
  /** Paths of everything else: `Thumbs.db`, `.DS_Store`, `__MACOSX/…`, pictures outside both class folders. */
  strays: string[];
  close(): Promise<void>;
}

const LAYOUT = "cell_images/Parasitized/*.png and cell_images/Uninfected/*.png";

/**
 * Opens a zip file, or a folder, in the NIH layout `cell_images/{Parasitized,Uninfected}/*.png` (the folder may be
 * `cell_images` itself). Files of a zip are read one by one, at random; close the archive afterwards.
 *
 * @throws UserError if the path does not exist, is not a zip or folder, or holds no picture where the layout wants it.
 */
export async function openArchive(path: string): Promise<Archive> {
  const stats = await stat(path).catch(() => null);
  if (!stats) {
    throw new UserError(`There is no ${path}. Give the path of the NIH archive, or get it with --download.`);
  }
  const archive = await (stats.isDirectory() ? openFolder(path) : openZip(path));
  if (archive.files.length === 0) {
    await archive.close();
    throw new UserError(`${path} holds no cells: expected ${LAYOUT}.`);
  }
  return archive;
}

async function openZip(path: string): Promise<Archive> {
  let zip: yauzl.Zip | undefined;
  try {
    zip = await yauzl.open(path);
    const entries: {path: string; read: () => Promise<Buffer>}[] = [];
    for await (const entry of zip) {
      if (entry.filename.endsWith("/")) continue;
      entries.push({path: entry.filename, read: async () => buffer(await entry.openReadStream())});
    }
    return {...classify(entries), close: () => zip!.close()};
  } catch (error) {
    await zip?.close();
    throw new UserError(
      `${path} can't be read as a zip file (${(error as Error).message}). It may be incomplete: get it again with --download.`
    );
  }
}

async function openFolder(path: string): Promise<Archive> {
  const classes = ["Parasitized", "Uninfected", "cell_images"].map((name) => join(path, name));
  const folders = (await Promise.all(classes.map((folder) => stat(folder).catch(() => null)))).filter(Boolean);
  if (folders.length === 0) throw new UserError(`${path} holds no cells: expected ${LAYOUT}.`);
  const entries = (await readdir(path, {recursive: true, withFileTypes: true}))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name) /* parentPath is new in Node 20.12 */)
    .sort()
    .map((full) => ({path: relative(path, full).split(sep).join("/"), read: () => readFile(full)}));
  return {...classify(entries), close: async () => {}};
}

function classify(entries: {path: string; read: () => Promise<Buffer>}[]): Pick<Archive, "files" | "strays"> {
  const files: ArchiveFile[] = [];
  const strays: string[] = [];
  for (const {path, read} of entries) {
    const folder = /(?:^|\/)(Parasitized|Uninfected)\/[^/]+\.png$/i.exec(path)?.[1];
    const file = basename(path);
    if (!folder || file.startsWith("._") || /(^|\/)__MACOSX\//.test(path)) strays.push(path);
    else files.push({file, label: folder.toLowerCase() as Label, path, read});
  }
  return {files, strays};
}
