import {element} from "../ui/element.js";

/** A panel docked to the edge of the window: at the right of a wide one, at the bottom of a narrow one. */
export interface Drawer {
  node: HTMLElement;
  /** Writes what the drawer holds, and opens or closes it; it is there as long as it is open. */
  show(title: string, isOpen: boolean): void;
  /** Puts the focus on `target` in the open drawer; closing gives it back to where it was. */
  focus(target: {focus(): void}): void;
}

/**
 * The drawer of cells: what was clicked stays in view beside it, since the page makes room for it. Escape closes it.
 *
 * @param close puts into the state of the page that nothing is asked for, from which `show` is called
 */
export function drawer(close: () => void, ...children: (HTMLElement | null)[]): Drawer {
  const words = element("span", {role: "status"});
  const heading = element("h2", {class: "drawer-title", "data-testid": "found"}, words);
  const button = element("button", {type: "button", class: "drawer-close", "aria-label": "Close the cells"}, "✕");
  button.addEventListener("click", close);
  const body = element("div", {class: "drawer-body"}, ...children);
  const node = element(
    "aside",
    {class: "drawer", "aria-label": "Cells", hidden: true},
    {onkeydown: ({key}: KeyboardEvent) => key === "Escape" && close()},
    element("div", {class: "drawer-head"}, heading, button),
    body
  );
  let before: HTMLElement | SVGElement | null = null;
  return {
    node,
    show(title, isOpen) {
      if (words.textContent !== title) words.textContent = title;
      if (node.hidden === !isOpen) return;
      const hadFocus = node.contains(document.activeElement);
      node.hidden = !isOpen;
      document.documentElement.classList.toggle("has-drawer", isOpen);
      if (isOpen) body.scrollTop = 0;
      else if (hadFocus && before?.isConnected) before.focus({preventScroll: true});
    },
    focus(target) {
      const {activeElement} = document;
      if (!node.contains(activeElement)) before = activeElement as HTMLElement | null;
      target.focus();
    }
  };
}
