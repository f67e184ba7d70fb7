import type {Figure} from "./report.js";

/** What the pages and the README tell of `saliency.json`: how often the map's peak lies on the stained parasite. */
export interface SaliencyFigures {
  cells: number;
  withParasite: number;
  patients: number;
  rule: string;
  disputed: {cells: number; withoutParasite: number};
  onStain: Figure;
  withinOne: Figure;
  centre: {onStain: number; withinOne: number};
  time: {predictMilliseconds: number; explainMilliseconds: number; ratio: number};
  shuffled: {cells: number; cascade: Record<string, {rankCorrelation: number; onStain: number}>};
}

/** What the pages and the README tell of `gate-measured.json`. */
export interface GateFigures {
  heldOut: {patients: number; pictures: number; refused: number};
  foreign: Record<string, {pictures: number; refused: number; cautioned: number}>;
  /** Held-out cells laid on made-up grounds; `same`: with the probability that they have on black, to 0.05. */
  grounds: {pictures: number; refused: number; same: number; calledAlike: number};
  /** White cells and platelets of other laboratories; `doubted`: answered, with the caution that they may be none that is red. */
  noRed: {pictures: number; refused: number; doubted: number}[];
}

/** What was measured of the map and of the gate, as `trust.json` has it. */
export interface Trust {
  saliency: SaliencyFigures;
  gate: GateFigures;
}
