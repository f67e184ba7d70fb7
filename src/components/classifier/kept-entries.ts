import {createEntry} from "./entries.js";
import type {Answer, Entry, Network} from "./entries.js";
import type {Sample} from "./upload.js";

/** What a record has that was kept by another version of this page: no number, or another one. */
const FORMAT = 1;

/** How an entry is shown beyond what is in it. */
export interface Shown {
  /** Whether it has a card. */
  hasCard: boolean;
  /** What the data set says of it. */
  facts: Omit<Sample, "file"> | undefined;
}

/** An entry as it is kept on the visitor's device. */
export interface KeptEntry extends Shown, Pick<Entry, "file" | "path" | "choice"> {
  format: number;
  outcome: Pick<Entry, "reading" | "early" | "answer" | "refusal">;
}

/** @returns what is kept of an entry: pixels and figures, but nothing of a network that only its worker needs */
export function keptOf(entry: Entry, shown: Shown): KeptEntry {
  const {file, path, choice, reading, early, answer, refusal} = entry;
  const [first, final] = [early, answer].map((said) => said && {...said, network: slim(said.network)});
  const outcome = {
    ...(reading && {reading}),
    ...(first && {early: first}),
    ...(final && {answer: final}),
    // A copy of an Error would have its message alone.
    ...(refusal && {refusal: {code: refusal.code, message: refusal.message, sha256: refusal.sha256}})
  };
  return {format: FORMAT, file, path, choice, ...shown, outcome};
}

function slim({metadata, sha256}: Network): Network {
  return {metadata: {...metadata, files: [], selfTest: []}, sha256};
}

/**
 * Reads what was kept. An entry is without its outcome, and so waits, where a network answered that is no longer there, or
 * none could.
 * @param networks the sha256 of those that there are
 * @returns what makes an entry of a record, entries of one network sharing it; undefined for what is no record of this version
 */
export function keptReader(
  networks: readonly (string | null)[]
): (record: KeptEntry) => {entry: Entry; shown: Shown} | undefined {
  const shared = new Map<string | null, Network>();
  const known = (said: Answer): Answer => {
    const {sha256} = said.network;
    if (!shared.has(sha256)) shared.set(sha256, said.network);
    return {...said, network: shared.get(sha256)!};
  };
  return (record) => {
    if (record?.format !== FORMAT || !(record.file instanceof Blob)) return undefined;
    const {file, path, choice, hasCard, facts, outcome} = record;
    const entry = createEntry(file, path, choice);
    const {reading, early, answer, refusal} = outcome;
    if (reading) entry.reading = reading;
    if ([early, answer].every((said) => !said || networks.includes(said.network.sha256))) {
      if (early) entry.early = known(early);
      if (answer) entry.answer = known(answer);
      if (refusal && refusal.code !== "unavailable") entry.refusal = refusal;
    }
    return {entry, shown: {hasCard, facts}};
  };
}
