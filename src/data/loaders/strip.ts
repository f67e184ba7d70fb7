import path from "node:path";
import sharp from "sharp";
import {cellSide, placeOnSheet, sheetName} from "../shapes/cells.js";
import type {ManifestRow} from "../shapes/manifest.js";

/** One cell with its picture, ready for an `<img>`. */
export interface StripCell {
  file: string;
  label: string;
  patient: string;
  /** Size of the full-size crop in pixels. */
  width: number;
  height: number;
  /** The packed 50×50 picture as a data address. */
  image: string;
}

/**
 * Chooses cells to show first: both labels in turn, undisputed, of known size, each from another patient, spread evenly
 * over the patients that qualify.
 */
export function chooseStrip(rows: readonly ManifestRow[], count = 12): number[] {
  const taken = new Set<string>();
  const chosen: number[][] = (["parasitized", "uninfected"] as const).map((label) => {
    const firsts = new Map<string, number>();
    rows.forEach((row, index) => {
      const fits = row.label === label && !row.disputed && row.width !== null && !taken.has(row.patient);
      if (fits && !firsts.has(row.patient)) firsts.set(row.patient, index);
    });
    const candidates = [...firsts.values()];
    const half = Math.min(Math.floor(count / 2), candidates.length);
    const picks = Array.from({length: half}, (_, i) => candidates[Math.floor(((i + 0.5) * candidates.length) / half)]!);
    for (const index of picks) taken.add(rows[index]!.patient);
    return picks;
  });
  return chosen[0]!.flatMap((index, i) => [index, chosen[1]![i]]).filter((index) => index !== undefined);
}

/** Cuts the chosen cells out of their sheets. */
export async function cutStrip(rows: readonly ManifestRow[], directory: string, count?: number): Promise<StripCell[]> {
  return Promise.all(
    chooseStrip(rows, count).map(async (index) => {
      const {file, label, patient, width, height} = rows[index]!;
      const {sheet, x, y} = placeOnSheet(index);
      const picture = await sharp(path.join(directory, sheetName(sheet)))
        .extract({left: x, top: y, width: cellSide, height: cellSide})
        .png()
        .toBuffer();
      const image = `data:image/png;base64,${picture.toString("base64")}`;
      return {file, label, patient, width: width!, height: height!, image};
    })
  );
}
