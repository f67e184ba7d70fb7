import {chooseEngine, messageOf} from "../engine/choose-engine.js";
import type {StartedEngine} from "../engine/choose-engine.js";
import type {DownloadOptions, ModelBundle, ModelSource} from "../engine/download.js";
import type {Backend, Engine, LoadEngine, Output} from "../engine/engine.js";
import {selfTest} from "../engine/self-test.js";
import {shuffleWeights} from "../engine/shuffle-weights.js";
import {objectionTo, parseGate} from "../gate/gate.js";
import type {Gate} from "../gate/gate.js";
import {toBatch} from "../image/cell-input.js";
import {Refusal} from "../image/refusal.js";
import {dihedralViews} from "../image/views.js";
import {createCellQueue} from "./cell-queue.js";
import type {Prepare} from "./preparer.js";
import type {Explanation, Prediction, Question, Reply, Request} from "./protocol.js";

/** What a session works with; the worker passes the real ones, tests their own. */
export interface SessionParts {
  post: (reply: Reply) => void;
  download: (
    source: ModelSource,
    options: Pick<DownloadOptions, "onProgress" | "kept" | "onKept">
  ) => Promise<ModelBundle>;
  loadEngine: LoadEngine;
  prepare: Prepare;
  /** Name of the software that WebGL runs on, null on a graphics card. */
  softwareWebgl: () => string | null;
}

/** The engine failed, not the file: a new engine may answer. */
class EngineFailure extends Error {}

function failed(error: unknown): never {
  throw new EngineFailure(messageOf(error));
}

/**
 * The worker's side of the protocol: loads the model once, then answers each file with a prediction or a refusal. Files
 * are prepared while the network computes those before them; a question about a cell goes before the cells that wait.
 * @returns the handler of incoming requests; it never rejects
 */
export function createSession({
  post,
  download,
  loadEngine,
  prepare,
  softwareWebgl
}: SessionParts): (request: Request) => Promise<void> {
  let engine: Engine | undefined;
  let loaded: {bundle: ModelBundle; source: ModelSource} | undefined;
  const queue = createCellQueue(predict);
  let gate: Gate | undefined;
  let positive = 0;

  async function load({source, backends, compare, kept}: Extract<Request, {type: "load"}>): Promise<void> {
    const bundle = await download(source, {
      kept,
      onProgress: (loaded, total) => post({type: "model", model: {state: "loading", loaded, total}}),
      onKept: (path, content) => post({type: "kept", path, content})
    });
    post({type: "model", model: {state: "warming"}});
    const {metadata, files} = bundle;
    loaded = {bundle, source};
    const rules = files.get("gate.json");
    gate = rules && parseGate(new TextDecoder().decode(rules));
    positive = metadata.labels.indexOf(metadata.positive);
    const start = (backend: Backend) => startEngine(bundle, backend, source);
    const {started, reasons} = await chooseEngine(backends, {start, compare, software: softwareWebgl()});
    engine = started.engine;
    const {backend} = engine;
    const note = reasons.join(" ") || null;
    post({type: "model", model: {state: "ready", backend, metadata, milliseconds: started.milliseconds, note}});
  }

  async function startEngine(bundle: ModelBundle, backend: Backend, {wasm}: ModelSource): Promise<StartedEngine> {
    post({type: "trying", backend});
    const onLost = () => post({type: "lost", reason: "The graphics card dropped its context."});
    const candidate = await loadEngine(bundle, {backend, wasm, onLost});
    try {
      return {engine: candidate, milliseconds: await selfTest(candidate, bundle.metadata)};
    } catch (error) {
      candidate.dispose();
      throw error;
    }
  }

  async function classify({file, reading}: Extract<Question, {type: "classify"}>): Promise<Prediction> {
    const {cell, descriptors, ...facts} = await prepare(file, reading);
    const {milliseconds, ...output} = await queue.add(cell, reading !== undefined);
    const [probability] = probabilities(output, 1) as [number];
    const objection = gate ? objectionTo({descriptors, features: output.features, ...facts}, gate) : null;
    if (objection && !reading?.anyway) throw new Refusal("outside", objection.message);
    const outside = objection?.message ?? null;
    return {probability, backend: engine!.backend, milliseconds, cell, ...facts, outside};
  }

  function predict(cells: Uint8ClampedArray[]): Promise<Output> {
    return engine!.predict(toBatch(cells)).catch(failed);
  }

  function probabilities({probabilities: all}: Output, count: number): number[] {
    const values = Array.from({length: count}, (_, n) => all[(n * all.length) / count + positive]!);
    if (!values.every((p) => p >= 0 && p <= 1)) throw new EngineFailure("The network gave no probability.");
    return values;
  }

  async function views(cell: Uint8ClampedArray): Promise<number[]> {
    const cells = dihedralViews(cell);
    return probabilities(await predict(cells), cells.length);
  }

  async function explain({cell, shuffled}: Extract<Question, {type: "explain"}>): Promise<Explanation> {
    const {bundle, source} = loaded!;
    const {backend} = engine!;
    const network = shuffled ? await loadEngine(shuffleWeights(bundle), {backend, wasm: source.wasm}) : engine!;
    try {
      const start = performance.now();
      const map = await network.explain(toBatch([cell]), positive).catch(failed);
      return {map, milliseconds: performance.now() - start};
    } finally {
      if (shuffled) network.dispose();
    }
  }

  async function answer(question: Question): Promise<Prediction | number[] | Explanation> {
    if (!engine) throw new Refusal("engine", "The model is not loaded. Reload the page and try again.");
    if (question.type === "classify") return classify(question);
    return queue.alone<number[] | Explanation>(() =>
      question.type === "views" ? views(question.cell) : explain(question)
    );
  }

  return async (request) => {
    try {
      if (request.type === "load") await load(request);
      else post({type: "answer", id: request.id, answer: await answer(request)});
    } catch (error) {
      if (request.type === "load") post({type: "model", model: {state: "failed", message: messageOf(error)}});
      else if (error instanceof EngineFailure) post({type: "lost", reason: error.message});
      else if (error instanceof Refusal)
        post({type: "refusal", id: request.id, code: error.code, message: error.message});
      else
        post({type: "refusal", id: request.id, code: "engine", message: `${messageOf(error)} Choose the file again.`});
    }
  };
}
