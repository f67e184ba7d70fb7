import {toBatch, toCell} from "../image/cell-input.js";
import type {DecodedPicture} from "../image/decode.js";
import {Refusal} from "../image/refusal.js";
import {dihedralViews} from "../image/views.js";
import {chooseEngine, messageOf} from "./choose-engine.js";
import type {StartedEngine} from "./choose-engine.js";
import type {ModelBundle, ModelSource} from "./download.js";
import type {Backend, Engine, LoadEngine} from "./engine.js";
import type {Prediction, Question, Reply, Request} from "./protocol.js";
import {selfTest} from "./self-test.js";

/** What a session works with; the worker passes the real ones, tests their own. */
export interface SessionParts {
  post: (reply: Reply) => void;
  download: (source: ModelSource, onProgress: (loaded: number, total: number) => void) => Promise<ModelBundle>;
  loadEngine: LoadEngine;
  decode: (file: Blob) => Promise<DecodedPicture>;
  /** Name of the software that WebGL runs on, null on a graphics card. */
  softwareWebgl: () => string | null;
}

/**
 * The worker's side of the protocol: loads the model once, then answers each file with a prediction or a refusal.
 * @returns the handler of incoming requests; it never rejects
 */
export function createSession({
  post,
  download,
  loadEngine,
  decode,
  softwareWebgl
}: SessionParts): (request: Request) => Promise<void> {
  let engine: Engine | undefined;
  let positive = 0;

  async function load({source, backends, compare}: Extract<Request, {type: "load"}>): Promise<void> {
    const bundle = await download(source, (loaded, total) =>
      post({type: "model", model: {state: "loading", loaded, total}})
    );
    post({type: "model", model: {state: "warming"}});
    const {metadata} = bundle;
    positive = metadata.labels.indexOf(metadata.positive);
    const start = (backend: Backend) => startEngine(bundle, backend, source);
    const {started, reasons} = await chooseEngine(backends, {start, compare, software: softwareWebgl()});
    engine = started.engine;
    const {backend} = engine;
    const note = reasons.join(" ") || null;
    post({type: "model", model: {state: "ready", backend, metadata, milliseconds: started.milliseconds, note}});
  }

  async function startEngine(bundle: ModelBundle, backend: Backend, {wasm}: ModelSource): Promise<StartedEngine> {
    const candidate = await loadEngine(bundle, {backend, wasm, onLost: () => post({type: "lost"})});
    try {
      return {engine: candidate, milliseconds: await selfTest(candidate, bundle.metadata)};
    } catch (error) {
      candidate.dispose();
      throw error;
    }
  }

  async function classify(file: Blob): Promise<Prediction> {
    const {data, width, height, header} = await decode(file);
    const cell = toCell({data, width, height, channels: 3});
    const start = performance.now();
    const [probability] = (await probabilities([cell])) as [number];
    const milliseconds = performance.now() - start;
    return {probability, backend: engine!.backend, milliseconds, cell, width, height, frames: header.frames};
  }

  async function probabilities(cells: Uint8ClampedArray[]): Promise<number[]> {
    const output = await engine!.predict(toBatch(cells));
    const classes = output.probabilities.length / cells.length;
    const values = cells.map((_, n) => output.probabilities[n * classes + positive]!);
    if (!values.every((p) => p >= 0 && p <= 1)) throw new Error("The network gave no probability.");
    return values;
  }

  async function answer(question: Question): Promise<Prediction | number[]> {
    if (!engine) throw new Refusal("engine", "The model is not loaded. Reload the page and try again.");
    return question.type === "classify" ? classify(question.file) : probabilities(dihedralViews(question.cell));
  }

  return async (request) => {
    try {
      if (request.type === "load") await load(request);
      else post({type: "answer", id: request.id, answer: await answer(request)});
    } catch (error) {
      if (request.type === "load") post({type: "model", model: {state: "failed", message: messageOf(error)}});
      else if (error instanceof Refusal)
        post({type: "refusal", id: request.id, code: error.code, message: error.message});
      else
        post({type: "refusal", id: request.id, code: "engine", message: `${messageOf(error)} Choose the file again.`});
    }
  };
}
