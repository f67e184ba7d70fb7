import {mkdir, readdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {range} from "d3";
import {resizeBilinearFixedPoint} from "../../components/image/resize.js";
import {cellSide, cellsPerSheet, parseCellName, sheetName} from "../shapes/cells.js";
import {openArchive} from "./archive.js";
import type {ArchiveFile} from "./archive.js";
import {sha256} from "./digest.js";
import {colourFigures} from "./figures.js";
import {inventoryProblems} from "./inventory.js";
import {compareCells, formatManifest} from "./manifest.js";
import {decodeCell} from "./picture.js";
import {problemsError} from "./problem.js";
import {each} from "./progress.js";
import type {StartProgress} from "./progress.js";
import {composeSheet, encodeSheet} from "./sheets.js";
import {readSources} from "./sources.js";
import {splitPatients} from "./split.js";

export interface PackOptions {
  /** Folder to write; made if need be. */
  out: string;
  /** Accept an archive that lacks cells. */
  partial?: boolean;
  /** Require every file to be the official full-size original, by SHA-256. */
  verify?: boolean;
  startProgress?: StartProgress;
}

export interface PackResult {
  cells: number;
  sheets: number;
  /** Total size of the written files. */
  bytes: number;
  /** Files in the archive that are no cells and were left out. */
  strays: string[];
}

/**
 * Packs an archive (zip or folder) in the NIH layout, of full-size cells or of their 50×50 renditions, which give the same bytes:
 * `manifest.csv`, `split.json`, `sheet-000.webp` … and `checksums.json`.
 *
 * @throws UserError that names everything wrong with the archive; then nothing has been written.
 */
export async function pack(source: string, options: PackOptions): Promise<PackResult> {
  const {out, partial = false, verify = false, startProgress} = options;
  const sources = await readSources();
  const archive = await openArchive(source);
  const cells = archive.files
    .filter(({file}) => sources.labels.has(file))
    .map((entry) => ({...entry, ...parseCellName(entry.file)!}))
    .sort(compareCells);
  const pixels = new Map<ArchiveFile, Uint8Array>();
  const problems: string[] = [];
  const read = async (cell: ArchiveFile) => {
    try {
      pixels.set(cell, await readPixels(cell, verify ? sources.digests.get(cell.file) : undefined));
    } catch (error) {
      problems.push(`${cell.path} ${(error as Error).message}`);
    }
  };
  await each("Reading cells", cells, read, startProgress);
  await archive.close();
  problems.sort().push(...inventoryProblems(archive.files, sources.labels, partial));
  if (problems.length) {
    const advice = partial ? "" : " An archive with fewer cells is packed with --partial.";
    throw problemsError(problems, `Get the official archive with --download.${advice}`);
  }

  const split = splitPatients(sources.labels);
  const foldOf = new Map(split.folds.flatMap(({fold, test}) => test.map((patient) => [patient, fold])));
  const manifest = cells.map((cell, i) => {
    const {file, label, patient, photograph} = cell;
    const {width, height} = sources.sizes.get(file) ?? {width: null, height: null};
    const [sheet, slot] = [Math.floor(i / cellsPerSheet), i % cellsPerSheet];
    const known = {file, label, disputed: sources.disputed.has(file), patient, photograph, width, height};
    return {...known, fold: foldOf.get(patient)!, sheet, slot, ...colourFigures(pixels.get(cell)!)};
  });
  const files = new Map<string, string | Buffer>([
    ["manifest.csv", formatManifest(manifest)],
    ["split.json", formatJson(split)]
  ]);
  const sheets = range(Math.ceil(cells.length / cellsPerSheet));
  const encode = async (sheet: number) => {
    const members = cells.slice(sheet * cellsPerSheet, (sheet + 1) * cellsPerSheet);
    files.set(sheetName(sheet), await encodeSheet(composeSheet(members.map((cell) => pixels.get(cell)!))));
  };
  await each("Encoding sheets", sheets, encode, startProgress);

  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const checksums = sorted.map(([path, content]) => ({
    path,
    bytes: Buffer.byteLength(content),
    sha256: sha256(content)
  }));
  await mkdir(out, {recursive: true});
  await Promise.all((await readdir(out)).filter(isSheet).map((name) => rm(join(out, name))));
  for (const [name, content] of sorted) await writeFile(join(out, name), content);
  await writeFile(join(out, "checksums.json"), formatJson({files: checksums}));
  const bytes = checksums.reduce((total, file) => total + file.bytes, 0);
  return {cells: cells.length, sheets: sheets.length, bytes, strays: archive.strays};
}

async function readPixels(cell: ArchiveFile, expected: string | undefined): Promise<Uint8Array> {
  const bytes = await cell.read().catch((error: Error) => {
    throw new Error(`can't be read (${error.message})`, {cause: error});
  });
  if (expected && sha256(bytes) !== expected) {
    throw new Error("is not the official original (wrong SHA-256)");
  }
  return resizeBilinearFixedPoint(await decodeCell(bytes), cellSide, cellSide).data;
}

function isSheet(name: string): boolean {
  return /^sheet-\d+\.webp$/.test(name);
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
