/** The two labels, in the order in which {@link Cells.label} counts them; the positive class is first. */
export const labelNames = ["parasitized", "uninfected"] as const;
export type LabelName = (typeof labelNames)[number];

/** A column of unsigned integers: base64 of little-endian bytes; the value is integer / scale. */
export interface PackedColumn {
  bytes: 1 | 2;
  scale: number;
  data: string;
}

/** All cells as `src/data/cells.json.ts` writes them, in sheet order. */
export interface PackedCells {
  count: number;
  patients: string[];
  /** The fold of each patient. */
  folds: number[];
  photographs: string[];
  /** The index of the patient on each photograph. */
  photographPatients: number[];
  /** Cells of one photograph follow each other: [photograph, number of cells, photograph, number of cells, …]. */
  runs: number[];
  columns: Record<PackedName, PackedColumn>;
}

/** Columns with a value a cell. `flags`: bit 0 uninfected, bit 1 disputed; `width` and `height`: 0 where unknown. */
export const packedNames = ["flags", "number", "width", "height", "red", "green", "blue", "frame", "spread"] as const;
export type PackedName = (typeof packedNames)[number];

/** All cells as typed arrays, one entry a cell, in sheet order. */
export interface Cells {
  count: number;
  patients: readonly string[];
  photographs: readonly string[];
  /** 0 parasitized, 1 uninfected: an index into {@link labelNames}. */
  label: Uint8Array;
  /** 1 where the second opinion (Fuhad et al. 2020) names the other class. */
  disputed: Uint8Array;
  /** Index into `patients`. */
  patient: Uint16Array;
  /** Index into `photographs`. */
  photograph: Uint16Array;
  fold: Uint8Array;
  /** The number at the end of the file name. */
  number: Float32Array;
  /** Size of the full-size crop in pixels, 0 where unknown. */
  width: Float32Array;
  height: Float32Array;
  /** Mean colour of the pixels in the cell, 0…255. */
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  /** Share of black frame in the picture, 0…1. */
  frame: Float32Array;
  /** Standard deviation of green in the cell. */
  spread: Float32Array;
}

/**
 * Opens what the loader packed.
 *
 * @throws Error when a column has not one value for each cell
 */
export function unpackCells(packed: PackedCells): Cells {
  const {count, patients, photographs, photographPatients, folds, runs} = packed;
  const photograph = new Uint16Array(count);
  let filled = 0;
  for (let i = 0; i < runs.length; i += 2) photograph.fill(runs[i]!, filled, (filled += runs[i + 1]!));
  if (filled !== count) throw new Error(`The list of cells names a photograph for ${filled} of ${count} cells.`);

  const column = (name: PackedName) => unpackColumn(name, packed.columns[name], count);
  const flags = column("flags");
  return {
    ...{count, patients, photographs, photograph},
    label: Uint8Array.from(flags, (flag) => flag & 1),
    disputed: Uint8Array.from(flags, (flag) => flag >> 1),
    patient: Uint16Array.from(photograph, (index) => photographPatients[index]!),
    fold: Uint8Array.from(photograph, (index) => folds[photographPatients[index]!]!),
    ...{number: column("number"), width: column("width"), height: column("height")},
    ...{red: column("red"), green: column("green"), blue: column("blue")},
    ...{frame: column("frame"), spread: column("spread")}
  };
}

function unpackColumn(name: string, {bytes, scale, data}: PackedColumn, count: number): Float32Array {
  const raw = atob(data);
  if (raw.length !== bytes * count) throw new Error(`Column ${name} holds ${raw.length / bytes} of ${count} values.`);
  const low = (index: number) => raw.charCodeAt(index * bytes);
  const high = (index: number) => (bytes === 2 ? raw.charCodeAt(index * bytes + 1) : 0);
  return Float32Array.from({length: count}, (_, index) => (low(index) + 256 * high(index)) / scale);
}

/** The file name of a cell in the archive. */
export function fileName(cells: Cells, index: number): string {
  return `${cells.photographs[cells.photograph[index]!]!}_cell_${cells.number[index]!}.png`;
}

/** The label of a cell as a word; `other` gives the class that it was not given. */
export function labelName(cells: Cells, index: number, {other = false} = {}): LabelName {
  return labelNames[other ? 1 - cells.label[index]! : cells.label[index]!]!;
}

/** The patient of a cell: C100. */
export function patientName(cells: Cells, index: number): string {
  return cells.patients[cells.patient[index]!]!;
}
