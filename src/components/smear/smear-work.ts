import type {Classifier} from "../classifier/client.js";
import type {NetworkName} from "../classifier/networks.js";
import type {FoundAnswer} from "../classifier/protocol.js";
import type {Check, SeenPicture} from "../gate/gate.js";
import {messageOf} from "../image/refusal.js";
import type {FieldReader} from "./field-reader.js";
import type {PendingField} from "./fields-view.js";
import {foreignDoubts} from "./foreign.js";
import type {FieldReading} from "./read-field.js";
import {addField, fieldOf, withAnswers, withDoubts, withPixels} from "./review.js";
import type {Review, SmearField, SmearNetwork} from "./review.js";

/** Options of {@link createSmearWork}. */
export interface SmearWorkOptions {
  reader: Pick<FieldReader, "find">;
  classifier: Pick<Classifier, "judgeFound" | "network">;
  /** Who is asked, one after another; the last one's answer stands. */
  asked: () => readonly NetworkName[];
  review: () => Review;
  /** Has the review be another one from now on. */
  change: (next: Review) => void;
  /** Told when the list of files that are read has changed. */
  onPending: () => void;
  /** Given a field's picture as soon as it is there, for the file; the receiver closes it. */
  onPicture: (file: Blob, picture: ImageBitmap) => void;
  /** Told of what is done, in a sentence. */
  announce: (sentence: string) => void;
}

/** What becomes of chosen files: read, found, judged. */
export interface SmearWork {
  /** Files that are no fields yet, or will be none. */
  readonly pending: readonly PendingField[];
  /** The file of a field. */
  fileOf(sha256: string): Blob | undefined;
  /** Takes files in. */
  add(files: readonly File[]): void;
  /** Notes the file of a field of an earlier visit, and has its cells judged that are not. */
  restore(field: SmearField, file: Blob): void;
  /** Has all fields judged that a network, which is asked now, has not judged. */
  askFurther(): void;
  /** Takes what waits, or is under way, off. */
  cancel(): void;
  dismiss(pending: PendingField): void;
}

/** Cells asked about at a time: two batches of the networks' worker. */
const SLICE = 16;
const [READING, FINDING, JUDGING] = [0.1, 0.5, 0.4];

/** Starts with no files. */
export function createSmearWork({
  reader,
  classifier,
  asked,
  review,
  change,
  onPending,
  onPicture,
  announce
}: SmearWorkOptions): SmearWork {
  let pending: PendingField[] = [];
  const files = new Map<string, Blob>();
  let ended = new AbortController();
  /** Fields are judged one after another. */
  let judging: Promise<void> = Promise.resolve();
  /** Fields whose cells are being judged, or will be. */
  const under = new Set<string>();

  function begin(name: string): PendingField {
    const one = {name, says: "waits.", share: null};
    pending = [...pending, one];
    onPending();
    return one;
  }

  function say(one: PendingField, says: string, share: number | null): void {
    Object.assign(one, {says, share});
    onPending();
  }

  function end(one: PendingField): void {
    pending = pending.filter((other) => other !== one);
    onPending();
  }

  /** Ends with a sentence that stays until it is dismissed. */
  function fail(one: PendingField, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return end(one);
    say(one, messageOf(error), NaN);
    announce(`${one.name}: ${one.says}`);
  }

  function read(file: Blob, one: PendingField, signal: AbortSignal): Promise<FieldReading> {
    return reader.find(file, {
      signal,
      onPicture: (picture) => onPicture(file, picture),
      onStage(stage, share) {
        if (stage === "reading") say(one, "is read.", 0);
        else if (stage === "finding") say(one, "Its cells are found.", READING + FINDING * share);
        else say(one, "Its cells are cut out.", READING + FINDING);
      }
    });
  }

  async function take(file: File): Promise<void> {
    const {signal} = ended;
    const one = begin(file.name);
    try {
      const reading = await read(file, one, signal);
      const {review: next, earlier} = addField(review(), fieldFrom(reading, file.name));
      const wasThere = (files.get(reading.sha256)?.size ?? 0) > 0;
      if (!wasThere) files.set(reading.sha256, file);
      if (earlier && wasThere) {
        const same = earlier.name === file.name ? "is in this smear already" : `is the same picture as ${earlier.name}`;
        return say(one, `${same}, and is not counted twice.`, NaN);
      }
      change(earlier ? {...next} : next);
      under.add(reading.sha256);
      await judge(reading.sha256, reading.pictures, one, signal).finally(() => under.delete(reading.sha256));
      end(one);
    } catch (error) {
      fail(one, error, signal);
    }
  }

  /**
   * Has the cells of a field judged that a network, which is asked now, has not judged. Where one cannot be asked the next
   * is all the same.
   */
  function judge(
    sha256: string,
    pictures: FieldReading["pictures"],
    one: PendingField,
    signal: AbortSignal
  ): Promise<void> {
    const own = judging.then(async () => {
      let checks: Check[][] = [];
      let missing: unknown;
      const names = asked();
      for (const [turn, name] of names.entries()) {
        const by = names.length > 1 ? (turn ? " by ResNet-34" : " by the student") : "";
        const onShare = (share: number) =>
          say(one, `Its cells are judged${by}.`, READING + FINDING + (JUDGING * (turn + share)) / names.length);
        try {
          checks = await askNetwork(name, {sha256, pictures, signal, onShare});
        } catch (error) {
          if (signal.aborted) throw error;
          missing = error;
        }
        const pixels = pictures.map((picture) => picture?.cell);
        change(withPixels(review(), sha256, pixels));
      }
      const field = fieldOf(review(), sha256);
      if (field && checks.length) change(withDoubts(review(), sha256, [...field.doubts, ...foreignDoubts(checks)]));
      if (missing) throw missing as Error;
    });
    judging = own.catch(() => {});
    return own;
  }

  /** @returns what is foreign about each cell that the network had not judged */
  async function askNetwork(
    name: NetworkName,
    {
      sha256,
      pictures,
      signal,
      onShare
    }: {
      sha256: string;
      pictures: FieldReading["pictures"];
      signal: AbortSignal;
      onShare: (share: number) => void;
    }
  ): Promise<Check[][]> {
    const cells = fieldOf(review(), sha256)?.cells ?? [];
    const open = cells.flatMap((cell, n) =>
      pictures[n] && cell.probabilities[name] === undefined ? [{n, picture: pictures[n]}] : []
    );
    const checks: Check[][] = [];
    const slices = Array.from({length: Math.ceil(open.length / SLICE)}, (_, at) =>
      open.slice(at * SLICE, (at + 1) * SLICE)
    );
    await Promise.all(
      slices.map(async (slice) => {
        const seen = slice.map(({picture}) => picture);
        const answers = await abortable(classifier.judgeFound(name, seen, signal), signal);
        note(sha256, name, slice, answers);
        checks.push(...answers.map(({doubts}) => doubts));
        onShare(checks.length / open.length);
      })
    );
    return checks;
  }

  function note(
    sha256: string,
    name: NetworkName,
    slice: readonly {n: number; picture: SeenPicture}[],
    answers: readonly FoundAnswer[]
  ): void {
    const known = classifier.network(name)!;
    const {labels, positive, threshold, abstain, commit} = known.metadata;
    const network: SmearNetwork = {labels, positive, threshold, abstain, commit, sha256: known.sha256};
    const said = new Map(slice.map(({n}, at) => [n, answers[at]!.probability]));
    change(withAnswers(review(), sha256, {name, network, answers: said}));
  }

  /** Reads a field's file once more, for the pixels of cells that are to be judged. */
  async function again({sha256, name}: SmearField): Promise<void> {
    const file = files.get(sha256);
    if (!file?.size || under.has(sha256)) return;
    under.add(sha256);
    const {signal} = ended;
    const one = begin(name);
    try {
      const {pictures} = await read(file, one, signal);
      await judge(sha256, pictures, one, signal);
      end(one);
    } catch (error) {
      fail(one, error, signal);
    } finally {
      under.delete(sha256);
    }
  }

  const isOpen = ({cells}: SmearField) =>
    cells.some(
      (cell) => cell.kind === "red" && !cell.isAdded && asked().some((name) => cell.probabilities[name] === undefined)
    );

  return {
    get pending() {
      return pending;
    },
    fileOf: (sha256) => files.get(sha256),
    add(chosen) {
      for (const file of chosen) void take(file);
    },
    restore(field, file) {
      files.set(field.sha256, file);
      if (isOpen(field)) void again(field);
    },
    askFurther() {
      for (const field of review().fields) if (isOpen(field)) void again(field);
    },
    cancel() {
      ended.abort(new Error("Cancelled."));
      ended = new AbortController();
      pending = [];
      onPending();
    },
    dismiss: end
  };
}

function fieldFrom({sha256, width, height, diameter, doubts, cells: found}: FieldReading, name: string): SmearField {
  const cells = found.map((cell) => ({...cell, probabilities: {}, mark: null}));
  return {name, sha256, width, height, diameter, doubts, cells, networks: {}};
}

/** Settles as a promise does, or rejects once a signal is aborted: a question that waits is then never answered. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
    promise.then(resolve, reject);
  });
}
