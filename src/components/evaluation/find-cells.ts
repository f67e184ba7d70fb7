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
  /** Whether a row is in the part that a figure shows. */
  isInPart: ((row: number) => boolean) | null;
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
 * Rows of the prepared cells that answer a query, the most wrong first: by the distance in log-odds between the score and
 * the threshold, on the side of the other class; then those that are right, the least sure first.
 *
 * O(n): the cells are sorted by score already, so the most wrong one left is always the lowest of the parasitized cells
 * or the highest of the others.
 */
export function findRows(
  prepared: Prepared,
  {kind, threshold, bin, patient, disputed: wanted, isInPart}: CellQuery
): Uint32Array {
  const {scores, labels, disputed, abstained, patients, index} = prepared;
  const order = threshold === null ? prepared.ownOrder : index.order;
  const heights = threshold === null ? prepared.sortedMargins : prepared.sortedLogits;
  const centre = threshold === null ? 0 : logit(threshold);
  const found = new Uint32Array(order.length);
  const code = patient === null ? -1 : patients.names.indexOf(patient);
  if (patient !== null && code < 0) return found.slice(0, 0);
  const test = tests[kind];
  const isFound = (row: number) =>
    test(labels[row]!, isCalled(prepared, threshold, row), abstained[row]!) &&
    (code < 0 || patients.codes[row] === code) &&
    (wanted === null || disputed[row] === Number(wanted)) &&
    (bin === null || binOf(scores[row]!) === bin) &&
    (isInPart === null || isInPart(row));
  let length = 0;
  let [highest, lowest] = [0, order.length - 1];
  const skip = () => {
    while (highest < order.length && labels[order[highest]!] === 1) highest++;
    while (lowest >= 0 && labels[order[lowest]!] === 0) lowest--;
  };
  for (skip(); highest < order.length || lowest >= 0; skip()) {
    const [alarm, missed] = [
      highest < order.length ? heights[highest]! - centre : -Infinity,
      lowest >= 0 ? centre - heights[lowest]! : -Infinity
    ];
    const row = order[alarm > missed ? highest++ : lowest--]!;
    if (isFound(row)) found[length++] = row;
  }
  return found.slice(0, length);
}
