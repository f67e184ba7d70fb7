import type {WorkerLike} from "../classifier/protocol.js";
import type {ModelSource} from "../engine/download.js";
import type {SeenPicture} from "../gate/gate.js";
import {Refusal} from "../image/refusal.js";
import type {FieldReply, FieldRequest, FinderState} from "./field-protocol.js";
import type {CutRequest, FieldReading, Stage} from "./read-field.js";
import type {SmearField} from "./review.js";

/** How the page follows a field that is read. */
export interface ReadingOptions {
  onStage?: (stage: Stage, share: number) => void;
  /** Given the picture as soon as there is one; the receiver closes it. */
  onPicture?: (picture: ImageBitmap) => void;
  /** Has what comes of it be thrown away. */
  signal?: AbortSignal;
}

/** The page's side of the worker that reads fields. */
export interface FieldReader {
  /** Reads a file, after those that were asked for before. @returns rejects with a Refusal, or the signal's reason */
  find(file: Blob, options?: ReadingOptions): Promise<FieldReading>;
  /** Cuts cells out of a file along their outlines. @returns their pictures, in their order; rejects as `find` does */
  cut(file: Blob, request: CutRequest, options?: Omit<ReadingOptions, "onPicture">): Promise<SeenPicture[]>;
  /** @returns a file's picture, which the receiver closes */
  show(file: Blob): Promise<ImageBitmap>;
  /** @returns the fields of a saved smear; rejects with a sentence that says what to do */
  open(file: Blob): Promise<SmearField[]>;
  dispose(): void;
}

/** Options of {@link createFieldReader}. */
export interface FieldReaderOptions {
  source: ModelSource;
  /** Told how far the finder is. */
  onFinder?: (state: FinderState) => void;
  createWorker?: () => WorkerLike;
}

/** A request before it has its number. */
type Asked = Without<Extract<FieldRequest, {id: number}>, "id">;
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface Job {
  request: Extract<FieldRequest, {id: number}>;
  options: ReadingOptions;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

const startWorker = (): WorkerLike => new Worker(import.meta.resolve("./field-worker.js"), {type: "module"});
const STOPPED =
  "Reading this field stopped, perhaps for want of memory. Close other tabs, or choose a smaller picture, and try it once more.";

/** Starts the worker, and another one after a field that it did not survive. */
export function createFieldReader({
  source,
  onFinder = () => {},
  createWorker = startWorker
}: FieldReaderOptions): FieldReader {
  const open = new Map<number, Job>();
  const waiting: Job[] = [];
  let worker: WorkerLike | undefined;
  let lastId = 0;

  function start(): WorkerLike {
    const started = createWorker();
    started.onmessage = ({data}: MessageEvent<FieldReply>) => receive(data);
    started.onerror = () => {
      started.terminate();
      worker = undefined;
      for (const {reject} of open.values()) reject(new Refusal("engine", STOPPED));
      open.clear();
      next();
    };
    started.postMessage({type: "load", source} satisfies FieldRequest);
    return started;
  }

  function receive(reply: FieldReply): void {
    if (reply.type === "finder") return onFinder(reply.finder);
    const job = open.get(reply.id);
    if (!job || job.options.signal?.aborted) {
      if (reply.type === "picture") reply.picture.close();
      if (reply.type === "stage") return;
    }
    if (!job) return;
    const {request, options, resolve, reject} = job;
    if (reply.type === "stage") return options.onStage?.(reply.stage, reply.share);
    if (reply.type === "picture") {
      if (request.type === "find") return options.signal?.aborted ? undefined : options.onPicture?.(reply.picture);
      resolve(reply.picture as never);
    } else if (reply.type === "field") resolve(reply.field as never);
    else if (reply.type === "cut") resolve(reply.pictures as never);
    else if (reply.type === "opened") resolve(reply.fields as never);
    else reject(new Refusal(reply.code ?? "engine", reply.message));
    open.delete(reply.id);
    next();
  }

  /** Sends one at a time, so that what is cancelled is not read. */
  function next(): void {
    while (open.size === 0 && waiting.length) {
      const job = waiting.shift()!;
      if (job.options.signal?.aborted) continue;
      open.set(job.request.id, job);
      worker ??= start();
      worker.postMessage(job.request);
    }
  }

  function ask<T>(asked: Asked, options: ReadingOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const {signal} = options;
      const request = {...asked, id: ++lastId} as Job["request"];
      const job: Job = {request, options, resolve: resolve as Job["resolve"], reject};
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
      // What is to be shown, or was marked by hand, does not wait for fields that are to be read.
      if (request.type === "find") waiting.push(job);
      else waiting.unshift(job);
      next();
    });
  }

  worker = start();
  return {
    find: (file, options) => ask<FieldReading>({type: "find", file}, options),
    cut: (file, request, options) => ask<SeenPicture[]>({type: "cut", file, request}, options),
    show: (file) => ask<ImageBitmap>({type: "show", file}),
    open: (file) => ask<SmearField[]>({type: "open", file}),
    dispose() {
      worker?.terminate();
      worker = undefined;
      open.clear();
      waiting.length = 0;
    }
  };
}
