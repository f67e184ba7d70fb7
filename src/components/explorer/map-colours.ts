import type {FoldThreshold, ScoreName} from "../../data/shapes/columns.js";
import type {Cells} from "../gallery/cells.js";
import type {Colouring} from "./selection.js";

/** What each colouring is called. */
export const colouringTitles: Record<Colouring, string> = {
  label: "label",
  score: "score of the network",
  patient: "patient",
  fold: "fold",
  dispute: "disputed label",
  error: "right or wrong answer"
};

/** A colour of the map and what it means; a colour is the name of one of the page's, or one of CSS. */
export interface MapColour {
  name: string;
  colour: string;
}

/** Steps of the score, and colours that the patients share. */
const [STEPS, HUES] = [5, 12];

/** The colours of a colouring, in the order of {@link groupsOf}. */
export function coloursOf(by: Colouring): MapColour[] {
  const own = (name: string, variable = name) => ({name, colour: `--color-${variable}`});
  switch (by) {
    case "label":
      return [own("parasitized"), own("uninfected")];
    case "score":
      return [
        ...Array.from({length: STEPS}, (_, n) => ({
          name: `${(n / STEPS).toFixed(1)} to ${((n + 1) / STEPS).toFixed(1)}`,
          // From the healthy cells' rose to the parasite's violet.
          colour: `hsl(${360 - (80 * n) / (STEPS - 1)} 60% ${64 - 6 * n}%)`
        })),
        own("not scored", "muted")
      ];
    case "patient":
      return Array.from({length: HUES}, (_, n) => ({name: "", colour: `hsl(${(360 * n) / HUES} 65% 48%)`}));
    case "fold":
      return [0, 1, 2, 3, 4].map((fold) => own(`fold ${fold}`, `fold-${fold}`));
    case "dispute":
      return [own("two readings agree", "rule"), own("disputed", "notice")];
    case "error":
      return [
        own("right", "rule"),
        own("missed", "parasitized"),
        own("false alarm", "uninfected"),
        own("not scored", "muted")
      ];
  }
}

/** The colour of every cell under a colouring, by its place in {@link coloursOf}. */
export function groupsOf(
  by: Colouring,
  cells: Pick<Cells, "count" | "label" | "patient" | "fold" | "disputed">,
  {scores, thresholds}: {scores: Record<ScoreName, Float64Array>; thresholds: readonly FoldThreshold[]}
): Uint8Array {
  const {network} = scores;
  const own = new Map(thresholds.map(({fold, threshold}) => [fold, threshold]));
  const error = (cell: number) => {
    const threshold = own.get(cells.fold[cell]!);
    if (threshold === undefined || Number.isNaN(network[cell]!)) return 3;
    const called = network[cell]! >= threshold ? 0 : 1;
    return called === cells.label[cell] ? 0 : cells.label[cell] === 0 ? 1 : 2;
  };
  const group: Record<Colouring, (cell: number) => number> = {
    label: (cell) => cells.label[cell]!,
    score: (cell) => (Number.isNaN(network[cell]!) ? STEPS : Math.min(STEPS - 1, Math.floor(STEPS * network[cell]!))),
    patient: (cell) => cells.patient[cell]! % HUES,
    fold: (cell) => cells.fold[cell]!,
    dispute: (cell) => cells.disputed[cell]!,
    error
  };
  return Uint8Array.from({length: cells.count}, (_, cell) => group[by](cell));
}
