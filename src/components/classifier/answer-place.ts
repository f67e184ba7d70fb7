import {element} from "../ui/element.js";
import {formatBytes} from "../ui/format.js";
import {NETWORKS} from "./networks.js";
import type {NetworkName} from "./networks.js";
import type {ModelState} from "./protocol.js";

/** What keeps networks from answering, in one line, and the button that helps. */
export interface Hindrance {
  text: string;
  press: "retry" | "fetch" | null;
}

/**
 * Says in one line what keeps the networks that are asked from answering.
 * @param asked who answers, one after another
 * @param states how far each is; one of which nothing was heard is loading
 * @param isHeld whether ResNet-34 waits until it is asked for
 * @returns null where all of them answer
 */
export function hindranceOf(
  asked: readonly NetworkName[],
  states: ReadonlyMap<NetworkName, ModelState>,
  isHeld = false
): Hindrance | null {
  const failed = asked.filter((name) => states.get(name)?.state === "failed");
  const [other] = asked.filter((name) => !failed.includes(name));
  if (failed.length) {
    const what = failed.length > 1 ? "The networks" : NETWORKS[failed[0]!].title;
    const alone = other ? ` ${NETWORKS[other].title} answers alone.` : "";
    return {text: `${what} could not be loaded.${alone}`, press: "retry"};
  }
  const late = asked.find((name) => states.get(name)?.state !== "ready");
  if (late) {
    const state = states.get(late);
    const far = state?.state === "loading" ? `: ${formatBytes(state.loaded)} of ${formatBytes(state.total)}` : "";
    const before = late === asked[0] ? "" : `${NETWORKS[asked[0]!].title} answers at once. `;
    return {text: `${before}${NETWORKS[late].title} is loading${far}.`, press: null};
  }
  return isHeld ? {text: "ResNet-34 waits, to spare your data. The student answers alone.", press: "fetch"} : null;
}

/** Where answers come, while there are none. */
export interface AnswerPlace {
  element: HTMLElement;
  /** Says something else than that an answer will come; shows the place or hides it. */
  show(words: string | null): void;
  /**
   * What a card without an answer says: what it waits for, now and as that changes.
   * @param isTold whether the card has said itself why it has none: then only the button that helps is there
   */
  waiting(isTold?: boolean): HTMLElement;
  /** Says what keeps the networks from answering. */
  update(hindrance: Hindrance | null): void;
}

/** What can be done about a {@link Hindrance}: the words on its button, and what it does. */
export type Help = Record<NonNullable<Hindrance["press"]>, {label: string; act: () => void}>;

/** Builds the place of the answers, with none in it. */
export function answerPlace(help: Help): AnswerPlace {
  const invitation = "Choose a cell: the answer appears here.";
  let now: Hindrance | null = null;
  /** The cards' lines, and whether each is but a button. */
  const lines = new Map<HTMLElement, boolean>();
  const words = element("p", invitation);
  const own = element("div", {class: "hindrance"});
  const root = element("div", {class: "empty", "data-testid": "answer-place"}, words, own);

  function fill(line: HTMLElement, before: string, isTold = false): void {
    const text = `${before} ${now?.text ?? ""}`.trim();
    // A press on the button is not to be lost while the words stay.
    if (line.dataset.says === text) return;
    line.dataset.says = text;
    const button =
      now?.press && element("button", {type: "button", onclick: help[now.press].act}, help[now.press].label);
    line.replaceChildren(...(isTold ? [] : [element("p", {class: "muted"}, text)]), ...(button ? [button] : []));
  }

  return {
    element: root,
    show(next) {
      root.hidden = next === null;
      words.textContent = next || invitation;
    },
    waiting(isTold = false) {
      const line = element("div", {class: "hindrance"});
      lines.set(line, isTold);
      fill(line, "Waiting…", isTold);
      return line;
    },
    update(hindrance) {
      now = hindrance;
      fill(own, "");
      for (const [line, isTold] of lines) {
        if (line.isConnected) fill(line, "Waiting…", isTold);
        else lines.delete(line);
      }
    }
  };
}
