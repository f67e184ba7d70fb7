import path from "node:path";
import {cellsPerSheet, labels} from "../shapes/cells.js";
import {manifestColumns} from "../shapes/manifest.js";
import type {ManifestRow} from "../shapes/manifest.js";
import {readRows} from "./read.js";

/** Where the packed cells lie unless a test says otherwise. */
export const cellsDirectory = process.env.MALARIA_CELLS ?? "src/data/cells";

/**
 * Reads `manifest.csv` of a directory of packed cells.
 *
 * @throws DataProblem naming the first row that is malformed, out of sheet order, or contradicts another one
 */
export function readManifest(directory = cellsDirectory): ManifestRow[] {
  const seen = new Set<string>();
  const folds = new Map<string, number>();
  return readRows(path.join(directory, "manifest.csv"), manifestColumns).map(({texts, number, fail}, index) => {
    const {file, photograph, patient} = texts as Record<"file" | "photograph" | "patient", string>;
    const size = (column: string) => (texts[column] ? number(column, 1, 10_000, true) : null);
    const label =
      labels.find((known) => known === texts.label) ??
      fail(`label must be ${labels.join(" or ")}, but is “${texts.label}”`);
    if (!/^C\d+$/.test(patient)) fail(`patient must be a C-number such as C100, but is “${patient}”`);
    if (!file.startsWith(`${photograph}_cell_`))
      fail(`file “${file}” does not begin with its photograph “${photograph}”`);
    if (!file.startsWith(patient)) fail(`file “${file}” does not begin with its patient “${patient}”`);
    if (seen.has(file)) fail(`file “${file}” is listed twice`);
    seen.add(file);

    const fold = number("fold", 0, 4, true);
    if ((folds.get(patient) ?? fold) !== fold)
      fail(`patient ${patient} is in fold ${fold} and in fold ${folds.get(patient)}`);
    folds.set(patient, fold);
    const [sheet, slot] = [number("sheet", 0, 999, true), number("slot", 0, cellsPerSheet - 1, true)];
    if (sheet * cellsPerSheet + slot !== index)
      fail(
        `cell ${index} belongs in sheet ${Math.floor(index / cellsPerSheet)}, slot ${index % cellsPerSheet}, but is given sheet ${sheet}, slot ${slot}`
      );

    return {
      file,
      label,
      disputed: number("disputed", 0, 1, true) === 1,
      patient,
      photograph,
      fold,
      sheet,
      slot,
      width: size("width"),
      height: size("height"),
      frame: number("frame", 0, 1),
      red: number("red", 0, 255),
      green: number("green", 0, 255),
      blue: number("blue", 0, 255),
      hue: number("hue", 0, 360),
      saturation: number("saturation", 0, 1),
      brightness: number("brightness", 0, 1),
      spread: number("spread", 0, 255)
    };
  });
}
