import {messageOf} from "../image/refusal.js";
import {element} from "./element.js";
import type {Attributes} from "./element.js";

/** Options of {@link panelButton}. */
export interface PanelButtonOptions {
  /** What the button belongs to, for those who hear its name alone. */
  name: string;
  /** Makes what is shown; asked when it is opened first, and again after it could not be made. */
  open: () => Promise<HTMLElement>;
}

/** A button with its words, and for those who hear it alone what it belongs to. */
export function namedButton(label: string, name: string, attributes: Attributes = {}): HTMLButtonElement {
  return element("button", {type: "button", "aria-label": `${label}: ${name}`, ...attributes}, label);
}

/**
 * A button that unfolds a panel below itself, in the window, and folds it again; the panel is made when it is first opened.
 */
export function panelButton(label: string, {name, open}: PanelButtonOptions): HTMLElement {
  let made: HTMLElement | undefined;
  const button = namedButton(label, name, {"aria-expanded": "false"});
  const problem = element("p", {"aria-live": "polite", hidden: true});
  const root = element("div", {class: "panel-button"}, button, problem);

  function set(isOpen: boolean): void {
    button.setAttribute("aria-expanded", String(isOpen));
    root.classList.toggle("is-open", isOpen);
    made!.hidden = !isOpen;
    if (isOpen) root.scrollIntoView?.({block: "nearest"});
  }

  button.addEventListener("click", () => {
    if (made) return set(made.hidden === true);
    button.disabled = true;
    open()
      .then(
        (panel) => {
          problem.hidden = true;
          root.append((made = panel));
          set(true);
        },
        (error: unknown) => {
          problem.hidden = false;
          problem.textContent = `This part did not come (${messageOf(error)}). Press the button again.`;
        }
      )
      .finally(() => {
        button.disabled = false;
        button.focus();
      });
  });
  return root;
}
