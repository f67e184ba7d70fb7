import {Worker} from "node:worker_threads";
import {Refusal, messageOf} from "../../src/components/image/refusal.js";
import type {ScoredFile} from "./files.js";
import type {ScoreRequest, Scored} from "./scorer.js";

/** Files that a thread has at once: enough that the next are there while it computes. */
const AHEAD = 24;

/** Options of {@link scoreFiles}. */
export interface ScoreOptions {
  threads: number;
  /** Given what became of each file, in the order of the files. */
  onScored: (scored: Scored) => void;
}

/**
 * Scores files on worker threads, each with the networks in its own memory (some 300 MB). At most 24 files a thread are held
 * at once.
 * @throws Error if a thread cannot start, or ends
 */
export async function scoreFiles(files: readonly ScoredFile[], {threads, onScored}: ScoreOptions): Promise<void> {
  const done = new Map<number, Scored>();
  let [next, written] = [0, 0];

  async function send(worker: Worker): Promise<void> {
    const id = next++;
    const file = files[id];
    if (!file) return;
    const {path} = file;
    try {
      const bytes = await file.read();
      worker.postMessage({id, path, bytes} satisfies ScoreRequest, [bytes.buffer]);
    } catch (error) {
      const code = error instanceof Refusal ? error.code : "unreadable";
      worker.postMessage({id, path, refusal: {code, message: messageOf(error)}} satisfies ScoreRequest);
    }
  }

  function settle(id: number, scored: Scored): void {
    done.set(id, scored);
    for (let first = done.get(written); first; first = done.get(written)) {
      done.delete(written++);
      onScored(first);
    }
  }

  const workers = Array.from({length: Math.min(threads, files.length)}, () => startThread());
  try {
    await new Promise<void>((resolve, reject) => {
      for (const worker of workers) {
        worker.on("error", reject);
        worker.on("exit", (code) =>
          reject(new Error(`A thread ended with ${code}. Start the command again: it goes on.`))
        );
        worker.on("message", (message: "ready" | {id: number; scored: Scored}) => {
          if (message === "ready") for (let n = 0; n < AHEAD; n++) void send(worker);
          else {
            settle(message.id, message.scored);
            if (written === files.length) resolve();
            else void send(worker);
          }
        });
      }
    });
  } finally {
    for (const worker of workers) worker.removeAllListeners("exit");
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Starts a thread that reads TypeScript, as the main one does: a worker of Node 20 does not by itself. */
function startThread(): Worker {
  const worker = new URL("./score-worker.ts", import.meta.url).href;
  const code = `import("tsx/esm/api").then(({register}) => (register(), import(${JSON.stringify(worker)})))`;
  return new Worker(code, {eval: true});
}
