import {element} from "../ui/element.js";
import type {Review} from "./review.js";

/** What keys do in a smear, each with what people read. */
export const KEYS = {
  next: {keys: ["j", "ArrowDown"], says: "next suspect"},
  previous: {keys: ["k", "ArrowUp"], says: "the one before"},
  parasitized: {keys: ["c"], says: "confirm: parasitized"},
  uninfected: {keys: ["x"], says: "reject: uninfected"},
  none: {keys: ["n"], says: "no cell"},
  undo: {keys: ["u"], says: "undo"},
  redo: {keys: ["r"], says: "redo"}
} as const;

/** What a key may do. */
export type Act = keyof typeof KEYS;

/** @returns what a key press does; null where it belongs to a field of text, or to the browser */
export function actOf({key, ctrlKey, metaKey, altKey, target}: KeyboardEvent): Act | null {
  if (ctrlKey || metaKey || altKey) return null;
  if ((target as Element | null)?.closest?.("input, select, textarea, summary, [contenteditable]")) return null;
  const found = (Object.keys(KEYS) as Act[]).find((act) => (KEYS[act].keys as readonly string[]).includes(key));
  return found ?? null;
}

/** How a key is written. */
export function keyName(key: string): string {
  return {ArrowDown: "↓", ArrowUp: "↑"}[key] ?? key.toUpperCase();
}

/** The buttons that do what the keys do, and a list of the keys. */
export interface MarksView {
  node: HTMLElement;
  help: HTMLElement;
  /** @param isChosen whether a cell is, that can be marked */
  show(review: Pick<Review, "done" | "undone">, isChosen: boolean): void;
}

/** @param perform does what is pressed */
export function marksView(perform: (name: Act) => void): MarksView {
  const names = Object.keys(KEYS) as Act[];
  const buttonOf = (name: Act) =>
    element(
      "button",
      {type: "button", "data-act": name, onclick: () => perform(name)},
      KEYS[name].says.replace(/^./, (letter) => letter.toUpperCase()),
      element("kbd", keyName(KEYS[name].keys[0]))
    );
  const order = ["parasitized", "uninfected", "none", "previous", "next", "undo", "redo"] as const;
  const buttons = Object.fromEntries(order.map((name) => [name, buttonOf(name)])) as Record<Act, HTMLButtonElement>;
  const list = names.flatMap((name) => [
    element("dt", ...KEYS[name].keys.map((key) => element("kbd", keyName(key)))),
    element("dd", KEYS[name].says)
  ]);
  return {
    node: element(
      "div",
      {class: "controls marks", role: "group", "aria-label": "Review"},
      ...order.map((name) => buttons[name])
    ),
    help: element(
      "details",
      element("summary", "Keys"),
      element("p", "They work while the focus is in the count, the suspects or the field."),
      element("dl", {class: "keys"}, ...list)
    ),
    show({done, undone}, isChosen) {
      buttons.undo.disabled = done.length === 0;
      buttons.redo.disabled = undone.length === 0;
      for (const name of ["parasitized", "uninfected", "none"] as const) buttons[name].disabled = !isChosen;
    }
  };
}
