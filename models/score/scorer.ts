import {readFileSync} from "node:fs";
import {basename} from "node:path";
import {createClassifier} from "../../src/components/classifier/client.js";
import type {Classifier} from "../../src/components/classifier/client.js";
import {createEntry} from "../../src/components/classifier/entries.js";
import type {Entry} from "../../src/components/classifier/entries.js";
import {preparePicture} from "../../src/components/classifier/prepare-picture.js";
import type {Reply, Request, WorkerLike} from "../../src/components/classifier/protocol.js";
import {createSession} from "../../src/components/classifier/session.js";
import {loadKernelEngine} from "../../src/components/engine/kernel-engine.js";
import {calibrate, verdict} from "../../src/components/engine/verdict.js";
import type {Finder} from "../../src/components/finder/open-finder.js";
import {messageOf, Refusal} from "../../src/components/image/refusal.js";
import type {RefusalCode} from "../../src/components/image/refusal.js";
import type {Row} from "../../src/components/ui/csv.js";
import {openFinderHere, readBundle} from "../bundle.js";
import {decodeInNode} from "./decode-in-node.js";

/** A file to score: its bytes, or why there are none. */
export interface FileToScore {
  path: string;
  bytes?: Uint8Array<ArrayBuffer>;
  refusal?: {code: RefusalCode; message: string};
}

/** From the main thread to one that scores. */
export type ScoreRequest = FileToScore & {id: number};

/** Columns of the scores, in their order. */
export const COLUMNS = [
  ...(["file", "path", "sha256", "called", "p_resnet34", "p_student"] as const),
  ...(["calibrated", "caution", "refused"] as const)
];

/** What became of a file. */
export interface Scored {
  /** One value a column; null where there is none. */
  row: Row;
  /** Whether it was read as a picture, be it answered or not. */
  isRead: boolean;
}

const FINDER = {base: "models/finder", sha256: null};
let finder: Promise<Finder> | undefined;
const openFinder = () => (finder ??= openFinderHere(FINDER.base));

const NETWORKS = {
  student: {base: "models/student", sha256: null},
  resnet34: {base: "models/resnet34", sha256: null}
};

/**
 * Starts the classifier of the page in this thread: the same queues, session, preparation, gate and kernels; only the files
 * come from the disk and pictures are decoded without a browser.
 * @throws Error if a network cannot be loaded
 */
export function openClassifier(): Promise<Classifier> {
  const binary = readFileSync("src/components/kernels/kernels.wasm");
  return new Promise<Classifier>((resolve, reject) => {
    const loaded = new Set<string>();
    const created = createClassifier({
      sources: NETWORKS,
      finder: FINDER,
      onModel(network, model) {
        if (model.state === "failed") reject(new Error(model.message));
        else if (model.state === "ready" && loaded.add(network).size === Object.keys(NETWORKS).length) resolve(created);
      },
      createWorker: () => sessionHere(binary)
    });
    created.choose("both", "wasm");
  });
}

/**
 * Starts the classifier of the page in this thread.
 * @returns what scores a file; it never rejects
 * @throws Error if a network cannot be loaded
 */
export async function openScorer(): Promise<(file: FileToScore) => Promise<Scored>> {
  const classifier = await openClassifier();
  return async ({path, bytes, refusal}) => {
    const entry = createEntry(new File(bytes ? [bytes] : [], basename(path)), path);
    try {
      if (refusal) throw new Refusal(refusal.code, refusal.message);
      entry.answer = await classifier.classify(entry.file, {onEarly: (early) => (entry.early = early)});
    } catch (error) {
      entry.refusal = error instanceof Refusal ? error : new Refusal("engine", messageOf(error));
    }
    return {row: rowOf(entry), isRead: !entry.refusal || entry.refusal.code === "outside"};
  };
}

/** The worker's side of the page's classifier, in this thread. */
function sessionHere(binary: BufferSource): WorkerLike {
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage: (request: Request) => void handle(request),
    terminate: () => {}
  };
  const handle = createSession({
    post: (data: Reply) => worker.onmessage?.call(worker as Worker, {data} as MessageEvent<Reply>),
    download: async ({base}) => readBundle(base),
    loadEngine: (bundle) => loadKernelEngine(bundle, {binary}),
    loadKernels: (bundle) => loadKernelEngine(bundle, {binary}),
    prepare: (file, reading, onWait) => preparePicture(file, reading, onWait, {decode: decodeInNode, openFinder}),
    softwareWebgl: () => null
  });
  return worker;
}

/** A row of the scores: classes and probabilities as in the page's table, a refusal by its sentence. */
export function rowOf({file, path, early, answer, refusal}: Entry): Row {
  const p = answer?.prediction.probability;
  const called = answer && verdict(p!, answer.network.metadata);
  const cautions = [
    ...(called?.uncertain ? ["Too close to call."] : []),
    ...(answer ? [...answer.prediction.cautions, ...answer.prediction.notes] : [])
  ];
  return {
    file: file.name,
    path,
    sha256: answer?.prediction.sha256 ?? refusal?.sha256 ?? null,
    called: called?.label ?? null,
    p_resnet34: p ?? null,
    p_student: early?.prediction.probability ?? null,
    calibrated: answer ? calibrate(p!, answer.network.metadata) : null,
    caution: cautions.join(" ") || null,
    refused: refusal?.message ?? null
  };
}
