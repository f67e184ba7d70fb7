import {existsSync, readdirSync} from "node:fs";
import path from "node:path";
import sharp from "sharp";
import {composeSheet} from "../pack/sheets.js";
import {cellSide, cellValues, sheetColumns} from "../shapes/cells.js";
import type {EpochFlips, Flip, TrainingFlips} from "../shapes/flips.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {readPackedCells} from "./packed-cells.js";
import {DataProblem, readCellRows} from "./read.js";

/** Pictures of an epoch that are on the sheet at most, to each side; a sheet holds those of sixteen epochs. */
const SHOWN = 8;

/**
 * Reads `epochs/fold-K.csv` of a model, what the network in training said of the validation cells after each epoch, and finds
 * the cells whose answer an epoch flipped; null where no run kept that.
 *
 * @throws DataProblem naming the row that is malformed, unknown, or that `validation.csv` lacks
 */
export function readFlips(manifest: readonly ManifestRow[], directory: string): TrainingFlips | null {
  const folder = path.join(directory, "epochs");
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => /^fold-\d+\.csv$/.test(file)) : [];
  if (!name) return null;
  const file = path.join(folder, name);
  const fold = Number(/\d+/.exec(name)![0]);
  const rows = readCellRows(file, undefined, manifest);
  const count = Object.keys(rows[0]!.texts).length - 1;
  const told = rows.map(({number}) => Array.from({length: count}, (_, i) => number(`epoch_${i + 1}`, 0, 1)));
  const isRight = (row: number, score: number) => score >= 0.5 === (rows[row]!.cell.label === "parasitized");

  const epochs = Array.from({length: Math.max(0, count - 1)}, (_, i): EpochFlips => {
    const flips = rows.flatMap(({place, cell}, row) => {
      const [before, after] = [told[row]![i]!, told[row]![i + 1]!];
      if (before >= 0.5 === after >= 0.5) return [];
      const {file, label, disputed, width, height} = cell;
      const longest = Math.max(width ?? 0, height ?? 0);
      const share = (length: number | null) => (longest > 0 ? Number((length! / longest).toFixed(3)) : 1);
      const size = {width: share(width), height: share(height)};
      return [{row, flip: {cell: place, file, label, disputed, before, after, ...size, slot: null} satisfies Flip}];
    });
    flips.sort((a, b) => Math.abs(b.flip.after - b.flip.before) - Math.abs(a.flip.after - a.flip.before));
    const to = (wanted: boolean) =>
      flips.filter(({row, flip}) => isRight(row, flip.after) === wanted).map(({flip}): Flip => flip);
    return {epoch: i + 2, toRight: to(true), toWrong: to(false)};
  });

  const shipped = readShipped(path.join(directory, "validation.csv"), manifest, fold);
  const agreeing = rows.filter(({place, fail}, row) => {
    const score = shipped.get(place) ?? fail("validation.csv has no such cell of this fold");
    return score >= 0.5 === told[row]!.at(-1)! >= 0.5;
  }).length;
  const pictures = giveSlots(epochs);
  return {
    model: path.basename(directory),
    fold,
    cells: rows.length,
    epochs,
    agreeing,
    pictures,
    right: rows.filter((_, row) => isRight(row, told[row]!.at(-1)!)).length,
    side: cellSide,
    columns: sheetColumns
  };
}

/** The scores that the shipped network gives the validation cells of a fold, by their place in the manifest. */
function readShipped(file: string, manifest: readonly ManifestRow[], fold: number): Map<number, number> {
  const rows = readCellRows(file, undefined, manifest).filter(({texts}) => texts.fold === String(fold));
  if (rows.length === 0) throw new DataProblem(file, `there are no rows of fold ${fold}`);
  return new Map(rows.map(({place, number}) => [place, number("p_parasitized", 0, 1)]));
}

/** Gives the cells that moved furthest in an epoch their slots on the sheet of pictures, each cell one; answers how many there are. */
function giveSlots(epochs: readonly EpochFlips[]): number {
  const slots = new Map<number, number>();
  for (const flips of epochs.flatMap(({toRight, toWrong}) => [toRight, toWrong])) {
    for (const flip of flips.slice(0, SHOWN)) {
      if (!slots.has(flip.cell)) slots.set(flip.cell, slots.size);
      flip.slot = slots.get(flip.cell)!;
    }
  }
  return slots.size;
}

/** The pictures of the cells that have a slot, as one lossy WebP, in rows of `columns`; one black picture where there are none. */
export async function drawFlips(flips: TrainingFlips | null, directory?: string): Promise<Buffer> {
  const bySlot = new Map<number, number>();
  for (const {toRight, toWrong} of flips?.epochs ?? []) {
    for (const {slot, cell} of [...toRight, ...toWrong]) if (slot !== null) bySlot.set(slot, cell);
  }
  const places = Array.from({length: bySlot.size}, (_, slot) => bySlot.get(slot)!);
  const bytes = await readPackedCells(places, directory);
  const cells = places.map((_, n) => bytes.subarray(n * cellValues, (n + 1) * cellValues));
  const rows = Math.max(1, Math.ceil(places.length / sheetColumns));
  const side = sheetColumns * cellSide;
  return sharp(composeSheet(cells).subarray(0, rows * cellSide * side * 3), {
    raw: {width: side, height: rows * cellSide, channels: 3}
  })
    .webp({quality: 80, effort: 4})
    .toBuffer();
}
