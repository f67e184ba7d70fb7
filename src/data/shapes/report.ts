import * as v from "valibot";
import {guarded, number, object, share, text} from "./schema.js";

const open = (known: typeof share) =>
  v.pipe(
    v.nullable(known),
    v.transform((value) => value ?? NaN)
  );
const figureOf = (known: typeof share) => object({estimate: open(known), low: open(known), high: open(known)});

/** A figure and its 95 % interval by resampling patients, to six decimals; NaN, in JSON null, where nothing defines it. */
const figure = figureOf(number());
export type Figure = v.InferOutput<typeof figure>;

/** Where scores become answers, and the rule that chose it. */
const operatingPoint = object({
  /** Smallest P(parasitized) that is called parasitized. */
  threshold: share,
  /** Divide logits by this for a calibrated probability. */
  temperature: number(Number.MIN_VALUE),
  /** Scores inside this closed interval get no answer. */
  abstain: guarded<[low: number, high: number]>(
    (ends) => Array.isArray(ends) && ends.length === 2 && ends.every((end) => v.is(share, end)),
    "must be two numbers from 0 to 1"
  ),
  /** 35 % of the validation patients' healthy cells score lower; what whole fields are held against. */
  healthyScore: v.optional(share),
  rule: v.optional(text, "")
});
export type OperatingPoint = v.InferOutput<typeof operatingPoint>;

const inAllSets = (() => {
  const part = object({figures: v.record(v.string(), figure, "must be an object")});
  return object({original: part, undisputed: part, corrected: part});
})();

const shareFigure = figureOf(share);
/** What is reported of each part of the cells. */
const subgroupFigures = {
  accuracy: shareFigure,
  sensitivity: shareFigure,
  specificity: shareFigure,
  rocArea: shareFigure
};

/**
 * What a model reaches on a part of the cells, such as those of one microscope: original labels, each cell called at its
 * own fold's threshold.
 */
const subgroup = object({
  /** What the cells are parted by. */
  factor: text,
  /** Which part. */
  group: text,
  cells: number(1),
  patients: number(1),
  /** Without interval where a part has too few patients, NaN where it has one class only. */
  figures: object(subgroupFigures)
});
export type Subgroup = v.InferOutput<typeof subgroup>;

/** What scores of held-out cells are worth after one change of the pictures; rates in 0…1. */
const changedFigures = object({
  /** Name of the change, such as `hue`; `none` for the pictures as they are. */
  change: text,
  /** In the unit of the change: degrees, a factor, pixels, JPEG quality, standard deviation. */
  level: number(),
  cells: number(1),
  rocArea: share,
  sensitivity: share,
  specificity: share
});
export type ChangedFigures = v.InferOutput<typeof changedFigures>;

/** What becomes of cells that were not trained on: figures are of those that got an answer, shares of all. */
const answerFigures = {
  cells: number(1),
  parasitized: number(0),
  /** Slides, fields or patients: what is resampled as one. */
  patients: number(1),
  figures: object(subgroupFigures),
  /** NaN where all cells are of one class. */
  sensitivityAt1Percent: shareFigure,
  sensitivityAt01Percent: shareFigure,
  answered: shareFigure,
  cautioned: shareFigure,
  refused: shareFigure,
  /** Parasitized cells that are called uninfected outright, neither too close to call nor with any caution. */
  silentMisses: number(0)
};
const answerFiguresSchema = object(answerFigures);
export type AnswerFigures = v.InferOutput<typeof answerFiguresSchema>;

/** What the shipped weights reach on another laboratory's cells, none of which any weight was fitted on. */
const laboratoryFigures = object({
  laboratory: text,
  licence: text,
  credit: text,
  /** Whether the gate's limits were fitted on others of its cells. */
  teaches: guarded<boolean>((value) => typeof value === "boolean", "must be true or false"),
  ...answerFigures,
  /** All its cells, by a gate that was fitted on the other laboratories alone. */
  unmet: answerFiguresSchema
});
export type LaboratoryFigures = v.InferOutput<typeof laboratoryFigures>;

const objects = "must be a list of objects";

/** What the site reads of `report.json`. */
export const reportSchema = object({
  draws: number(1),
  seed: number(0),
  folds: v.array(object({fold: number(0, 4), operatingPoint, figures: inAllSets}), objects),
  /** Figures of all folds together; null while there is one fold. */
  pooled: v.optional(v.nullable(inAllSets), null),
  /** Parts of the cells; none where they were not computed. */
  subgroups: v.optional(v.array(subgroup, objects), []),
  /** Changed pictures; none where they were not scored. */
  robustness: v.optional(v.array(changedFigures, objects), []),
  /** Other laboratories; none where they were not scored. */
  laboratories: v.optional(v.array(laboratoryFigures, objects), [])
});

/** What the findings of the home page are made of. */
export const findingsSchema = (() => {
  const counts = object({falseNegatives: number(0), falsePositives: number(0)});
  const part = object({
    cells: number(1),
    patients: number(1),
    matrix: counts,
    figures: object({accuracy: shareFigure, specificity: shareFigure, rocArea: shareFigure})
  });
  return object({
    pooled: object({original: part, undisputed: part}),
    robustness: v.array(changedFigures, objects),
    laboratories: v.optional(v.array(laboratoryFigures, objects), [])
  });
})();

/** What `metadata.json` says of the shipped fold, as `npm run report` put it there. */
const headlineFigures = object({accuracy: figure, sensitivity: figure, specificity: figure, rocArea: figure});
export const headlineSchema = object({
  threshold: share,
  split: object({testFold: number(0, 4)}),
  figures: object({
    original: object({cells: number(1), patients: number(1), figures: headlineFigures}),
    undisputed: object({figures: object({accuracy: figure})})
  })
});

/** The figures that the landing page and the model card state about the shipped network, with intervals by patient. */
export interface Headline {
  fold: number;
  cells: number;
  patients: number;
  threshold: number;
  accuracy: Figure;
  sensitivity: Figure;
  specificity: Figure;
  area: Figure;
  /** Accuracy on the cells whose label nobody disputes. */
  undisputedAccuracy: Figure;
  /** Accuracy over all tested folds, each by a network of its own trained alike; null while there is one. */
  allFolds: {folds: number; accuracy: Figure} | null;
}
