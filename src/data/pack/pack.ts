import {createHash} from "node:crypto";
import {mkdir, readdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {resizeBilinearFixedPoint} from "../../components/image/resize.js";
import {openArchive} from "./archive.js";
import type {ArchiveFile} from "./archive.js";
import {CELL_SIZE, compareCells, parseCellName} from "./cells.js";
import {colourFigures} from "./figures.js";
import {inventoryProblems} from "./inventory.js";
import {formatManifest} from "./manifest.js";
import {decodeCell} from "./picture.js";
import {problemsError} from "./problem.js";
import {noProgress} from "./progress.js";
import type {StartProgress} from "./progress.js";
import {CELLS_PER_SHEET, composeSheet, encodeSheet, sheetName} from "./sheets.js";
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

const PARALLEL = 8;

/**
 * Packs an archive in the NIH layout, of full-size cells or of their 50×50 renditions, which give the same bytes:
 * `manifest.csv`, `split.json`, `sheet-000.webp` … and `checksums.json`.
 *
 * @throws UserError that names everything wrong with the archive; then nothing has been written.
 */
export async function pack(path: string, options: PackOptions): Promise<PackResult> {
  const {out, partial = false, verify = false, startProgress = noProgress} = options;
  const sources = await readSources();
  const archive = await openArchive(path);
  const problems = inventoryProblems(archive.files, sources.labels, partial);
  const advice = partial
    ? "Take these files out of the archive, or get it again with --download."
    : "Get the official archive with --download; an archive with fewer cells is packed with --partial.";
  if (problems.length) {
    await archive.close();
    throw problemsError(problems, advice);
  }

  const cells = archive.files
    .map((entry) => ({...entry, ...parseCellName(entry.file)!, pixels: new Uint8Array(0)}))
    .sort(compareCells);
  const reading = startProgress("Reading cells", cells.length);
  await eachParallel(cells, async (cell) => {
    try {
      cell.pixels = await readPixels(cell, verify ? sources.digests.get(cell.file) : undefined);
    } catch (error) {
      problems.push(`${cell.path} ${(error as Error).message}`);
    }
    reading.advance();
  });
  reading.stop();
  await archive.close();
  if (problems.length) throw problemsError(problems.sort(), advice);

  const split = splitPatients(sources.labels);
  const foldOf = new Map(split.folds.flatMap(({fold, test}) => test.map((patient) => [patient, fold])));
  const manifest = cells.map(({file, label, patient, photograph, pixels}, i) => ({
    file,
    label,
    disputed: sources.disputed.has(file) ? (1 as const) : (0 as const),
    patient,
    photograph,
    fold: foldOf.get(patient)!,
    sheet: Math.floor(i / CELLS_PER_SHEET),
    slot: i % CELLS_PER_SHEET,
    width: sources.sizes.get(file)?.width,
    height: sources.sizes.get(file)?.height,
    ...colourFigures(pixels)
  }));
  const files = new Map<string, string | Buffer>([
    ["manifest.csv", formatManifest(manifest)],
    ["split.json", formatJson(split)]
  ]);
  const sheets = Array.from({length: Math.ceil(cells.length / CELLS_PER_SHEET)}, (_, sheet) => sheet);
  const encoding = startProgress("Encoding sheets", sheets.length);
  await eachParallel(sheets, async (sheet) => {
    const start = sheet * CELLS_PER_SHEET;
    const pixels = cells.slice(start, start + CELLS_PER_SHEET).map((cell) => cell.pixels);
    files.set(sheetName(sheet), await encodeSheet(composeSheet(pixels)));
    encoding.advance();
  });
  encoding.stop();

  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const checksums = sorted.map(([name, content]) => ({
    path: name,
    bytes: Buffer.byteLength(content),
    sha256: createHash("sha256").update(content).digest("hex")
  }));
  await mkdir(out, {recursive: true});
  await Promise.all((await readdir(out)).filter(isSheet).map((name) => rm(join(out, name))));
  for (const [name, content] of sorted) await writeFile(join(out, name), content);
  await writeFile(join(out, "checksums.json"), formatJson({files: checksums}));
  const bytes = checksums.reduce((total, file) => total + file.bytes, 0);
  return {cells: cells.length, sheets: sheets.length, bytes, strays: archive.strays};
}

async function readPixels(cell: ArchiveFile, digest: string | undefined): Promise<Uint8Array> {
  const bytes = await cell.read().catch((error: Error) => {
    throw new Error(`can't be read (${error.message})`, {cause: error});
  });
  if (digest && createHash("sha256").update(bytes).digest("hex") !== digest) {
    throw new Error("is not the official original (wrong SHA-256)");
  }
  return Uint8Array.from(resizeBilinearFixedPoint(await decodeCell(bytes), CELL_SIZE, CELL_SIZE).data);
}

/** Runs `task` for every item, a few at a time. */
async function eachParallel<T>(items: T[], task: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({length: PARALLEL}, work));
}

function isSheet(name: string): boolean {
  return /^sheet-\d+\.webp$/.test(name);
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
