/** Has what is there shown. */
export interface Paced {
  /** In the next frame: what a person did is seen at once. */
  now(): void;
  /** A little later, together with what comes meanwhile: while cells are judged there is something new many times a second. */
  soon(): void;
}

/** Milliseconds between two looks that nobody waits for. */
const REST = 200;

/** @param show shows all as it is */
export function createPaced(show: () => void): Paced {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownAt = -Infinity;

  function now(): void {
    frame ||= requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = undefined;
      frame = 0;
      shownAt = performance.now();
      show();
    });
  }

  return {
    now,
    soon() {
      timer ??= setTimeout(now, Math.max(0, shownAt + REST - performance.now()));
    }
  };
}
