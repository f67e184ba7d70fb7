import {CELL_SIZE, toBatch, toCell} from "../image/cell-input.js";
import type {DecodedPicture} from "../image/decode.js";
import {Refusal} from "../image/refusal.js";
import type {ModelBundle, ModelSource} from "./download.js";
import type {Backend, Engine, LoadEngine} from "./engine.js";
import type {ModelMetadata} from "./metadata.js";
import type {Reply, Request} from "./protocol.js";

/** Largest difference from a stored probability that a self-test passes: 16-bit graphics cards stay below it. */
const TOLERANCE = 0.02;

/** What a session works with; the worker passes the real ones, tests their own. */
export interface SessionParts {
  post: (reply: Reply) => void;
  download: (source: ModelSource, onProgress: (loaded: number, total: number) => void) => Promise<ModelBundle>;
  loadEngine: LoadEngine;
  decode: (file: Blob) => Promise<DecodedPicture>;
}

/**
 * The worker's side of the protocol: loads the model once, then answers each file with a prediction or a refusal.
 * @returns the handler of incoming requests; it never rejects
 */
export function createSession({post, download, loadEngine, decode}: SessionParts): (request: Request) => Promise<void> {
  let engine: Engine | undefined;
  let positive = 0;

  async function load({source, backends}: Extract<Request, {type: "load"}>): Promise<void> {
    const bundle = await download(source, (loaded, total) =>
      post({type: "model", model: {state: "loading", loaded, total}})
    );
    post({type: "model", model: {state: "warming"}});
    positive = bundle.metadata.labels.indexOf(bundle.metadata.positive);
    engine = await startEngine(bundle, backends);
    const note = engine.backend === "webgl" ? null : "WebGL is not available here, so the slower CPU is used.";
    post({type: "model", model: {state: "ready", backend: engine.backend, metadata: bundle.metadata, note}});
  }

  async function startEngine(bundle: ModelBundle, backends: Backend[]): Promise<Engine> {
    const reasons: string[] = [];
    for (const backend of backends) {
      try {
        const candidate = await loadEngine(bundle, {backend, onLost: () => post({type: "lost"})});
        if (await passesSelfTest(candidate, bundle.metadata)) return candidate;
        candidate.dispose();
        reasons.push(`Computed by ${backend}, known cells get other probabilities than they should.`);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
    throw new Error(`The model cannot run in this browser: ${reasons.join(" ")}`);
  }

  async function classify({id, file}: Extract<Request, {type: "classify"}>): Promise<void> {
    if (!engine) throw new Refusal("engine", "The model is not loaded. Reload the page and try again.");
    const {data, width, height, header} = await decode(file);
    const cell = toCell({data, width, height, channels: 3});
    const start = performance.now();
    const probabilities = await engine.predict(toBatch([cell]));
    const milliseconds = performance.now() - start;
    const probability = probabilities[positive]!;
    if (!(probability >= 0 && probability <= 1)) throw new Error("The network gave no probability.");
    const {backend} = engine;
    const {frames} = header;
    post({type: "prediction", id, prediction: {probability, backend, milliseconds, cell, width, height, frames}});
  }

  return async (request) => {
    try {
      await (request.type === "load" ? load(request) : classify(request));
    } catch (error) {
      if (request.type === "load") post({type: "model", model: {state: "failed", message: messageOf(error)}});
      else if (error instanceof Refusal)
        post({type: "refusal", id: request.id, code: error.code, message: error.message});
      else
        post({type: "refusal", id: request.id, code: "engine", message: `${messageOf(error)} Choose the file again.`});
    }
  };
}

/** Predicts the metadata's known cells one by one, which compiles the shaders too. */
async function passesSelfTest(engine: Engine, {labels, positive, selfTest}: ModelMetadata): Promise<boolean> {
  const cells = selfTest.length ? selfTest : [{p: null, rgb: new Uint8ClampedArray(CELL_SIZE * CELL_SIZE * 3)}];
  for (const {p, rgb} of cells) {
    const probability = (await engine.predict(toBatch([rgb])))[labels.indexOf(positive)]!;
    if (!(Math.abs(probability - (p ?? probability)) <= TOLERANCE)) return false;
  }
  return true;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
