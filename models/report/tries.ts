import {readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import {replacePart} from "../readme-part.js";

/** What a try reached on validation patients, in one view of each cell and in its eight. */
export interface Try {
  title: string;
  fold: number;
  recipe: TryRecipe;
  oneView: Reached;
  eightViews: Reached;
  elsewhere?: Elsewhere;
}

/** What of a try's recipe its lines show. */
export interface TryRecipe {
  validationCells: number;
  epochs: number;
  frozenEpochs: number;
  size: number;
  initialisation?: string;
  /** Where the weights lie between those that it began with, 0, and those that it reached, 1. */
  share?: number;
  optics?: object;
  standardStain?: number[];
  /** What was brought to one stain; all cells where it isn't told. */
  standardStainOf?: string;
  specks?: object;
  /** Share of batches whose cells' styles were mixed. */
  mixStyle?: number;
  /** Weight of the head that features were not to tell laboratories by. */
  adversary?: number;
  laboratories?: Record<string, {licence: string; cells: number}>;
}

/** Figures on other laboratories' cells at one threshold, as `npm run elsewhere` writes them. */
export interface Elsewhere {
  threshold: number;
  laboratories: Record<string, Laboratory>;
  /** The same cells, brought to one stain first. */
  oneStain?: Record<string, Laboratory>;
}

/** Figures of one laboratory; null where its cells are all of one label. */
export interface Laboratory {
  cells: number;
  heldOut: boolean;
  auc: number | null;
  sensitivity: number | null;
  specificity: number | null;
  sensitivityAt1Percent: number | null;
}

/** Figures on validation cells, original labels, at the threshold ½. */
export interface Reached {
  validLoss: number;
  validAccuracy: number;
  validAuc: number;
}

/**
 * Reads the tries that `npm run train -- --try TITLE` wrote, in the order of their titles.
 * @throws Error that names the file and what it lacks
 */
export function readTries(directory = "models/training/tries"): Try[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const tried = JSON.parse(readFileSync(path.join(directory, file), "utf8")) as Try;
      for (const views of ["oneView", "eightViews"] as const) {
        for (const figure of ["validLoss", "validAccuracy", "validAuc"] as const) {
          if (!Number.isFinite(tried[views]?.[figure]))
            throw new Error(`${file}: ${views}.${figure} must be a number.`);
        }
      }
      return tried;
    });
}

/**
 * Puts the tries into a text, between its two markers, one line a try.
 * @throws Error if a marker is missing
 */
export function fillTries(text: string, tries: readonly Try[]): string {
  const lines = [
    "| try | pixels | epochs | accuracy, one view | AUC | loss | accuracy, eight views | AUC |",
    "|---|---|---|---|---|---|---|---|",
    ...tries.map(({title, recipe: {size, epochs, frozenEpochs}, oneView, eightViews}) => {
      const {validAccuracy, validAuc, validLoss} = oneView;
      const one = [validAccuracy, validAuc, validLoss].map((value) => value.toFixed(4));
      const eight = [eightViews.validAccuracy, eightViews.validAuc].map((value) => value.toFixed(4));
      return `| ${[title, size, `${frozenEpochs} + ${epochs}`, ...one, ...eight].join(" | ")} |`;
    })
  ];
  return replacePart(text, "tries: npm run report", `${lines.join("\n")}\n`, "models/README.md");
}
