import type {Browser, Page} from "playwright-core";

/** One task of a page's main thread, in milliseconds: by the clock, and of the processor alone. */
export interface Task {
  clock: number;
  processor: number;
}

/** Milliseconds of the processor that one task of a page may take. */
export const LONGEST = 50;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: {name?: string};
}

/**
 * Records the tasks of the main threads of all open pages while `action` runs. The processor's time is what a test can
 * hold a page to: by the clock a task also takes what the machine gives to others. No task can take more of one than the
 * clock shows; virtual machines' accounts of it sometimes say so.
 * @returns the tasks, the longest on the processor first
 */
export async function recordTasks(browser: Browser, page: Page, action: () => Promise<unknown>): Promise<Task[]> {
  await browser.startTracing(page, {categories: ["toplevel", "disabled-by-default-devtools.timeline"]});
  const trace = await action()
    .catch((error: unknown) => browser.stopTracing().then(() => Promise.reject(error)))
    .then(() => browser.stopTracing());
  const {traceEvents} = JSON.parse(trace.toString()) as {traceEvents: TraceEvent[]};
  const thread = ({pid, tid}: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    traceEvents.filter(({name, args}) => name === "thread_name" && args.name === "CrRendererMain").map(thread)
  );
  return traceEvents
    .filter((event) => event.ph === "X" && /RunTask$/.test(event.name) && main.has(thread(event)))
    .map(({dur = 0, tdur = 0}) => ({clock: dur / 1000, processor: Math.min(tdur, dur) / 1000}))
    .sort((a, b) => b.processor - a.processor);
}

/**
 * Records up to three times, until no task is longer than {@link LONGEST}. A virtual machine counts as a task's own what
 * its host gives to others in the midst of it, so once is no proof; a long task of the page itself is there each time.
 * @param record does the same each time it is called, and returns its tasks, the longest first.
 * @returns the record whose longest task is the shortest
 */
export async function quietestOf(record: () => Promise<Task[]>): Promise<Task[]> {
  let best = await record();
  for (let tries = 1; tries < 3 && best[0]!.processor > LONGEST; tries++) {
    const next = await record();
    if (next[0]!.processor < best[0]!.processor) best = next;
  }
  return best;
}
