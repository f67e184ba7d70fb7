/**
 * The figures of a cell, as `src/data/cells.arrow` holds them: whole numbers, the value is number / scale. So a bound
 * such as 0.3 finds the same cells here and in the manifest.
 */
export const figureScales = {
  number: 1,
  width: 1,
  height: 1,
  red: 100,
  green: 100,
  blue: 100,
  frame: 10_000,
  hue: 100,
  brightness: 10_000,
  spread: 100
} as const;
export type FigureName = keyof typeof figureScales;

/** What gave the scores of `src/data/scores.arrow`: the network, or a logistic regression on colour figures alone. */
export type ScoreName = "network" | "colour";
/**
 * Scores are held as whole numbers, the value is number / scale: the network's with as many decimals as `predictions.csv`
 * has, in 32 bits; that of colour alone, which no page shows as finely, in 16. Where a cell has no score stands a number
 * beyond the scale.
 */
export const scoreScales = {network: 1e7, colour: 6e4} as const satisfies Record<ScoreName, number>;

/** Places of `src/data/map.arrow` are held as whole numbers of ten-thousandths. */
export const mapScale = 1e4;
/** Stands where a cell is not on the map. */
export const notMapped = -32768;

/** How many features a cell has in `src/data/features.arrow`. */
export const featureCount = 16;
/** The name of a feature's column: 3 → "f03". */
export const featureName = (feature: number) => `f${String(feature).padStart(2, "0")}`;

/** Hue in degrees as −180…180, so that the reds on both sides of 0° lie side by side. */
export const signedHue = (hue: number) => (hue > 180 ? hue - 360 : hue);

/** What the network that never saw a fold's patients calls parasitized: cells from this P(parasitized) on. */
export interface FoldThreshold {
  fold: number;
  threshold: number;
}

/** What the questions need beyond the cells; `src/data/explorer.json` holds it. */
export interface ExplorerFacts {
  /** P(parasitized) from which the network of each scored fold calls a cell parasitized. */
  thresholds: FoldThreshold[];
  /** Patients whose uninfected cells differ in median hue or brightness from those of the others. */
  different: string[];
  /** How the map was laid out, in words; null while there is none. */
  layout: string | null;
  /** Share of the mapped cells whose nearest on the map has the same label; null while there is no map. */
  agreement: number | null;
}
