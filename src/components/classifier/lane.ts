import {BATCH, LONGEST_BATCH} from "../engine/engine.js";
import {Refusal, RefusedPicture} from "../image/refusal.js";
import type {Question, Reply} from "./protocol.js";

type Wanted<T> = T extends unknown ? Omit<T, "id" | "network"> : never;
/** What is asked, before it is known by whom and as which number. */
export type Asking = Wanted<Question>;

/** The questions to one network: some are sent ahead of the answers, the others wait. */
export interface Lane {
  /** Whether an answer is awaited. */
  readonly isBusy: boolean;
  /**
   * @param options.first puts it before those that wait
   * @param options.signal takes it out again while it waits
   * @returns rejects with a Refusal
   */
  ask<T>(asking: Asking, options?: {first?: boolean; signal?: AbortSignal}): Promise<T>;
  /** Sends what waits, `ahead` at a time. */
  open(ahead: number): void;
  /** Sends nothing more of what waits, or goes on; questions that come first are sent all the same. */
  pause(isPaused: boolean): void;
  /** Has what is under way as `id` give way to others: nothing comes of its file, whose end is awaited all the same. */
  giveWay(id: number): void;
  /** Passes an answer on. */
  settle(reply: Extract<Reply, {type: "answer" | "refusal"}>): void;
  /**
   * Sends nothing until it is opened again. What was under way is asked again then; with a refusal, each by itself, since
   * one of them may be to blame, and what has been under way twice is refused.
   */
  close(refusal?: Refusal): void;
  /** Refuses all, and whatever comes until the lane is closed or opened again. */
  refuse(refusal: Refusal): void;
  /** Counts the time anew after which the worker hangs, or no longer. */
  watch(isOn: boolean): void;
}

/** Options of {@link createLane}. */
export interface LaneOptions {
  send: (asking: Asking, id: number) => void;
  /** Told when nothing was heard for `patience` milliseconds of what is under way. */
  onHang: () => void;
  patience: number;
}

interface Job {
  id: number;
  asking: Asking;
  /** Asked when it is the job's turn: an event for each of thousands that are cancelled at once would take too long. */
  signal?: AbortSignal;
  attempts: number;
  resolve: (answer: unknown) => void;
  reject: (error: Refusal) => void;
}

/** How many files the worker has at once: those computed, those decoded and those read. One more on slow devices. */
export function filesAhead(milliseconds: number): number {
  return milliseconds * BATCH <= LONGEST_BATCH ? 3 * BATCH : 2;
}

/** Creates a lane that is closed. */
export function createLane({send, onHang, patience}: LaneOptions): Lane {
  const waiting = new Set<Job>();
  const flying = new Map<number, Job>();
  /** Under way too, but nothing comes of their files. */
  const stalled = new Map<number, Job>();
  let urgent: Job[] = [];
  let ahead = 0;
  let paused = false;
  let refused: Refusal | undefined;
  let lastId = 0;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function watch(isOn: boolean): void {
    clearTimeout(watchdog);
    if (isOn) watchdog = setTimeout(onHang, patience);
  }

  /** Sends as much as may be under way. */
  function next(): void {
    while (ahead > 0) {
      const job = urgent[0] ?? (paused ? undefined : waiting.values().next().value);
      if (!job) return;
      const isWanted = !job.signal?.aborted;
      if (isWanted && flying.size >= roomWith(job)) return;
      if (urgent[0]) urgent.shift();
      else waiting.delete(job);
      if (!isWanted) continue;
      if (flying.size === 0) watch(true);
      flying.set(job.id, job);
      job.attempts += 1;
      send(job.asking, job.id);
    }
  }

  /** How many may be under way with a job: what was under way when a worker ended is tried by itself. */
  function roomWith(job: Job): number {
    const isTriedAgain = job.attempts > 0 || [...flying.values()].some(({attempts}) => attempts > 1);
    return isTriedAgain ? 1 : ahead;
  }

  return {
    get isBusy() {
      return flying.size > 0;
    },
    ask: <T>(asking: Asking, {first = false, signal}: {first?: boolean; signal?: AbortSignal} = {}) =>
      new Promise<T>((resolve, reject) => {
        if (refused) return reject(refused);
        const job: Job = {id: ++lastId, asking, signal, attempts: 0, resolve: resolve as Job["resolve"], reject};
        if (first) urgent.unshift(job);
        else waiting.add(job);
        next();
      }),
    open(count) {
      ahead = count;
      refused = undefined;
      next();
    },
    pause(isPaused) {
      paused = isPaused;
      next();
    },
    giveWay(id) {
      const job = flying.get(id);
      if (!job) return;
      flying.delete(id);
      stalled.set(id, job);
      watch(flying.size > 0);
      next();
    },
    settle(reply) {
      const job = flying.get(reply.id) ?? stalled.get(reply.id);
      if (!job) return;
      flying.delete(reply.id);
      stalled.delete(reply.id);
      watch(flying.size > 0);
      if (reply.type === "answer") job.resolve(reply.answer);
      else if (reply.picture) job.reject(new RefusedPicture(reply.message, reply.picture));
      else job.reject(new Refusal(reply.code, reply.message, reply.sha256));
      next();
    },
    close(refusal) {
      watch(false);
      ahead = 0;
      refused = undefined;
      for (const job of stalled.values()) job.attempts = 0;
      const jobs = [...flying.values(), ...stalled.values()];
      flying.clear();
      stalled.clear();
      if (!refusal) for (const job of jobs) job.attempts = 0;
      urgent = [...jobs.filter(({attempts}) => attempts < 2), ...urgent];
      for (const job of jobs) if (job.attempts >= 2) job.reject(refusal!);
    },
    refuse(refusal) {
      watch(false);
      ahead = 0;
      refused = refusal;
      const jobs = [...flying.values(), ...stalled.values(), ...urgent, ...waiting];
      flying.clear();
      stalled.clear();
      urgent = [];
      waiting.clear();
      for (const job of jobs) job.reject(refusal);
    },
    watch
  };
}
