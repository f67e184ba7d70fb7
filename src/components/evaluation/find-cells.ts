import {isCalled} from "./prepare.js";
import type {Prepared} from "./prepare.js";
import {binOf, logit} from "./score-bins.js";

/** What the gallery may show, by what the network said at the threshold. */
export const kinds = {
  trouble: "wrong or abstained",
  wrong: "wrong",
  "false-negatives": "false negatives (missed parasites)",
  "false-positives": "false positives (false alarms)",
  abstained: "abstained",
  "true-positives": "true positives",
  "true-negatives": "true negatives",
  parasitized: "all labelled parasitized",
  uninfected: "all labelled uninfected",
  all: "all"
} as const;
export type Kind = keyof typeof kinds;

/** What the reader asks to see; null asks for nothing in particular. */
export interface CellQuery {
  kind: Kind;
  /** Null calls each cell at the threshold of its own fold. */
  threshold: number | null;
  /** A bar of the score histogram. */
  bin: number | null;
  patient: string | null;
  disputed: boolean | null;
}

const tests: Record<Kind, (label: number, called: boolean, abstained: number) => boolean> = {
  trouble: (label, called, abstained) => abstained === 1 || called !== (label === 1),
  wrong: (label, called) => called !== (label === 1),
  "false-negatives": (label, called) => label === 1 && !called,
  "false-positives": (label, called) => label === 0 && called,
  abstained: (_label, _called, abstained) => abstained === 1,
  "true-positives": (label, called) => label === 1 && called,
  "true-negatives": (label, called) => label === 0 && !called,
  parasitized: (label) => label === 1,
  uninfected: (label) => label === 0,
  all: () => true
};

/**
 * Rows of the prepared cells that answer a query, most confident first: farthest from the threshold in log-odds.
 *
 * O(n): the cells are sorted by score already, so the farthest is always the highest or the lowest one left.
 */
export function findCells(
  prepared: Prepared,
  {kind, threshold, bin, patient, disputed: wanted}: CellQuery
): Uint32Array {
  const {scores, labels, disputed, abstained, patients, index} = prepared;
  const order = threshold === null ? prepared.ownOrder : index.order;
  const heights = threshold === null ? prepared.sortedMargins : prepared.sortedLogits;
  const centre = threshold === null ? 0 : logit(threshold);
  const found = new Uint32Array(order.length);
  const code = patient === null ? -1 : patients.names.indexOf(patient);
  if (patient !== null && code < 0) return found.slice(0, 0);
  const test = tests[kind];
  let length = 0;
  for (let first = 0, last = order.length - 1; first <= last;) {
    const fromTop = Math.abs(heights[first]! - centre) >= Math.abs(heights[last]! - centre);
    const row = order[fromTop ? first++ : last--]!;
    if (!test(labels[row]!, isCalled(prepared, threshold, row), abstained[row]!)) continue;
    if (code >= 0 && patients.codes[row] !== code) continue;
    if (wanted !== null && disputed[row] !== Number(wanted)) continue;
    if (bin !== null && binOf(scores[row]!) !== bin) continue;
    found[length++] = row;
  }
  return found.slice(0, length);
}
