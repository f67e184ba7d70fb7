export const LABELS = ["parasitized", "uninfected"] as const;
export type Label = (typeof LABELS)[number];

/** Number of cells in the NIH set. */
export const CELL_COUNT = 27_558;

export interface CellName {
  /** The C-number, e.g. `C47`: one person, even when photographed on two microscopes (`C47P8thinF`, `C47P8thinF_original`). */
  patient: string;
  /** The source photograph: the file name up to `_cell_`. */
  photograph: string;
  /** Number of the cell in its photograph. */
  number: number;
}

/** Takes a file name such as `C100P61ThinF_IMG_20150918_144104_cell_162.png` apart; null if it is not of that form. */
export function parseCellName(file: string): CellName | null {
  const match = /^((C\d+).*)_cell_(\d+)\.png$/.exec(file);
  return match && {photograph: match[1]!, patient: match[2]!, number: Number(match[3])};
}

/** Orders patients by C-number: C2 before C10. */
export function comparePatients(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
