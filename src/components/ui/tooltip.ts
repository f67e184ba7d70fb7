import {element} from "./element.js";

let count = 0;

/**
 * A word or two with an explanation, which is shown on a press, while the pointer rests on it, and to those who hear the
 * page; Escape and a press elsewhere close it.
 */
export function tooltip(words: string, explanation: string): HTMLElement {
  const id = `tooltip-${++count}`;
  const tip = element("span", {class: "tooltip-text", id, role: "tooltip", hidden: true}, explanation);
  const button = element("button", {type: "button", class: "tooltip-words", "aria-describedby": id}, words);
  const root = element("span", {class: "tooltip"}, button, tip);
  const set = (isShown: boolean) => void (tip.hidden = !isShown);
  let wasPressed = false;
  button.addEventListener("click", () => set((wasPressed = !wasPressed)));
  button.addEventListener("blur", () => set((wasPressed = false)));
  button.addEventListener("keydown", ({key}) => key === "Escape" && set((wasPressed = false)));
  root.addEventListener("pointerenter", ({pointerType}) => pointerType === "mouse" && set(true));
  root.addEventListener("pointerleave", () => set(wasPressed));
  return root;
}
