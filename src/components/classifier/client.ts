import type {ModelSource} from "../engine/download.js";
import {BACKENDS} from "../engine/engine.js";
import type {Backend} from "../engine/engine.js";
import type {SeenPicture} from "../gate/gate.js";
import {Refusal, RefusedPicture} from "../image/refusal.js";
import type {Answer, Network} from "./entries.js";
import {createLane, filesAhead} from "./lane.js";
import type {Lane} from "./lane.js";
import {CHOICES, NETWORKS} from "./networks.js";
import type {NetworkChoice, NetworkName} from "./networks.js";
import type {PreparedPicture, Reading} from "./prepare-picture.js";
import type {Explanation, FoundAnswer, ModelState, Prediction, Reply, Request, WorkerLike} from "./protocol.js";
import {createStops} from "./stops.js";
import type {Stops} from "./stops.js";

/** How a file is asked for. */
export interface FileOptions {
  /** Takes a waiting file out of the queue. */
  signal?: AbortSignal;
  /** Set where the file is asked for once more: it then goes before those that wait. */
  reading?: Reading;
  /** Told what a quicker network says while the answer that stands is awaited. */
  onEarly?: (answer: Answer) => void;
}

/** The page's side of the classifier: queues of questions before a worker that owns the networks. */
export interface Classifier {
  /**
   * Sets who answers from now on and what shall compute, and loads what that needs. What waits or is under way at a
   * network that is started anew is then answered by the new backend.
   */
  choose(choice: NetworkChoice, backend: BackendChoice): void;
  /**
   * Queues a file, for when the network is there. Files are taken in the order of the calls, some ahead of the answers,
   * so that the next are read and decoded while a network computes; each is read once, whoever answers.
   * @returns the answer that stands; rejects with a Refusal when there is none
   */
  classify(file: Blob, options?: FileOptions): Promise<Answer>;
  /**
   * Asks the network that answered about cells made of the answered one, before the files that wait.
   * @param cells 50×50 RGB pixels each
   * @returns their probabilities of the positive class; rejects with a Refusal
   */
  judge(answer: Answer, cells: Uint8ClampedArray[]): Promise<number[]>;
  /**
   * Queues cells that were found in a field at one network, a few at a time.
   * @returns its answers; rejects with a Refusal
   */
  judgeFound(name: NetworkName, pictures: SeenPicture[], signal?: AbortSignal): Promise<FoundAnswer[]>;
  /**
   * Asks where an answered cell speaks for the positive class, before the files that wait.
   * @returns null where the network that answered has no map that was tested; else asks, with `shuffled` a network whose
   * weights have changed places, and rejects with a Refusal
   */
  explainer(answer: Answer): ((shuffled: boolean) => Promise<Explanation>) | null;
  /** Leaves the files that wait where they are, or goes on with them; what is asked about an answered cell is not held up. */
  pause(isPaused: boolean): void;
  /** A network, or the one whose answers stand, once it is loaded. */
  network(name?: NetworkName): Network | undefined;
  /** Tries once more to load what could not be loaded. */
  retry(): void;
  /** Ends the worker. Files that wait are left unanswered. */
  dispose(): void;
}

/** What shall compute: what works best, or one backend before the others. */
export type BackendChoice = "auto" | Backend;

/** Options of {@link createClassifier}. */
export interface ClassifierOptions {
  /** Where the networks lie; one that is left out is never asked. */
  sources: Readonly<Partial<Record<NetworkName, ModelSource>>>;
  /** Where what tells whole fields from single cells lies; without it none is told. */
  finder?: ModelSource;
  onModel: (network: NetworkName, state: ModelState) => void;
  createWorker?: () => WorkerLike;
  /** Milliseconds after which a warm-up or a file counts as hung. */
  patience?: number;
}

/** What the page knows of a network. */
interface Member {
  name: NetworkName;
  source: ModelSource;
  lane: Lane;
  stops: Stops;
  kept: Map<string, Blob>;
  state: ModelState["state"] | "idle";
  choice: BackendChoice;
  trying: Backend;
  /** One object for good, by which answers given before a restart are still known as its own. */
  network: Network | undefined;
}

const NO_ANSWER = new Refusal("timed-out", "The network gave no answer for this picture in time. Try it once more.");
const UNAVAILABLE = new Refusal(
  "unavailable",
  "No network has come yet. Press Retry: this file is judged as soon as one is there."
);
/** Milliseconds that a network which just came has for its first answer before the next is loaded all the same. */
const FIRST_ANSWER = 800;
const startWorker = () => new Worker(import.meta.resolve("./worker.js"), {type: "module"});

/**
 * Creates the page's side of the classifier. The worker is ended and replaced when a network in it hangs, runs out of
 * memory or loses its graphics card's context (then tfjs never answers), and the files under way there are tried once
 * more, each by itself, since one of them may be to blame; a backend that stops a network twice is given up for the next
 * one. What was downloaded is kept here, so that no new worker needs the connection.
 */
export function createClassifier({
  sources,
  finder,
  onModel,
  createWorker = startWorker,
  patience = 60_000
}: ClassifierOptions): Classifier {
  const names = Object.keys(NETWORKS) as NetworkName[];
  const members = new Map(names.flatMap((name) => (sources[name] ? [[name, member(name, sources[name])]] : [])));
  let choice: NetworkChoice = "both";
  let backend: BackendChoice = "auto";
  let worker: WorkerLike | undefined;
  let heard = false;
  let due: ReturnType<typeof setTimeout> | undefined;

  const send = (request: Request) => worker!.postMessage(request);
  const isAlive = ({state}: Member) => state !== "idle" && state !== "failed";
  const alive = () => [...members.values()].filter(isAlive);

  function member(name: NetworkName, source: ModelSource): Member {
    const lane = createLane({
      send: (asking, id) => send({...asking, id, network: name}),
      onHang: () => hang(own),
      patience
    });
    const state = {state: "idle", choice: "auto", trying: "webgl", network: undefined} as const;
    const own: Member = {name, source, lane, stops: createStops(), kept: new Map(), ...state};
    return own;
  }

  /** Who is asked, one after another; the last one's answer stands. */
  function asked(): Member[] {
    const some = CHOICES[choice].asked.flatMap((name) => members.get(name) ?? []);
    return some.length ? some : [...members.values()].slice(-1);
  }

  /** Loads who is asked, each once the one before it is there or cannot be: they share one connection. */
  function begin(): void {
    clearTimeout(due);
    for (const own of asked()) {
      if (own.state === "idle") load(own);
      if (own.state !== "ready" && own.state !== "failed") return;
    }
  }

  /** What shall compute a network: what was chosen, but for one that only answers first. */
  function choiceFor({name}: Member): BackendChoice {
    const {backend: own} = NETWORKS[name];
    return own && (asked().length > 1 || backend === "auto") ? own : backend;
  }

  /** Loads a network, or starts it anew on what was chosen. */
  function load(own: Member): void {
    const wasAlive = isAlive(own);
    own.stops.forget();
    own.choice = choiceFor(own);
    own.state = "loading";
    if (wasAlive || !worker) start();
    else sendLoad(own);
  }

  /** Starts a worker in the place of the old one, with all networks that were there. */
  function start(): void {
    worker?.terminate();
    worker = undefined;
    const exhausted = alive().filter((own) => backendsOf(own).length === 0);
    for (const own of exhausted) own.state = "failed";
    if (alive().length > 0) {
      heard = false;
      const started = (worker = createWorker());
      started.onmessage = ({data}: MessageEvent<Reply>) => started === worker && receive(data);
      started.onerror = () => started === worker && err();
      for (const own of alive()) sendLoad(own);
    }
    for (const own of exhausted) {
      fail(own, "The classifier stopped several times. Reload the page, or try another browser.");
    }
  }

  function err(): void {
    const suspects = alive().filter(({state, lane}) => state !== "ready" || lane.isBusy);
    if (heard) return restart(suspects.length ? suspects : alive(), NO_ANSWER);
    for (const own of alive()) fail(own, "The classifier could not start in this browser. Reload the page.");
  }

  function backendsOf({choice: first, stops}: Member): Backend[] {
    const all = Object.keys(BACKENDS) as Backend[];
    return all.sort((a, b) => Number(b === first) - Number(a === first)).filter(stops.allows);
  }

  function sendLoad(own: Member): void {
    const {name, source, kept, choice: first} = own;
    const backends = backendsOf(own);
    own.lane.close();
    own.state = "loading";
    own.trying = backends[0]!;
    send({type: "load", network: name, source, backends, compare: first === "auto", kept, finder});
  }

  function hang(own: Member): void {
    // A thread that compiles or tests one network keeps the others waiting; it has its own time.
    if (alive().some((other) => other !== own && other.state === "warming")) own.lane.watch(true);
    else restart([own], NO_ANSWER);
  }

  function restart(guilty: readonly Member[], refusal: Refusal): void {
    for (const own of guilty) {
      own.stops.add(own.trying);
      own.lane.close(refusal);
    }
    start();
  }

  function fail(own: Member, message: string): void {
    own.state = "failed";
    onModel(own.name, {state: "failed", message});
    own.lane.refuse(UNAVAILABLE);
    if (alive().length === 0) {
      worker?.terminate();
      worker = undefined;
    }
    begin();
  }

  function receive(reply: Reply): void {
    heard = true;
    const own = members.get(reply.network)!;
    if (reply.type === "kept") own.kept.set(reply.path, reply.content);
    else if (reply.type === "trying") {
      own.trying = reply.backend;
      own.lane.watch(true);
    } else if (reply.type === "lost") {
      restart(
        [own],
        new Refusal(
          "engine",
          `The network failed twice at this picture. ${reply.reason.replace(/\.?$/, ".")} Try it once more.`
        )
      );
    } else if (reply.type === "model") become(own, reply.model);
    else if (reply.type === "waits") own.lane.giveWay(reply.id);
    else {
      own.lane.settle(reply);
      begin();
    }
  }

  function become(own: Member, model: ModelState): void {
    if (model.state === "failed") return fail(own, model.message);
    own.state = model.state;
    own.lane.watch(model.state === "warming");
    if (model.state !== "ready") return onModel(own.name, model);
    own.trying = model.backend;
    own.network ??= {metadata: model.metadata, sha256: own.source.sha256};
    const note = [model.note, ...own.stops.sentences()].filter(Boolean).join(" ") || null;
    onModel(own.name, {...model, note});
    own.lane.open(filesAhead(model.milliseconds));
    // The next network's download and start would hold up a first answer that is due at once.
    clearTimeout(due);
    if (own.lane.isBusy) due = setTimeout(begin, FIRST_ANSWER);
    else begin();
  }

  async function ask(own: Member, picture: Blob | PreparedPicture, {signal, reading}: FileOptions): Promise<Answer> {
    const first = reading !== undefined;
    const prediction = await own.lane.ask<Prediction>({type: "classify", picture, reading}, {first, signal});
    // What was read once is held once.
    if (!(picture instanceof Blob)) prediction.cell = picture.cell;
    return {network: own.network!, prediction};
  }

  async function classify(file: Blob, options: FileOptions = {}): Promise<Answer> {
    const all = asked();
    const last = all.at(-1)!;
    let picture: Blob | PreparedPicture = file;
    for (const quick of all.slice(0, -1)) {
      if (last.state === "ready" && quick.state !== "ready") continue;
      try {
        const early = await ask(quick, picture, options);
        options.onEarly?.(early);
        picture = early.prediction;
      } catch (error) {
        // What cannot be read is the same to all; what one network refuses, or cannot be asked, the next judges.
        if (error instanceof RefusedPicture) picture = error.picture as PreparedPicture;
        else if (!["engine", "timed-out", "unavailable"].includes((error as Refusal).code)) throw error;
      }
    }
    return ask(last, picture, options);
  }

  // By its hash: an answer may have been kept from an earlier visit.
  const of = ({network}: Answer) => [...members.values()].find(({source}) => source.sha256 === network.sha256)!;

  return {
    choose(nextChoice, nextBackend) {
      [choice, backend] = [nextChoice, nextBackend];
      for (const own of asked()) if (isAlive(own) && own.choice !== choiceFor(own)) load(own);
      begin();
    },
    classify,
    judge: (answer, cells) =>
      of(answer).lane.ask<number[]>({type: "cells", cells, offset: answer.prediction.offset}, {first: true}),
    judgeFound: (name, pictures, signal) => members.get(name)!.lane.ask({type: "found", pictures}, {signal}),
    explainer(answer) {
      const {name, lane} = of(answer);
      if (!NETWORKS[name].explains) return null;
      const {seen: cell} = answer.prediction;
      return (shuffled) => lane.ask<Explanation>({type: "explain", cell, shuffled}, {first: true});
    },
    pause(isPaused) {
      for (const {lane} of members.values()) lane.pause(isPaused);
    },
    network: (name) => (name ? members.get(name) : asked().at(-1))?.network,
    retry() {
      for (const own of members.values()) if (own.state === "failed") load(own);
    },
    dispose() {
      clearTimeout(due);
      worker?.terminate();
      worker = undefined;
      for (const {lane} of members.values()) lane.watch(false);
    }
  };
}
