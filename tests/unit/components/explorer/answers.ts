import {escape, from} from "arquero";
import {explorerFacts} from "../../../../src/data/loaders/explorer.js";
import {readReport} from "../../../../src/data/loaders/report.js";
import {readCellScores} from "../../../../src/data/loaders/scores.js";
import {rows} from "./support.js";

export const read = readCellScores(rows);
export const facts = explorerFacts(rows, readReport([0, 1, 2, 3, 4]).points);
const thresholds = new Map(facts.thresholds.map(({fold, threshold}) => [fold, threshold]));

/** What arquero is asked about a cell. */
export interface Known {
  file: string;
  label: string;
  disputed: boolean;
  patient: string;
  fold: number;
  hue: number;
  brightness: number;
  frame: number;
  network: number;
  colour: number;
}
/** The manifest and the scores as the loaders read them, as an arquero table. */
export const all = from(
  rows.map(
    (row, i) => ({...row, network: read.network[i]!, colour: read.colour[i]!}) as Known & Record<string, unknown>
  )
);

/** Files of the cells that pass a test, by arquero. */
export const where = (test: (row: Known) => boolean) =>
  all.filter(escape((row: Known) => test(row))).array("file") as string[];

/** Whether the network of a cell's own fold calls it parasitized. */
const called = (row: Known) => row.network >= thresholds.get(row.fold)!;
const agreed = (row: Known, label: string) => row.label === label && !row.disputed;

/** What each question of the dataset page asks for, by its title. */
export const answers: Record<string, (row: Known) => boolean> = {
  "Where does a second reading see no parasite?": (row) => row.label === "parasitized" && row.disputed,
  "Where does a second reading see one?": (row) => row.label === "uninfected" && row.disputed,
  "Which patients look different?": (row) => facts.different.includes(row.patient),
  "What does the colour-only baseline already know?": (row) => row.label === "parasitized" && row.colour >= 0.9,
  "Which parasites escape colour, but not the network?": (row) =>
    agreed(row, "parasitized") && row.colour < 0.1 && called(row),
  "Which healthy cells fool the network?": (row) => agreed(row, "uninfected") && called(row),
  "Which parasites does the network miss?": (row) => agreed(row, "parasitized") && !called(row)
};
