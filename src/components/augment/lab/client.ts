import type {BytePicture} from "../types.js";
import type {Answer, Job} from "./protocol.js";

/** What {@link pictureClient} needs of a worker. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

/** Options of {@link pictureClient}. */
export interface PictureClientOptions {
  onAnswer: (answer: Answer) => void;
  createWorker?: () => WorkerLike;
}

/** The page's side of the worker. */
export interface PictureClient {
  /** Asks for the pictures of a job; of several asked while the worker is busy only the last is made. */
  ask(picture: BytePicture, job: Omit<Job, "picture">): void;
  dispose(): void;
}

const startWorker = () => new Worker(import.meta.resolve("./worker.js"), {type: "module"});

/** A worker with at most one job in hand and one waiting, so that a dragged slider never makes a queue. */
export function pictureClient({onAnswer, createWorker = startWorker}: PictureClientOptions): PictureClient {
  const worker = createWorker();
  let sent: BytePicture | undefined;
  let busy = false;
  let waiting: [BytePicture, Omit<Job, "picture">] | undefined;

  const send = (picture: BytePicture, job: Omit<Job, "picture">) => {
    busy = true;
    worker.postMessage({...job, ...(picture !== sent && {picture})} satisfies Job);
    sent = picture;
  };
  worker.onmessage = ({data}: MessageEvent<Answer>) => {
    busy = false;
    const next = waiting;
    waiting = undefined;
    if (next) send(...next);
    onAnswer(data);
  };
  worker.onerror = () => onAnswer({id: -1, error: "The pictures could not be made in this browser. Reload the page."});
  return {
    ask(picture, job) {
      if (busy) waiting = [picture, job];
      else send(picture, job);
    },
    dispose: () => worker.terminate()
  };
}
