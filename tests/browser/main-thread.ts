import type {Page} from "playwright-core";

/** The most that a page did before its next task could begin: what a reader has to wait for. */
export interface Turns {
  /** Elements, texts and attributes that were changed. */
  changes: number;
  /** Pixels that were computed for canvases or read from them. */
  pixels: number;
  /** Messages that were sent to workers. */
  messages: number;
}

/**
 * Counts what a page does in one go while `action` runs. How long that takes hangs on the machine; how much it is, does
 * not.
 */
export async function countTurns(page: Page, action: () => Promise<unknown>): Promise<Turns> {
  const stop = await page.evaluateHandle(() => {
    const most = {changes: 0, pixels: 0, messages: 0};
    const now = {changes: 0, pixels: 0, messages: 0};
    let ending = false;
    const count = (what: keyof typeof now, much: number) => {
      now[what] += much;
      if (ending) return;
      ending = true;
      // A microtask: everything that one task does in one go comes before it.
      queueMicrotask(() => {
        ending = false;
        for (const key of ["changes", "pixels", "messages"] as const) {
          most[key] = Math.max(most[key], now[key]);
          now[key] = 0;
        }
      });
    };
    const undo: (() => void)[] = [];
    const watch = <T extends object>(
      owner: T,
      name: keyof T,
      what: keyof typeof now,
      much: (args: never[]) => number
    ) => {
      const own = owner[name] as (...args: never[]) => unknown;
      owner[name] = function (this: unknown, ...args: never[]) {
        count(what, much(args));
        return own.apply(this, args);
      } as T[keyof T];
      undo.push(() => void (owner[name] = own as T[keyof T]));
    };
    const nodes = (list: NodeList): number =>
      [...list].reduce((sum, node) => sum + 1 + (node instanceof Element ? node.querySelectorAll("*").length : 0), 0);
    const observer = new MutationObserver((records) => {
      for (const {type, addedNodes, removedNodes} of records) {
        count("changes", type === "childList" ? nodes(addedNodes) + removedNodes.length : 1);
      }
    });
    observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    undo.push(() => observer.disconnect());
    watch(Worker.prototype, "postMessage", "messages", () => 1);
    const canvas = CanvasRenderingContext2D.prototype;
    watch(canvas, "putImageData", "pixels", ([image]: ImageData[]) => image!.width * image!.height);
    watch(canvas, "getImageData", "pixels", ([, , width, height]: number[]) => width! * height!);
    return () => {
      for (const back of undo) back();
      return most;
    };
  });
  await action();
  return page.evaluate((end) => end(), stop);
}

/** What the page itself, not its workers, has fetched so that it could compute. */
export const computesWith = (page: Page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({name}) => new URL(name).pathname)
      .filter((path) => /\.(bin|wasm)$|tensorflow|\/tf\b/.test(path))
  );
