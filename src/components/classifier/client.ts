import type {ModelSource} from "../engine/download.js";
import {BACKENDS} from "../engine/engine.js";
import type {Backend} from "../engine/engine.js";
import {Refusal} from "../image/refusal.js";
import {filesAhead} from "./batch-size.js";
import type {Reading} from "./prepare-picture.js";
import type {Explanation, ModelState, Prediction, Question, Reply, Request} from "./protocol.js";
import {createStops} from "./stops.js";

/** The page's side of the classifier: a queue of files before a worker that owns the model. */
export interface Classifier {
  /**
   * Downloads and warms the model up. Call it again after `failed` to retry, or to change what computes: the files that
   * wait, and those under way, are then answered by the new backend.
   */
  load(choice?: BackendChoice): void;
  /**
   * Queues a file, for when the model is there. Files are taken in the order of the calls, some ahead of the answers, so
   * that the next are read and decoded while the network computes.
   * @param signal takes a waiting file out of the queue
   * @returns a promise that rejects with a Refusal when the file gets no answer
   */
  classify(file: Blob, signal?: AbortSignal, reading?: Reading): Promise<Prediction>;
  /**
   * Classifies the eight dihedral views of a cell, before the files that wait.
   * @param cell 50×50 RGB pixels, those of a prediction
   * @returns eight probabilities of the positive class, the cell as it is first; rejects with a Refusal
   */
  views(cell: Uint8ClampedArray): Promise<number[]>;
  /**
   * Asks where a cell speaks for the positive class, before the files that wait.
   * @param cell 50×50 RGB pixels, those of a prediction
   * @param shuffled asks a network whose weights have changed places, for comparison
   * @returns rejects with a Refusal
   */
  explain(cell: Uint8ClampedArray, shuffled?: boolean): Promise<Explanation>;
  /** Ends the worker. Files that wait are left unanswered. */
  dispose(): void;
}

/** What shall compute: what works best, or one backend before the others. */
export type BackendChoice = "auto" | Backend;

/** What {@link createClassifier} needs of a Worker. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

/** Options of {@link createClassifier}. */
export interface ClassifierOptions {
  source: ModelSource;
  onModel: (state: ModelState) => void;
  createWorker?: () => WorkerLike;
  /** Milliseconds after which a warm-up or a file counts as hung. */
  patience?: number;
}

interface Job {
  id: number;
  question: (id: number) => Question;
  /** Asked when it is the job's turn: an event for each of thousands that are cancelled at once would take too long. */
  signal?: AbortSignal;
  attempts: number;
  resolve: (answer: unknown) => void;
  reject: (error: Refusal) => void;
}

const NO_ANSWER = new Refusal("timed-out", "The network gave no answer for this picture in time. Try it once more.");
const startWorker = () => new Worker(import.meta.resolve("./worker.js"), {type: "module"});

/**
 * Creates the page's side of the classifier. A worker that hangs, runs out of memory or whose graphics card drops its
 * context (then tfjs never answers) is ended and replaced, and the files under way tried once more, each by itself, since
 * one of them may be to blame; a backend that stops twice is given up for the next one. What was downloaded is kept
 * here, so that no new worker needs the connection.
 */
export function createClassifier({
  source,
  onModel,
  createWorker = startWorker,
  patience = 60_000
}: ClassifierOptions): Classifier {
  const waiting = new Set<Job>();
  const kept = new Map<string, Blob>();
  const stops = createStops();
  const flying = new Map<number, Job>();
  let urgent: Job[] = [];
  let worker: WorkerLike | undefined;
  let failed = false;
  let ready = false;
  let heard = false;
  let ahead = 1;
  let trying: Backend = "webgl";
  let choice: BackendChoice = "auto";
  let lastId = 0;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const send = (request: Request) => worker!.postMessage(request);
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => restart(NO_ANSWER), patience);
  };

  function start(): void {
    const all = Object.keys(BACKENDS) as Backend[];
    const backends = all.sort((a, b) => Number(b === choice) - Number(a === choice)).filter(stops.allows);
    if (backends.length === 0) {
      return fail("The classifier stopped several times. Reload the page, or try another browser.");
    }
    worker?.terminate();
    failed = false;
    const own = (worker = createWorker());
    own.onmessage = ({data}: MessageEvent<Reply>) => own === worker && receive(data);
    [heard, trying] = [false, backends[0]!];
    own.onerror = () =>
      heard ? restart(NO_ANSWER) : fail("The classifier could not start in this browser. Reload the page.");
    send({type: "load", source, backends, compare: choice === "auto", kept});
  }

  function restart(refusal: Refusal): void {
    clearTimeout(watchdog);
    ready = false;
    stops.add(trying);
    const jobs = land();
    urgent = [...jobs.filter(({attempts}) => attempts < 2), ...urgent];
    for (const job of jobs) if (job.attempts >= 2) job.reject(refusal);
    start();
  }

  function fail(message: string): void {
    clearTimeout(watchdog);
    worker?.terminate();
    worker = undefined;
    [failed, ready] = [true, false];
    onModel({state: "failed", message});
    const jobs = [...land(), ...urgent, ...waiting];
    urgent = [];
    waiting.clear();
    for (const job of jobs) job.reject(unavailable());
  }

  function receive(reply: Reply): void {
    heard = true;
    if (reply.type === "kept") kept.set(reply.path, reply.content);
    else if (reply.type === "trying") {
      trying = reply.backend;
      watch();
    } else if (reply.type === "lost") {
      restart(new Refusal("engine", `The network failed twice at this picture. ${reply.reason} Try it once more.`));
    } else if (reply.type === "model") {
      clearTimeout(watchdog);
      const {model} = reply;
      if (model.state === "failed") return fail(model.message);
      if (model.state === "warming") watch();
      ready = model.state === "ready";
      if (model.state !== "ready") return onModel(model);
      trying = model.backend;
      ahead = filesAhead(model.milliseconds);
      onModel({...model, note: [model.note, ...stops.sentences()].filter(Boolean).join(" ") || null});
      next();
    } else {
      const job = flying.get(reply.id);
      if (!job) return;
      flying.delete(reply.id);
      clearTimeout(watchdog);
      if (flying.size > 0) watch();
      if (reply.type === "answer") job.resolve(reply.answer);
      else job.reject(new Refusal(reply.code, reply.message));
      next();
    }
  }

  /** Sends as much as may be under way. */
  function next(): void {
    while (ready) {
      const job = urgent[0] ?? waiting.values().next().value;
      if (!job) return;
      const isWanted = !job.signal?.aborted;
      if (isWanted && flying.size >= roomWith(job)) return;
      if (urgent[0]) urgent.shift();
      else waiting.delete(job);
      if (!isWanted) continue;
      if (flying.size === 0) watch();
      flying.set(job.id, job);
      job.attempts += 1;
      send(job.question(job.id));
    }
  }

  /** How many may be under way with a job: what was under way when a worker ended is tried by itself. */
  function roomWith(job: Job): number {
    const isTriedAgain = job.attempts > 0 || [...flying.values()].some(({attempts}) => attempts > 1);
    return isTriedAgain ? 1 : ahead;
  }

  /** Takes back what is under way, in the order it was sent. */
  function land(): Job[] {
    const jobs = [...flying.values()];
    flying.clear();
    return jobs;
  }

  function ask<T>(question: Job["question"], {first = false, signal}: {first?: boolean; signal?: AbortSignal}) {
    return new Promise<T>((resolve, reject) => {
      const job: Job = {id: ++lastId, question, signal, attempts: 0, resolve: (answer) => resolve(answer as T), reject};
      if (failed) return reject(unavailable());
      if (first) urgent.unshift(job);
      else waiting.add(job);
      next();
    });
  }

  return {
    load(next = choice) {
      clearTimeout(watchdog);
      choice = next;
      ready = false;
      stops.forget();
      urgent = [...land().map((job) => Object.assign(job, {attempts: 0})), ...urgent];
      start();
    },
    classify: (file, signal, reading) =>
      ask<Prediction>((id) => ({type: "classify", id, file, reading}), {first: reading !== undefined, signal}),
    views: (cell) => ask<number[]>((id) => ({type: "views", id, cell}), {first: true}),
    explain: (cell, shuffled = false) =>
      ask<Explanation>((id) => ({type: "explain", id, cell, shuffled}), {first: true}),
    dispose() {
      clearTimeout(watchdog);
      worker?.terminate();
    }
  };
}

function unavailable(): Refusal {
  return new Refusal(
    "unavailable",
    "The network could not be loaded. Press Retry above: this file is classified as soon as it is there."
  );
}
