import {watchPrint} from "./view.js";
import type {View} from "./view.js";

/** Milliseconds that must be left of an idle moment for one more view, and after which a moment is taken anyway. */
const [ROOM, PATIENCE] = [10, 200];

/** Ends a task: what follows goes on after the browser had its turn, so that long work does not hold up what is seen. */
export const taskEnd = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Views of which only some are seen; see {@link stagedViews}. */
export interface StagedViews<Current> {
  /** Shows what is current: at once in the views of every part and of the part that is seen, in the others later. */
  update(current: Current, fresh: boolean, part: string): void;
  dispose(): void;
}

/**
 * Keeps what is out of sight from holding up what is seen: the views of hidden parts are updated bit by bit while the
 * browser is idle, when their part is shown, and before the page is printed.
 *
 * @param always views that are seen beside every part
 * @param parts the views of each part, by its name
 */
export function stagedViews<Current>(
  always: readonly View<Current>[],
  parts: Readonly<Record<string, readonly View<Current>[]>>
): StagedViews<Current> {
  const all = [...always, ...Object.values(parts).flat()];
  /** The views that do not show what is current yet, and whether it is fresh to them. */
  const waiting = new Map<View<Current>, boolean>();
  let current: Current;
  let cancel: (() => void) | undefined;

  function bring(view: View<Current>): void {
    const fresh = waiting.get(view);
    if (fresh === undefined) return;
    waiting.delete(view);
    view.update(current, fresh);
  }
  function bringSome(timeLeft: () => number): void {
    cancel = undefined;
    for (const view of [...waiting.keys()]) {
      bring(view);
      if (timeLeft() < ROOM) break;
    }
    bringLater();
  }
  function bringLater(): void {
    if (waiting.size > 0) cancel ??= whenIdle(bringSome);
  }
  const endWatch = watchPrint("reveal", () => [...waiting.keys()].forEach(bring));

  return {
    update(next, fresh, part) {
      current = next;
      for (const view of all) waiting.set(view, fresh || waiting.get(view) === true);
      for (const view of [...always, ...parts[part]!]) bring(view);
      bringLater();
    },
    dispose() {
      cancel?.();
      waiting.clear();
      endWatch();
      for (const view of all) view.dispose?.();
    }
  };
}

/** Calls back when the browser has nothing else to do, or soon where it never has or does not tell (Safari). */
function whenIdle(callback: (timeLeft: () => number) => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback((deadline) => callback(() => deadline.timeRemaining()), {timeout: PATIENCE});
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(() => callback(() => 0), 1);
  return () => clearTimeout(timer);
}
