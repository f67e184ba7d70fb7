/** Which labels the answers are held against: the archive's, those nobody disputes, those of the second reading. */
export const labelSets = ["original", "undisputed", "corrected"] as const;
export type LabelSet = (typeof labelSets)[number];

/** A figure and its 95 % interval by resampling patients. */
export interface Figure {
  estimate: number;
  low: number;
  high: number;
}

/** An interval at each point of a grid, to four decimals; null where no draw defines it. */
export interface Band {
  low: (number | null)[];
  high: (number | null)[];
}

/** Where scores of one fold become answers, as its own validation patients chose it. */
export interface FoldPoint {
  fold: number;
  threshold: number;
  temperature: number;
  abstain: [low: number, high: number];
  rule: string;
}

/** One choice of the fold selector: a single fold, or all tested folds together. */
export interface Group {
  /** A fold's number, or `all`. */
  fold: string;
  /** The threshold used unless the reader moves it; null where each fold has its own. */
  threshold: number | null;
  /** Figures of report.json, each cell called at its own fold's threshold. */
  figures: Record<LabelSet, Record<string, Figure>>;
  bands: Record<LabelSet, {roc: Band; precisionRecall: Band}>;
}

/**
 * How cells were set aside for the test: whole patients, fold by fold; or cells by lot, so that most patients lie on both
 * sides.
 */
export const protocols = ["patient", "random"] as const;
export type Protocol = (typeof protocols)[number];

/** The scores of one model, and what was computed from them beforehand. */
export interface ModelEvaluation {
  name: string;
  title: string;
  protocol: Protocol;
  folds: number[];
  /** Places of the scored cells in the manifest, where they are not simply all cells of the folds. */
  places: number[] | null;
  /** P(parasitized) of every scored cell, in manifest order. */
  scores: number[];
  points: FoldPoint[];
  /** `all` first; the single folds follow, unless the split is random. */
  groups: Group[];
}

/** What `src/data/evaluation.json.ts` writes. */
export interface EvaluationData {
  models: ModelEvaluation[];
  /** Number of draws of whole patients behind the bands. */
  bandDraws: number;
  /** Number of draws behind the figures, and the seed of all draws. */
  draws: number;
  seed: number;
}

/** False-positive rates of the ROC band: closer together near 0, where the curve bends. */
export const rateGrid = Array.from({length: 41}, (_, i) => (i / 40) ** 2);

/** Recalls of the precision–recall band: closer together near 1, where the curve bends. */
export const recallGrid = Array.from({length: 41}, (_, i) => 1 - ((40 - i) / 40) ** 2);
