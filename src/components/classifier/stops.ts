import {BACKENDS} from "../engine/engine.js";
import type {Backend} from "../engine/engine.js";

/** Stops of one backend after which the next one is taken. */
const MOST = 2;
/** Milliseconds after which a stop no longer counts. */
const FORGIVEN = 600_000;

/** Which backends stopped lately: a lost context, a hung call, memory that ran out. */
export interface Stops {
  add(backend: Backend): void;
  /** Whether a backend may be started (again). */
  allows(backend: Backend): boolean;
  /** What to tell the visitor, a sentence a backend. */
  sentences(): string[];
  forget(): void;
}

/** Keeps the record; `now` gives milliseconds. */
export function createStops(now: () => number = Date.now): Stops {
  let record: {backend: Backend; time: number}[] = [];
  const count = (backend: Backend) => record.filter((stop) => stop.backend === backend).length;
  const clean = () => (record = record.filter(({time}) => now() - time < FORGIVEN));
  return {
    add(backend) {
      record.push({backend, time: now()});
    },
    allows(backend) {
      clean();
      return count(backend) < MOST;
    },
    sentences: () =>
      [...new Set(record.map(({backend}) => backend))].map((backend) =>
        count(backend) < MOST
          ? `${BACKENDS[backend]} stopped and was started anew.`
          : `${BACKENDS[backend]} stopped twice, so it is not used for now.`
      ),
    forget() {
      record = [];
    }
  };
}
