import type {Refusal} from "../image/refusal.js";
import type {ChosenFile} from "./chosen-files.js";
import type {Classifier} from "./client.js";
import {createEntry} from "./entries.js";
import type {Answer, Entry} from "./entries.js";
import type {Reading} from "./prepare-picture.js";

/** Files taken in at a time, so that thousands do not hold the page up. */
const SLICE = 250;

/** What files that were cancelled are told. */
const CANCELLED = {
  code: "cancelled",
  message: "Taken out of the queue. Choose it again to have it classified."
} as const;

/** Options of {@link createWork}. */
export interface WorkOptions {
  classifier: Pick<Classifier, "classify">;
  /** Told when a quicker network has answered, before the answer that stands. */
  onEarly: (entry: Entry, early: Answer) => void;
  /** Told when there is an answer that stands, or a refusal. */
  onSettled: (entry: Entry) => void;
  /** Told after each of these, and whenever the list of files has changed, of the entries that are not as before. */
  onChange: (changed: readonly Entry[]) => void;
}

/** All files of a visit and what is asked about them. */
export interface Work {
  readonly entries: readonly Entry[];
  /** How many files wait for an answer or a refusal. */
  readonly waiting: number;
  /**
   * Takes files in, a part at a time, the first at once, and has them classified.
   * @param onTaken told of each part before it is asked about
   * @param onDone told when none of them waits any more
   */
  add(files: readonly ChosenFile[], onTaken: (added: readonly Entry[]) => void, onDone?: () => void): void;
  /** Takes up entries of an earlier visit; those that waited are asked about. */
  restore(entries: readonly Entry[]): void;
  /** Asks for a file that has an answer or a refusal once more, read in another way. */
  again(entry: Entry, reading: Reading): void;
  /** Asks for files that got no answer for want of a network. */
  askRefused(): void;
  /** Asks anew for all that waits: somebody else is to answer. */
  askWaiting(): void;
  /** Takes what waits out of the queue; what is under way is no longer waited for. @returns what was taken out */
  cancel(): Entry[];
  remove(entry: Entry): void;
  /** Cancels, and forgets all. */
  clear(): void;
}

/** Starts with no files. */
export function createWork({classifier, onEarly, onSettled, onChange}: WorkOptions): Work {
  let entries: Entry[] = [];
  const intake: (() => void)[] = [];
  const queued = new Map<Entry, {controller: AbortController; onDone: () => void}>();

  function takeIn(): void {
    intake.shift()?.();
    if (intake.length) setTimeout(takeIn);
  }

  function ask(entry: Entry, onDone = () => {}): void {
    const controller = new AbortController();
    queued.set(entry, {controller, onDone});
    const isAwaited = () => queued.get(entry)?.controller === controller;
    const settle = (outcome: Partial<Entry>) => {
      if (!isAwaited()) return;
      queued.delete(entry);
      Object.assign(entry, outcome);
      onSettled(entry);
      onDone();
      onChange([entry]);
    };
    const options = {
      signal: controller.signal,
      reading: entry.reading,
      onEarly(early: Answer) {
        if (!isAwaited()) return;
        entry.early = early;
        onEarly(entry, early);
        onChange([entry]);
      }
    };
    classifier.classify(entry.file, options).then(
      (answer) => settle({answer}),
      (refusal: Refusal) => settle({refusal})
    );
  }

  function cancel(): Entry[] {
    while (intake.length) intake.shift()!();
    const taken = [...queued.keys()];
    for (const [entry, {controller}] of queued) {
      controller.abort(CANCELLED);
      entry.refusal = CANCELLED;
    }
    queued.clear();
    onChange(taken);
    return taken;
  }

  return {
    get entries() {
      return entries;
    },
    get waiting() {
      return queued.size;
    },
    add(files, onTaken, onDone = () => {}) {
      const isIdle = intake.length === 0;
      const choice = Date.now();
      let left = files.length;
      const settled = () => {
        left -= 1;
        if (left === 0) onDone();
      };
      for (let from = 0; from < files.length; from += SLICE) {
        intake.push(() => {
          const added = files.slice(from, from + SLICE).map(({file, path}) => createEntry(file, path, choice));
          entries = [...entries, ...added];
          onTaken(added);
          for (const entry of added) ask(entry, settled);
          onChange(added);
        });
      }
      if (isIdle) takeIn();
    },
    restore(earlier) {
      entries = [...earlier, ...entries];
      for (const entry of earlier) if (!entry.answer && !entry.refusal) ask(entry);
      onChange([]);
    },
    again(entry, reading) {
      queued.get(entry)?.controller.abort();
      for (const key of ["early", "answer", "refusal"] as const) delete entry[key];
      entry.reading = reading;
      ask(entry);
      onChange([entry]);
    },
    askRefused() {
      for (const entry of entries) {
        if (entry.refusal?.code !== "unavailable") continue;
        delete entry.refusal;
        ask(entry);
      }
    },
    askWaiting() {
      for (const [entry, {controller, onDone}] of [...queued]) {
        controller.abort();
        ask(entry, onDone);
      }
    },
    cancel,
    remove(entry) {
      queued.get(entry)?.controller.abort();
      queued.delete(entry);
      entries = entries.filter((other) => other !== entry);
      onChange([]);
    },
    clear() {
      cancel();
      entries = [];
      onChange([]);
    }
  };
}
