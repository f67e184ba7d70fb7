import type {CellName, Label} from "./cells.js";

/** Colour figures of a cell's picture. */
export interface ColourFigures {
  /** Share of pixels outside the cell, 0…1. */
  frame: number;
  /** Mean of the in-cell pixels, 0…255. */
  red: number;
  green: number;
  blue: number;
  /** Hue in degrees, 0…360, and saturation, 0…1, of that mean colour in HSV; both 0 for grey. */
  hue: number;
  saturation: number;
  /** Mean luma of the in-cell pixels, 0…1. */
  brightness: number;
  /** Standard deviation of green over the in-cell pixels (population), 0…127.5. */
  spread: number;
}

/** Decimals of each figure in the manifest. */
export const decimalsOf: Record<keyof ColourFigures, number> = {
  frame: 4,
  red: 2,
  green: 2,
  blue: 2,
  hue: 2,
  saturation: 4,
  brightness: 4,
  spread: 2
};

/** One row of `manifest.csv`. */
export interface ManifestRow extends Omit<CellName, "number">, ColourFigures {
  file: string;
  label: Label;
  /** Whether Fuhad et al. 2020 call the cell the other class. */
  disputed: boolean;
  /** 0…4 */
  fold: number;
  sheet: number;
  /** Place in the sheet, 0…255, row by row. */
  slot: number;
  /** Size of the full-size crop in pixels; null where it is not known. */
  width: number | null;
  height: number | null;
}

/** The columns of `manifest.csv`, in order. */
export const manifestColumns = [
  ...(["file", "label", "disputed", "patient", "photograph", "fold", "sheet", "slot", "width", "height"] as const),
  ...(Object.keys(decimalsOf) as (keyof ColourFigures)[])
];

/** HSV hue in degrees, 0…360, and saturation, 0…1, of an RGB colour (Smith 1978); both 0 for grey. */
export function hueAndSaturation(red: number, green: number, blue: number): {hue: number; saturation: number} {
  const max = Math.max(red, green, blue);
  const range = max - Math.min(red, green, blue);
  if (range === 0) return {hue: 0, saturation: 0};
  const sextant =
    max === red
      ? (green - blue) / range + (green < blue ? 6 : 0)
      : max === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return {hue: 60 * sextant, saturation: range / max};
}

/** Luma of an RGB colour (channels 0…255), 0…1: (0.299 R + 0.587 G + 0.114 B) / 255 (ITU-R BT.601). */
export function luma(red: number, green: number, blue: number): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
