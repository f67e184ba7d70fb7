import {Refusal} from "../image/refusal.js";
import {preparePicture} from "./prepare-picture.js";
import type {Preparation, Prepare, PreparedPicture} from "./prepare-picture.js";
import type {PreparationReply, PreparationRequest, WorkerLike} from "./protocol.js";

interface Job {
  file: Blob;
  preparation: Preparation | undefined;
  onWait: (() => void) | undefined;
  resolve: (picture: PreparedPicture) => void;
  reject: (error: unknown) => void;
}

const startWorker = (): WorkerLike => new Worker(import.meta.resolve("./preparer-worker.js"), {type: "module"});

/**
 * Prepares pictures on a thread of their own, so that the next are decoded, cut out and resized while a network computes;
 * on the caller's, where that thread cannot be started or ends, and one at a time until it has started: the first answer
 * waits for no thread.
 */
export function createPreparer({
  createWorker = startWorker,
  here = preparePicture
}: {createWorker?: () => WorkerLike; here?: Prepare} = {}): Prepare {
  const open = new Map<number, Job>();
  let lastId = 0;
  let busy = 0;
  let hasStarted = false;
  let worker = start();

  function start(): WorkerLike | null {
    try {
      const started = createWorker();
      started.onmessage = ({data}: MessageEvent<PreparationReply>) => receive(data);
      started.onerror = () => {
        started.terminate();
        worker = null;
        for (const {file, preparation, onWait, resolve, reject} of open.values()) {
          prepareHere(file, preparation, onWait).then(resolve, reject);
        }
        open.clear();
      };
      return started;
    } catch {
      return null;
    }
  }

  function receive(reply: PreparationReply): void {
    hasStarted = true;
    if (reply.type === "started") return;
    const job = open.get(reply.id);
    if (reply.type === "waits") return job?.onWait?.();
    open.delete(reply.id);
    if (reply.type === "prepared") job?.resolve(reply.picture);
    else job?.reject(reply.code ? new Refusal(reply.code, reply.message, reply.sha256) : new Error(reply.message));
  }

  async function prepareHere(file: Blob, preparation?: Preparation, onWait?: () => void): Promise<PreparedPicture> {
    busy += 1;
    try {
      return await here(file, preparation, onWait);
    } finally {
      busy -= 1;
    }
  }

  return (file, preparation, onWait) => {
    if (!worker || (!hasStarted && busy === 0)) return prepareHere(file, preparation, onWait);
    const id = ++lastId;
    worker.postMessage({id, file, preparation} satisfies PreparationRequest);
    return new Promise((resolve, reject) => open.set(id, {file, preparation, onWait, resolve, reject}));
  };
}
