import {element} from "./element.js";

/**
 * A part of a page that follows its state. Data goes one way: the address holds the state, of which is made what is
 * current, which the views show; a reader's choice in a view changes the state.
 */
export interface View<Current> {
  node: HTMLElement;
  /** Shows what is current; `fresh` when what is dear to draw has changed too, as at the first call. */
  update(current: Current, fresh: boolean): void;
  /** Ends what the view listens to and waits for. */
  dispose?(): void;
}

/** Changes the state of a page; `push` makes a step that Back undoes. */
export type Choose<State> = (change: Partial<State>, options?: {push?: boolean}) => void;

/** Milliseconds of rest after which what is dear to draw follows a threshold that is dragged. */
const REST = 200;

/**
 * A view that is drawn at once where what is current is fresh, and else once it has rested.
 * @param mark called with each change, at once: what is cheap and must not wait
 */
export function restingView<Current>(
  node: HTMLElement,
  draw: (current: Current) => void,
  mark: (current: Current) => void
): View<Current> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    node,
    update(current, fresh) {
      clearTimeout(timer);
      if (fresh) draw(current);
      else timer = setTimeout(draw, REST, current);
      mark(current);
    },
    dispose: () => clearTimeout(timer)
  };
}

/** The nodes of views, by their names. */
export function nodesOf<Views extends Partial<Record<string, {node: HTMLElement}>>>(
  views: Views
): {[Name in keyof Views]: HTMLElement} {
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view!.node])) as never;
}

/** A place for sentences that say what is wrong; hidden while nothing is. */
export function problemNotice(): {node: HTMLElement; say(sentences: string): void} {
  const node = element("p", {class: "notice", role: "status", hidden: true});
  return {
    node,
    say(sentences) {
      node.hidden = sentences === "";
      node.textContent = sentences;
    }
  };
}

/** What is done before the page is printed: first what is hidden is shown, then what is shown is drawn. */
const printing = {reveal: new Set<() => void>(), draw: new Set<() => void>()};
const beforePrint = () => [...printing.reveal, ...printing.draw].forEach((prepare) => prepare());

/** Has something be done before the page is printed, whoever asked first. The answer ends that. */
export function watchPrint(stage: keyof typeof printing, prepare: () => void): () => void {
  window.addEventListener("beforeprint", beforePrint);
  printing[stage].add(prepare);
  return () => void printing[stage].delete(prepare);
}

/**
 * Calls back when an element comes near the window, and when it leaves; before the page is printed all are near. The answer
 * ends the calls.
 */
export function watchNear(node: Element, changed: (near: boolean) => void): () => void {
  const observer = new IntersectionObserver(([entry]) => changed(entry!.isIntersecting), {rootMargin: "200px"});
  observer.observe(node);
  const stop = watchPrint("draw", () => changed(true));
  return () => {
    observer.disconnect();
    stop();
  };
}

/** Calls back when the page turns light or dark; the answer ends the calls. */
export function watchScheme(changed: () => void): () => void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", changed);
  return () => scheme.removeEventListener("change", changed);
}

/** Scrolls to a part of the page, to its beginning where it is higher than the window; at once for readers who want no motion. */
export function bringIntoView(shown: Element): void {
  const isStill = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
  const isTall = shown.getBoundingClientRect().height > window.innerHeight;
  shown.scrollIntoView?.({block: isTall ? "start" : "nearest", behavior: isStill ? "instant" : "smooth"});
}
