import type {ChangedFigures, Figure, LaboratoryFigures, OperatingPoint, Subgroup} from "./report.js";

/** Which labels the answers are held against: the archive's, those nobody disputes, those of the second reading. */
export const labelSets = ["original", "undisputed", "corrected"] as const;
export type LabelSet = (typeof labelSets)[number];

/** What `make` gives for each set of labels. */
export function perLabelSet<T>(make: (set: LabelSet) => T): Record<LabelSet, T> {
  return {original: make("original"), undisputed: make("undisputed"), corrected: make("corrected")};
}

/** An interval at each point of a grid, to four decimals; null where no draw defines it. */
export interface Band {
  low: (number | null)[];
  high: (number | null)[];
}

/** The operating point of one fold, as its own validation patients chose it. */
export interface FoldPoint extends OperatingPoint {
  fold: number;
}

/** One choice of the fold selector: a single fold, or all tested folds together. */
export interface Group {
  /** A fold's number, or `all`. */
  fold: string;
  /** The threshold used unless the reader moves it; null where each fold has its own. */
  threshold: number | null;
  /** Figures of report.json, each cell called at its own fold's threshold. */
  figures: Record<LabelSet, Record<string, Figure>>;
}

/**
 * How cells were set aside for the test: whole patients, fold by fold; or cells by lot, so that most patients lie on both
 * sides.
 */
export const protocols = ["patient", "random"] as const;
export type Protocol = (typeof protocols)[number];

/** One model and its figures, without its scores. */
export interface ModelSummary {
  name: string;
  title: string;
  /** Of `metadata.json`, which lists the hashes of the weights; null for a model that is not published. */
  sha256: string | null;
  protocol: Protocol;
  folds: number[];
  patients: number;
  /** How many cells were scored; under each set of labels. */
  cells: Record<LabelSet, number>;
  /** Test cells whose patient has cells on the training side too. */
  met: number;
  points: FoldPoint[];
  /** `all` first; the single folds follow, unless the split is random. */
  groups: Group[];
  subgroups: Subgroup[];
  robustness: ChangedFigures[];
  laboratories: LaboratoryFigures[];
  /** Sensitivity at each false-positive rate of `falseAlarmGrid`, all folds together; to four decimals. */
  roc: Record<LabelSet, number[]>;
  /** Cells that this and the first model both scored, and of them those that one got right and the other not. */
  discordant: Record<LabelSet, {shared: number; onlyFirst: number; onlySecond: number}>;
}

/** The scores of one model, as `src/data/scores.zip.ts` writes them. */
export interface ModelScores {
  /** Places of the scored cells in the manifest, where they are not simply all cells of the folds. */
  places: number[] | null;
  /** P(parasitized) of every scored cell, in manifest order. */
  scores: number[];
  /** Bands around the curves of each group, by the name of its fold. */
  bands: Record<string, Record<LabelSet, Bands>>;
}

/** The bands around the two curves. */
export interface Bands {
  roc: Band;
  precisionRecall: Band;
}

/** A model with its scores. */
export type ModelEvaluation = ModelSummary & ModelScores;

/** What `src/data/evaluation.json.ts` writes. */
export interface EvaluationData {
  models: ModelSummary[];
  /** Number of draws of whole patients behind the bands. */
  bandDraws: number;
  /** Number of draws behind the figures, and the seed of all draws. */
  draws: number;
  seed: number;
}

/** False-positive rates of the ROC band: closer together near 0, where the curve bends. */
export const rateGrid = Array.from({length: 41}, (_, i) => (i / 40) ** 2);

/** False-positive rates from 1 in 10,000 to 1, evenly apart on a logarithmic axis, at which models are compared. */
export const falseAlarmGrid = Array.from({length: 41}, (_, i) => 10 ** (-4 + i / 10));

/** Recalls of the precision–recall band: closer together near 1, where the curve bends. */
export const recallGrid = Array.from({length: 41}, (_, i) => 1 - ((40 - i) / 40) ** 2);

/** Number of draws of whole patients behind the bands of `bands.json`. */
export const bandDraws = 500;
