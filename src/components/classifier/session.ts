import {chooseEngine, selfTest} from "../engine/choose-engine.js";
import type {StartedEngine} from "../engine/choose-engine.js";
import type {DownloadOptions, ModelBundle, ModelFiles, ModelSource} from "../engine/download.js";
import type {Backend, Engine, ExplainingEngine, LoadEngine, Output} from "../engine/engine.js";
import type {loadKernels} from "../engine/load-engine.js";
import {shuffleWeights} from "../engine/shuffle-weights.js";
import {parseGate} from "../gate/gate-file.js";
import {judgeFeatures, lookAt} from "../gate/gate.js";
import type {Gate, SeenPicture} from "../gate/gate.js";
import {toBatch} from "../image/cell-input.js";
import {Refusal, RefusedPicture, messageOf} from "../image/refusal.js";
import {shiftLogit} from "../metrics/calibration.js";
import {createCellQueue} from "./cell-queue.js";
import type {CellQueue} from "./cell-queue.js";
import type {NetworkName} from "./networks.js";
import type {Prepare, PreparedPicture} from "./prepare-picture.js";
import type {Explanation, FoundAnswer, Prediction, Question, Reply, Request} from "./protocol.js";

/** What a session works with; the worker passes the real ones, tests their own. */
export interface SessionParts {
  post: (reply: Reply) => void;
  download: (
    source: ModelSource,
    options: Pick<DownloadOptions, "onProgress" | "kept" | "onKept">
  ) => Promise<ModelBundle>;
  loadEngine: LoadEngine;
  loadKernels: typeof loadKernels;
  prepare: Prepare;
  /** Name of the software that WebGL runs on, null on a graphics card. */
  softwareWebgl: () => string | null;
}

type Load = Extract<Request, {type: "load"}>;
type Asked<T extends Question["type"]> = Extract<Question, {type: T}>;

/** A network that answers. */
interface Loaded {
  bundle: ModelBundle;
  source: ModelSource;
  engine: Engine;
  gate: Gate | undefined;
  /** Index of the positive class. */
  positive: number;
  queue: CellQueue;
  /** What computes its maps: the engine, or the kernels beside it. */
  explainer?: Promise<ExplainingEngine>;
}

/** What is said of a cell by a network without a gate. */
const UNLIMITED = {isForeign: false, objection: null, cautions: []};

/** The engine failed, not the file: a new engine may answer. */
class EngineFailure extends Error {}

/**
 * The worker's side of the protocol: loads each network once, then answers each file with a prediction or a refusal.
 * Files are prepared while a network computes those before them; a question about a cell goes before the cells that wait.
 * @returns the handler of incoming requests; it never rejects
 */
export function createSession({
  post,
  download,
  loadEngine,
  loadKernels,
  prepare,
  softwareWebgl
}: SessionParts): (request: Request) => Promise<void> {
  const networks = new Map<NetworkName, Loaded>();
  let finder: ModelSource | undefined;

  async function load({network, source, backends, compare, kept, ...others}: Load): Promise<void> {
    ({finder} = others);
    const bundle = await download(source, {
      kept,
      onProgress: (loaded, total) => post({type: "model", network, model: {state: "loading", loaded, total}}),
      onKept: (path, content) => post({type: "kept", network, path, content})
    });
    post({type: "model", network, model: {state: "warming"}});
    const {metadata, files} = bundle;
    const rules = files.get("gate.json");
    const gate = rules && parseGate(new TextDecoder().decode(rules));
    const positive = metadata.labels.indexOf(metadata.positive);
    const start = (backend: Backend) => startEngine(bundle, backend, {network, source});
    const {started, reasons} = await chooseEngine(backends, {start, compare, software: softwareWebgl()});
    const {engine, milliseconds} = started;
    const queue = createCellQueue((cells) => predict(engine, cells));
    networks.set(network, {bundle, source, engine, gate, positive, queue});
    const {backend, explain} = engine;
    const note = reasons.join(" ") || null;
    const model = {state: "ready", backend, kernels: explain !== null, metadata, milliseconds, note} as const;
    post({type: "model", network, model});
  }

  async function startEngine(
    bundle: ModelBundle,
    backend: Backend,
    {network, source}: Pick<Load, "network" | "source">
  ): Promise<StartedEngine> {
    post({type: "trying", network, backend});
    const onLost = () => post({type: "lost", network, reason: "The graphics card dropped its context."});
    const candidate = await loadEngine(bundle, {backend, wasm: source.wasm, onLost});
    try {
      return {engine: candidate, milliseconds: await selfTest(candidate, bundle.metadata)};
    } catch (error) {
      candidate.dispose();
      throw error;
    }
  }

  async function classify(own: Loaded, {network, id, picture: given, reading}: Asked<"classify">): Promise<Prediction> {
    const onWait = () => post({type: "waits", network, id});
    const picture = given instanceof Blob ? await prepare(given, {...reading, finder}, onWait) : given;
    const {objection, cautions, ...answer} = await lookAndJudge(own, picture, reading !== undefined);
    if (objection && !reading?.anyway) throw new RefusedPicture(objection.message, picture);
    return {
      ...picture,
      ...answer,
      backend: own.engine.backend,
      outside: objection?.message ?? null,
      cautions: cautions.map(({message}) => message)
    };
  }

  async function lookAndJudge(own: Loaded, picture: SeenPicture, isFirst: boolean) {
    const first = own.gate ? lookAt(picture, own.gate) : {...UNLIMITED, seen: picture.cell};
    const {milliseconds, ...output} = await own.queue.add(first.seen, isFirst);
    const offset = first.isForeign ? own.gate!.offset : 0;
    const [probability] = probabilities(own, output, {count: 1, offset}) as [number];
    const {objection, cautions, seen} = own.gate ? judgeFeatures(first, output.features, own.gate) : first;
    return {seen, probability, offset, milliseconds, objection, cautions};
  }

  function judgeFound(own: Loaded, {pictures}: Asked<"found">): Promise<FoundAnswer[]> {
    return Promise.all(
      pictures.map(async (picture) => {
        const {probability, offset, objection, cautions} = await lookAndJudge(own, picture, false);
        return {probability, offset, doubts: [...(objection ? [objection] : []), ...cautions].map(({check}) => check)};
      })
    );
  }

  async function judge(own: Loaded, {cells, offset}: Asked<"cells">): Promise<number[]> {
    return probabilities(own, await predict(own.engine, cells), {count: cells.length, offset});
  }

  async function explain(own: Loaded, {cell, shuffled}: Asked<"explain">): Promise<Explanation> {
    const explainer = await (shuffled ? shuffledOf(own) : explainerOf(own));
    try {
      const start = performance.now();
      const map = await explainer.explain(toBatch([cell]), own.positive).catch(failed);
      return {map, milliseconds: performance.now() - start};
    } finally {
      if (shuffled) explainer.dispose();
    }
  }

  function shuffledOf(own: Loaded): Promise<ExplainingEngine> {
    return kernelsFor(shuffleWeights(own.bundle), own.source);
  }

  function explainerOf(own: Loaded): Promise<ExplainingEngine> {
    if (own.engine.explain) return Promise.resolve(own.engine as ExplainingEngine);
    own.explainer ??= kernelsFor(own.bundle, own.source);
    own.explainer.catch(() => delete own.explainer);
    return own.explainer;
  }

  async function kernelsFor(bundle: ModelFiles, {wasm}: ModelSource): Promise<ExplainingEngine> {
    try {
      return await loadKernels(bundle, wasm);
    } catch (error) {
      const why = `The map is computed by this site's own WebAssembly, which cannot run here: ${messageOf(error)}`;
      throw new Refusal("engine", `${why} The answer does not need it; for the map, use a current browser.`);
    }
  }

  function answer(question: Question): Promise<Prediction | number[] | FoundAnswer[] | Explanation> {
    const own = networks.get(question.network);
    if (!own) throw new Refusal("engine", "The model is not loaded. Reload the page and try again.");
    if (question.type === "classify") return classify(own, question);
    if (question.type === "found") return judgeFound(own, question);
    return own.queue.alone<number[] | Explanation>(() =>
      question.type === "cells" ? judge(own, question) : explain(own, question)
    );
  }

  function refuse({network, id}: Question, error: unknown): Reply {
    const about = {network, id, message: messageOf(error)};
    if (error instanceof EngineFailure) return {type: "lost", network, reason: error.message};
    if (error instanceof RefusedPicture)
      return {type: "refusal", ...about, code: "outside", picture: error.picture as PreparedPicture};
    if (error instanceof Refusal) return {type: "refusal", ...about, code: error.code, sha256: error.sha256};
    return {type: "refusal", ...about, code: "engine", message: `${about.message} Choose the file again.`};
  }

  return async (request) => {
    const {network} = request;
    try {
      if (request.type === "load") await load(request);
      else post({type: "answer", network, id: request.id, answer: await answer(request)});
    } catch (error) {
      if (request.type !== "load") post(refuse(request, error));
      else post({type: "model", network, model: {state: "failed", message: messageOf(error)}});
    }
  };
}

function predict(engine: Engine, cells: Uint8ClampedArray[]): Promise<Output> {
  return engine.predict(toBatch(cells)).catch(failed);
}

function failed(error: unknown): never {
  throw new EngineFailure(messageOf(error));
}

function probabilities(
  {positive}: Loaded,
  {probabilities: all}: Output,
  {count, offset}: {count: number; offset: number}
): number[] {
  const values = Array.from({length: count}, (_, n) => all[(n * all.length) / count + positive]!);
  if (!values.every((p) => p >= 0 && p <= 1)) throw new EngineFailure("The network gave no probability.");
  return values.map((p) => shiftLogit(p, offset));
}
