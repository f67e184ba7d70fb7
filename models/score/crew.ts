import {once} from "node:events";
import {Worker} from "node:worker_threads";
import {Refusal, messageOf} from "../../src/components/image/refusal.js";
import type {ScoredFile} from "./scored-file.js";
import type {ScoreRequest, Scored} from "./scorer.js";

/** Files that a thread has at once: enough that the next are there while it computes. */
const AHEAD = 24;

/** Threads that score, each with the networks in its own memory (some 300 MB). */
export interface Crew {
  /**
   * Scores files, at most 24 a thread held at once.
   * @param onScored given what became of each file, in the order of the files
   * @throws Error if a thread ends, or what `files` or `onScored` throw
   */
  score: (files: AsyncIterable<ScoredFile>, onScored: (scored: Scored) => void) => Promise<void>;
  close: () => Promise<void>;
}

/** Starts threads that score. @throws Error if one cannot start */
export async function openCrew(threads: number): Promise<Crew> {
  const workers = Array.from({length: threads}, startThread);
  const ended = new Promise<never>((_, reject) => {
    for (const worker of workers) {
      worker.on("error", reject);
      worker.on("exit", (code) =>
        reject(new Error(`A thread ended with ${code}. Start the command again: it goes on.`))
      );
    }
  });
  ended.catch(() => {});
  const close = async () => {
    for (const worker of workers) worker.removeAllListeners("exit");
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    await Promise.race([ended, Promise.all(workers.map((worker) => once(worker, "message")))]);
  } catch (error) {
    await close();
    throw error;
  }
  const asked = workers.map(answering);
  return {score: (files, onScored) => Promise.race([ended, share(files, asked, onScored)]), close};
}

type Ask = (request: ScoreRequest) => Promise<Scored>;

/** What asks a thread and waits for the answer. */
function answering(worker: Worker): Ask {
  const waiting = new Map<number, (scored: Scored) => void>();
  worker.on("message", ({id, scored}: {id: number; scored: Scored}) => {
    waiting.get(id)?.(scored);
    waiting.delete(id);
  });
  return (request) => {
    worker.postMessage(request, request.bytes ? [request.bytes.buffer] : []);
    return new Promise((resolve) => waiting.set(request.id, resolve));
  };
}

/** Shares files among threads; what is done early waits until it is its turn. */
async function share(files: AsyncIterable<ScoredFile>, crew: readonly Ask[], onScored: (scored: Scored) => void) {
  const iterator = files[Symbol.asyncIterator]();
  const done = new Map<number, Scored>();
  let [next, written] = [0, 0];
  async function lane(ask: Ask): Promise<void> {
    for (;;) {
      const id = next++;
      const {value: file, done: isEnd} = await iterator.next();
      if (isEnd) return;
      done.set(id, await ask({id, ...(await opened(file))}));
      for (let first = done.get(written); first; first = done.get(written)) {
        done.delete(written++);
        onScored(first);
      }
    }
  }
  await Promise.all(crew.flatMap((ask) => Array.from({length: AHEAD}, () => lane(ask))));
}

async function opened({path, read}: ScoredFile): Promise<Omit<ScoreRequest, "id">> {
  try {
    return {path, bytes: await read()};
  } catch (error) {
    const code = error instanceof Refusal ? error.code : "unreadable";
    return {path, refusal: {code, message: messageOf(error)}};
  }
}

/** Starts a thread that reads TypeScript, as the main one does: a worker of Node 20 does not by itself. */
function startThread(): Worker {
  const worker = new URL("./score-worker.ts", import.meta.url).href;
  const code = `import("tsx/esm/api").then(({register}) => (register(), import(${JSON.stringify(worker)})))`;
  return new Worker(code, {eval: true});
}
