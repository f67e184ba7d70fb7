import type {SeenPicture} from "../gate/gate.js";
import {messageOf} from "../image/refusal.js";
import type {FieldReader, ReadingOptions} from "./field-reader.js";
import type {PendingField} from "./fields-view.js";
import {createFieldJudge} from "./judge-field.js";
import type {FieldJudgeOptions, Pictures} from "./judge-field.js";
import type {CutRequest, FieldReading} from "./read-field.js";
import {addField, fieldOf, isSuspect} from "./review.js";
import type {SmearCell, SmearField} from "./review.js";
import {createTurns} from "./turns.js";

/** Options of {@link createSmearWork}. */
export interface SmearWorkOptions extends FieldJudgeOptions {
  reader: Pick<FieldReader, "find" | "cut">;
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
  /** The file of a field; empty where it was opened without one. */
  fileOf(sha256: string): Blob | undefined;
  /** Takes files in. */
  add(files: readonly File[]): void;
  /** Notes the file of a field of an earlier visit, and has its cells judged that are not. */
  restore(field: SmearField, file: Blob): void;
  /**
   * Has the cells of all fields, or of one, judged that a network, which is asked now, has not judged.
   * @returns settles once nothing more comes of it
   */
  askFurther(sha256?: string): Promise<void>;
  /** Takes what waits, or is under way, off. */
  cancel(): void;
  /** The same, and forgets all files. */
  clear(): void;
  dismiss(pending: PendingField): void;
}

const [READING, FINDING, JUDGING] = [0.1, 0.5, 0.4];
/** Fields that are under way at once: one is judged while the next are found. More would hold their cells' pictures for minutes. */
const AT_ONCE = 3;

/** Starts with no files. */
export function createSmearWork({reader, onPending, onPicture, announce, ...parts}: SmearWorkOptions): SmearWork {
  const {review, change} = parts;
  const {judge, isOpen} = createFieldJudge(parts);
  let pending: PendingField[] = [];
  const files = new Map<string, Blob>();
  let ended = new AbortController();
  /** Fields whose cells are being judged, or will be; true where one was added meanwhile. */
  const under = new Map<string, boolean>();
  const inTurn = createTurns(AT_ONCE);

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

  const follow = (one: PendingField, signal: AbortSignal): ReadingOptions => ({
    signal,
    onStage(stage, share) {
      if (stage === "reading") say(one, "is read.", 0);
      else if (stage === "finding") say(one, "Its cells are found.", READING + FINDING * share);
      else say(one, "Its cells are cut out.", READING + FINDING);
    }
  });

  async function take(file: File): Promise<void> {
    const {signal} = ended;
    const one = begin(file.name);
    try {
      await inTurn(() => read(file, one, signal), signal);
    } catch (error) {
      fail(one, error, signal);
    }
  }

  async function read(file: File, one: PendingField, signal: AbortSignal): Promise<void> {
    const reading = await reader.find(file, {
      ...follow(one, signal),
      onPicture: (picture) => onPicture(file, picture)
    });
    const {sha256} = reading;
    const {review: next, earlier} = addField(review(), fieldFrom(reading, file.name));
    const wasThere = (files.get(sha256)?.size ?? 0) > 0;
    if (!wasThere) files.set(sha256, file);
    if (earlier && wasThere) {
      const same = earlier.name === file.name ? "is in this smear already" : `is the same picture as ${earlier.name}`;
      return say(one, `${same}, and is not counted twice.`, NaN);
    }
    change(earlier ? {...next} : next);
    await complete(sha256, one, signal, earlier ? undefined : byOutline(reading.cells, reading.pictures));
    end(one);
  }

  /** Has the cells of a field judged, and what was added meanwhile. @param pictures of its cells; those that are wanted are cut anew where there are none */
  async function complete(sha256: string, one: PendingField, signal: AbortSignal, pictures?: Pictures): Promise<void> {
    under.set(sha256, false);
    try {
      await judge(sha256, pictures ?? (await cutAgain(sha256, one, signal)), {
        signal,
        onShare(share, by) {
          const whose = by ? (by === "student" ? " by the student" : " by ResNet-34") : "";
          say(one, `Its cells are judged${whose}.`, READING + FINDING + JUDGING * share);
        }
      });
      if (under.get(sha256)) await complete(sha256, one, signal);
    } finally {
      under.delete(sha256);
    }
  }

  /** Cuts the cells of a field out once more that are to be judged or shown, along the outlines that it has. */
  async function cutAgain(sha256: string, one: PendingField, signal: AbortSignal): Promise<Pictures> {
    const field = fieldOf(review(), sha256);
    const file = files.get(sha256);
    const wanted = field?.cells.filter((cell) => isWanted(field, cell)) ?? [];
    if (!field || !file?.size || wanted.length === 0) return new Map();
    const request: CutRequest = {
      typical: field.typical ?? null,
      cells: wanted.map(({kind, x, y, width, height, certainty, outline}) => ({
        kind,
        x,
        y,
        width,
        height,
        certainty,
        outline
      }))
    };
    return byOutline(wanted, await reader.cut(file, request, follow(one, signal)));
  }

  const isWanted = (field: SmearField, cell: SmearCell) =>
    cell.kind === "red" && (isOpen(field, cell) || (isSuspect(cell, field.networks) && !cell.pixels));

  /** @param isUrgent whether it does not wait for fields that are read */
  async function again({sha256, name}: SmearField, isUrgent: boolean): Promise<void> {
    if (!files.get(sha256)?.size) return;
    if (under.has(sha256)) return void under.set(sha256, true);
    under.set(sha256, false);
    const {signal} = ended;
    const one = begin(name);
    const task = () => complete(sha256, one, signal);
    try {
      await (isUrgent ? task() : inTurn(task, signal));
      end(one);
    } catch (error) {
      fail(one, error, signal);
    } finally {
      under.delete(sha256);
    }
  }

  function cancel(): void {
    ended.abort(new Error("Cancelled."));
    ended = new AbortController();
    pending = [];
    onPending();
  }

  const isUnfinished = (field: SmearField) => field.cells.some((cell) => isOpen(field, cell));

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
      if (isUnfinished(field)) void again(field, false);
    },
    async askFurther(sha256) {
      const fields = review().fields.filter((field) => (sha256 ?? field.sha256) === field.sha256);
      await Promise.all(fields.filter(isUnfinished).map((field) => again(field, sha256 !== undefined)));
    },
    cancel,
    clear() {
      cancel();
      files.clear();
    },
    dismiss: end
  };
}

/** What is there of the cells' pictures, given in their order. */
const byOutline = (cells: readonly Pick<SmearCell, "outline">[], pictures: readonly (SeenPicture | null)[]): Pictures =>
  new Map(cells.flatMap(({outline}, n) => (pictures[n] ? [[outline, pictures[n]]] : [])));

function fieldFrom(
  {sha256, width, height, diameter, typical, doubts, cells: found}: FieldReading,
  name: string
): SmearField {
  const cells = found.map((cell) => ({...cell, probabilities: {}, mark: null}));
  return {name, sha256, width, height, diameter, typical, doubts, cells, networks: {}};
}
