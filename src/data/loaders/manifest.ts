import path from "node:path";
import {cellsPerSheet, labels} from "../shapes/cells.js";
import type {Label} from "../shapes/cells.js";
import {DataProblem} from "./problem.js";
import {readCsv, readNumber} from "./read-csv.js";

/** One row of `manifest.csv`; width and height are null where the full-size crop's size is unknown. */
export interface ManifestRow {
  file: string;
  label: Label;
  disputed: boolean;
  patient: string;
  photograph: string;
  fold: number;
  sheet: number;
  slot: number;
  width: number | null;
  height: number | null;
  frame: number;
  red: number;
  green: number;
  blue: number;
  hue: number;
  saturation: number;
  brightness: number;
  spread: number;
}

const columns = [
  ...["file", "label", "disputed", "patient", "photograph", "fold", "sheet", "slot", "width", "height"],
  ...["frame", "red", "green", "blue", "hue", "saturation", "brightness", "spread"]
];

/** Where the packed cells lie unless a test says otherwise. */
export const cellsDirectory = process.env.MALARIA_CELLS ?? "src/data/cells";

/**
 * Reads `manifest.csv` of a directory of packed cells.
 *
 * @throws DataProblem naming the first row that is malformed, out of sheet order, or contradicts another one
 */
export function readManifest(directory = cellsDirectory): ManifestRow[] {
  const file = path.join(directory, "manifest.csv");
  const table = readCsv(file, columns);
  const seen = new Set<string>();
  const folds = new Map<string, number>();
  return table.objects({limit: Infinity}).map((record, index) => {
    const text = record as Record<string, string | null>;
    const row = index + 2;
    const fail = (sentence: string): never => {
      throw new DataProblem(file, sentence, row);
    };
    const read = (column: string, min: number, max: number, whole = false) =>
      readNumber(text[column], {file, row, column, min, max, whole});
    const size = (column: string) => (text[column] ? read(column, 1, 10_000, true) : null);

    const name = text.file ?? "";
    const photograph = text.photograph ?? "";
    const patient = text.patient ?? "";
    const label =
      labels.find((known) => known === text.label) ??
      fail(`label must be ${labels.join(" or ")}, but is “${text.label}”`);
    if (!/^C\d+$/.test(patient)) fail(`patient must be a C-number such as C100, but is “${patient}”`);
    if (!name.startsWith(`${photograph}_cell_`))
      fail(`file “${name}” does not begin with its photograph “${photograph}”`);
    if (!name.startsWith(patient)) fail(`file “${name}” does not begin with its patient “${patient}”`);
    if (seen.has(name)) fail(`file “${name}” is listed twice`);
    seen.add(name);

    const fold = read("fold", 0, 4, true);
    if ((folds.get(patient) ?? fold) !== fold)
      fail(`patient ${patient} is in fold ${fold} and in fold ${folds.get(patient)}`);
    folds.set(patient, fold);
    const sheet = read("sheet", 0, 999, true);
    const slot = read("slot", 0, cellsPerSheet - 1, true);
    if (sheet * cellsPerSheet + slot !== index)
      fail(
        `cell ${index} belongs in sheet ${Math.floor(index / cellsPerSheet)}, slot ${index % cellsPerSheet}, but is given sheet ${sheet}, slot ${slot}`
      );

    return {
      ...{file: name, label, disputed: read("disputed", 0, 1, true) === 1, patient, photograph, fold, sheet, slot},
      ...{width: size("width"), height: size("height"), frame: read("frame", 0, 1)},
      ...{red: read("red", 0, 255), green: read("green", 0, 255), blue: read("blue", 0, 255)},
      ...{hue: read("hue", 0, 360), saturation: read("saturation", 0, 1), brightness: read("brightness", 0, 1)},
      spread: read("spread", 0, 255)
    };
  });
}
