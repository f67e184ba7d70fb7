import {Refusal} from "../image/refusal.js";
import type {ModelSource} from "./download.js";
import {BACKENDS} from "./engine.js";
import type {Backend} from "./engine.js";
import type {Explanation, ModelState, Prediction, Question, Reading, Reply, Request} from "./protocol.js";

/** The page's side of the classifier: a queue of files before a worker that owns the model. */
export interface Classifier {
  /**
   * Downloads and warms the model up. Call it again after `failed` to retry, or to change what computes: the files that
   * wait, and the one under way, are then answered by the new backend.
   */
  load(choice?: BackendChoice): void;
  /**
   * Queues a file. Files are answered one by one, in the order of the calls.
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
  attempts: number;
  resolve: (answer: unknown) => void;
  reject: (error: Refusal) => void;
}

const startWorker = () => new Worker(import.meta.resolve("./worker.js"), {type: "module"});
const MAX_RESTARTS = 3;

/**
 * Creates the page's side of the classifier. A worker that hangs or whose graphics card drops its context (then tfjs
 * never answers) is ended and replaced, and the file tried once more; from the second time on, without WebGL.
 */
export function createClassifier({
  source,
  onModel,
  createWorker = startWorker,
  patience = 60_000
}: ClassifierOptions): Classifier {
  let waiting: Job[] = [];
  let current: Job | undefined;
  let worker: WorkerLike | undefined;
  let ready = false;
  let restarts = 0;
  let choice: BackendChoice = "auto";
  let lastId = 0;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const send = (request: Request) => worker!.postMessage(request);

  function start(): void {
    const all = Object.keys(BACKENDS) as Backend[];
    const backends = all.sort((a, b) => Number(b === choice) - Number(a === choice));
    worker?.terminate();
    worker = createWorker();
    worker.onmessage = ({data}: MessageEvent<Reply>) => receive(data);
    worker.onerror = () =>
      ready ? restart() : fail("The classifier could not start in this browser. Reload the page.");
    send({
      type: "load",
      source,
      backends: backends.filter((backend) => restarts < 2 || backend !== "webgl"),
      compare: choice === "auto"
    });
  }

  function restart(): void {
    clearTimeout(watchdog);
    ready = false;
    restarts += 1;
    const job = current;
    current = undefined;
    if (job && job.attempts < 2) waiting.unshift(job);
    else
      job?.reject(new Refusal("timed-out", "The network gave no answer for this picture in time. Try it once more."));
    if (restarts > MAX_RESTARTS) fail("The classifier stopped several times. Reload the page, or try another browser.");
    else start();
  }

  function fail(message: string): void {
    clearTimeout(watchdog);
    worker?.terminate();
    worker = undefined;
    ready = false;
    onModel({state: "failed", message});
    const jobs = current ? [current, ...waiting] : waiting;
    [current, waiting] = [undefined, []];
    for (const job of jobs) {
      job.reject(
        new Refusal("engine", "The model could not be loaded. Retry the download, then choose the file again.")
      );
    }
  }

  function receive(reply: Reply): void {
    if (reply.type === "lost") return restart();
    if (reply.type === "model") {
      clearTimeout(watchdog);
      if (reply.model.state === "failed") return fail(reply.model.message);
      if (reply.model.state === "warming") watchdog = setTimeout(restart, patience);
      ready = reply.model.state === "ready";
      onModel(reply.model);
    } else if (reply.id === current?.id) {
      clearTimeout(watchdog);
      if (reply.type === "answer") current.resolve(reply.answer);
      else current.reject(new Refusal(reply.code, reply.message));
      current = undefined;
    }
    next();
  }

  function next(): void {
    if (!ready || current || waiting.length === 0) return;
    current = waiting.shift()!;
    current.attempts += 1;
    watchdog = setTimeout(restart, patience);
    send(current.question(current.id));
  }

  function ask<T>(question: Job["question"], {urgent = false, signal}: {urgent?: boolean; signal?: AbortSignal}) {
    return new Promise<T>((resolve, reject) => {
      const job: Job = {id: ++lastId, question, attempts: 0, resolve: (answer) => resolve(answer as T), reject};
      if (!worker) return reject(unavailable());
      signal?.addEventListener("abort", () => (waiting = waiting.filter((other) => other !== job)));
      if (urgent) waiting.unshift(job);
      else waiting.push(job);
      next();
    });
  }

  return {
    load(next = choice) {
      clearTimeout(watchdog);
      choice = next;
      [ready, restarts] = [false, 0];
      if (current) waiting.unshift(Object.assign(current, {attempts: 0}));
      current = undefined;
      start();
    },
    classify: (file, signal, reading) => ask<Prediction>((id) => ({type: "classify", id, file, reading}), {signal}),
    views: (cell) => ask<number[]>((id) => ({type: "views", id, cell}), {urgent: true}),
    explain: (cell, shuffled = false) =>
      ask<Explanation>((id) => ({type: "explain", id, cell, shuffled}), {urgent: true}),
    dispose() {
      clearTimeout(watchdog);
      worker?.terminate();
    }
  };
}

function unavailable(): Refusal {
  return new Refusal("engine", "The network could not be loaded. Press Retry above, then choose the file again.");
}
