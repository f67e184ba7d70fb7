import type {Classifier} from "../classifier/client.js";
import type {NetworkName} from "../classifier/networks.js";
import type {FoundAnswer} from "../classifier/protocol.js";
import type {Check, SeenPicture} from "../gate/gate.js";
import {shiftLogit} from "../metrics/calibration.js";
import {fieldOffset} from "./field-offset.js";
import {foreignDoubts} from "./foreign.js";
import type {OwnLaboratory} from "./own-laboratory.js";
import {fieldOf, withAnswers, withDoubts, withPixels} from "./review.js";
import type {Review, SmearCell, SmearField, SmearNetwork} from "./review.js";

/** Options of {@link createFieldJudge}. */
export interface FieldJudgeOptions {
  classifier: Pick<Classifier, "judgeFound" | "network">;
  /** Who is asked, one after another; the last one's answer stands. */
  asked: () => readonly NetworkName[];
  /** The visitor's laboratory, whose threshold holds for all but the site's own samples. */
  own: OwnLaboratory;
  /** Whether a field is one of these samples. */
  isSample: (sha256: string) => boolean;
  review: () => Review;
  change: (next: Review) => void;
}

/** Cells of a field as the networks want them, by their outlines: places may be given to other cells meanwhile. */
export type Pictures = ReadonlyMap<Float32Array, SeenPicture>;

/** How {@link FieldJudge.judge} is followed. */
export interface JudgeWatcher {
  signal: AbortSignal;
  /** @param by the network that judges, where it is one of several */
  onShare: (share: number, by: NetworkName | null) => void;
}

/** Has the networks judge the cells of fields. */
export interface FieldJudge {
  /**
   * Has those judged, among the cells of which there is a picture, that a network, which is asked now, has not judged. Where
   * one cannot be asked the next is all the same. Fields are judged one after another.
   */
  judge(sha256: string, pictures: Pictures, watcher: JudgeWatcher): Promise<void>;
  /** Whether a network that is asked now has not judged this cell, or did so at another threshold. */
  isOpen(field: SmearField, cell: SmearCell): boolean;
}

/** Cells asked about at a time: two batches of the networks' worker. */
const SLICE = 16;

interface Asked {
  place: number;
  outline: Float32Array;
  picture: SeenPicture;
}

/** Starts with nothing to judge. */
export function createFieldJudge({classifier, asked, own, isSample, review, change}: FieldJudgeOptions): FieldJudge {
  let last: Promise<void> = Promise.resolve();

  /** Whose threshold holds for a field, in words; nothing for the model's own. */
  function laboratoryFor(name: NetworkName, sha256: string): string | undefined {
    const network = classifier.network(name);
    return network && !isSample(sha256) ? own.titleFor(network) : undefined;
  }

  function isOpenFor(name: NetworkName, {sha256, networks}: SmearField, cell: SmearCell): boolean {
    if (cell.kind !== "red") return false;
    if (cell.probabilities[name] === undefined) return true;
    return classifier.network(name) !== undefined && networks[name]?.laboratory !== laboratoryFor(name, sha256);
  }

  async function judge(sha256: string, pictures: Pictures, {signal, onShare}: JudgeWatcher): Promise<void> {
    let checks: Check[][] = [];
    let missing: unknown;
    const names = asked();
    for (const [turn, name] of names.entries()) {
      try {
        checks = await askNetwork(name, {
          sha256,
          pictures,
          signal,
          onShare: (share) => onShare((turn + share) / names.length, names.length > 1 ? name : null)
        });
      } catch (error) {
        if (signal.aborted) throw error;
        missing = error;
      }
      const cells = fieldOf(review(), sha256)?.cells ?? [];
      const pixels = cells.map(({outline}) => pictures.get(outline)?.cell);
      change(withPixels(review(), sha256, pixels));
    }
    const field = fieldOf(review(), sha256);
    if (field && checks.length)
      change(withDoubts(review(), sha256, [...new Set([...field.doubts, ...foreignDoubts(checks)])]));
    if (missing) throw missing as Error;
  }

  /** @returns what is foreign about each cell that the network had not judged */
  async function askNetwork(
    name: NetworkName,
    {
      sha256,
      pictures,
      signal,
      onShare
    }: {sha256: string; pictures: Pictures; signal: AbortSignal; onShare: (share: number) => void}
  ): Promise<Check[][]> {
    const field = fieldOf(review(), sha256);
    const open = (field?.cells ?? []).flatMap((cell, place): Asked[] => {
      const picture = pictures.get(cell.outline);
      return picture && isOpenFor(name, field!, cell) ? [{place, outline: cell.outline, picture}] : [];
    });
    const checks: Check[][] = [];
    let gate = 0;
    const slices = Array.from({length: Math.ceil(open.length / SLICE)}, (_, at) =>
      open.slice(at * SLICE, (at + 1) * SLICE)
    );
    await Promise.all(
      slices.map(async (slice) => {
        const seen = slice.map(({picture}) => picture);
        const answers = await abortable(classifier.judgeFound(name, seen, signal), signal);
        note(sha256, name, slice, answers);
        gate = answers[0]?.offset ?? gate;
        checks.push(...answers.map(({doubts}) => doubts));
        onShare(checks.length / open.length);
      })
    );
    settle(sha256, name, gate);
    return checks;
  }

  function note(sha256: string, name: NetworkName, slice: readonly Asked[], answers: readonly FoundAnswer[]): void {
    const known = classifier.network(name)!;
    const {labels, positive, threshold, abstain, commit} = known.metadata;
    const laboratory = laboratoryFor(name, sha256);
    const field = fieldOf(review(), sha256);
    // All cells of a field have one offset: that of earlier ones holds for those that come later.
    const offset = field?.networks[name]?.offset ?? answers[0]?.offset ?? 0;
    const network: SmearNetwork = {
      labels,
      positive,
      threshold,
      abstain,
      commit,
      sha256: known.sha256,
      ...(laboratory === undefined ? {offset} : {laboratory})
    };
    const probabilities =
      laboratory === undefined
        ? answers.map((answer) => shiftLogit(answer.probability, offset - answer.offset))
        : own.move(known, answers);
    // A place may have been taken back, and given to another cell, meanwhile.
    const said = slice.flatMap(({place, outline}, n): [number, number][] =>
      field?.cells[place]?.outline === outline ? [[place, probabilities[n]!]] : []
    );
    change(withAnswers(review(), sha256, {name, network, answers: new Map(said)}));
  }

  /** Moves the cells of a field to the offset that all of them ask for, but for those that a person added. */
  function settle(sha256: string, name: NetworkName, gate: number): void {
    const {cells = [], networks} = fieldOf(review(), sha256) ?? {};
    const [network, metadata] = [networks?.[name], classifier.network(name)?.metadata];
    const before = network?.offset;
    if (!network || !metadata || before === undefined) return;
    const scores = cells.flatMap(({isAdded, probabilities: {[name]: probability}}) =>
      isAdded || probability === undefined ? [] : [shiftLogit(probability, -before)]
    );
    const offset = fieldOffset(scores, gate, metadata);
    const moved = cells.flatMap(({probabilities: {[name]: probability}}, place): [number, number][] =>
      probability === undefined ? [] : [[place, shiftLogit(probability, offset - before)]]
    );
    change(withAnswers(review(), sha256, {name, network: {...network, offset}, answers: new Map(moved)}));
  }

  return {
    judge(...given) {
      const turn = last.then(() => judge(...given));
      last = turn.catch(() => {});
      return turn;
    },
    isOpen: (field, cell) => asked().some((name) => isOpenFor(name, field, cell))
  };
}

/** Settles as a promise does, or rejects once a signal is aborted: a question that waits is then never answered. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
