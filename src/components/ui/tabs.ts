import {element} from "./element.js";
import {watchPrint} from "./view.js";

/** A part of a page that is shown alone. */
export interface Tab {
  /** What stands in the link. */
  name: string;
  title: string;
  panel: HTMLElement;
}

/** A row of tabs over parts of a page, one of which is shown. */
export interface Tabs {
  node: HTMLElement;
  /** Shows the part of this name; to be called when the state says so. */
  show(name: string): void;
  dispose(): void;
}

/**
 * Tabs by the pattern of the ARIA practices: the row is one stop of the Tab key, in which arrow keys, Home and End go from
 * tab to tab and show its part at once. Each part gets its title as a heading, which is seen on paper. Before the page is printed all parts are shown, and after it the one again.
 *
 * @param label what the parts belong to: "Parts of the evaluation"
 * @param choose puts the chosen name into the state of the page, from which `show` is called
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function tabs(label: string, list: readonly Tab[], choose: (name: string) => void): Tabs {
  const buttons = list.map(({name, title, panel}) => {
    panel.id ||= name;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    panel.prepend(element("h2", {class: "tab-title"}, title));
    const attributes = {type: "button", role: "tab", id: `tab-${name}`, "aria-controls": panel.id};
    return element("button", attributes, {onclick: () => choose(name)}, title);
  });
  const node = element("div", {class: "tabs", role: "tablist", "aria-label": label}, ...buttons);
  let shown = -1;
  const reveal = (isShown: (place: number) => boolean) =>
    list.forEach(({panel}, place) => (panel.hidden = !isShown(place)));
  node.addEventListener("keydown", (event) => {
    const last = list.length - 1;
    const places: Record<string, number> = {
      ArrowLeft: shown === 0 ? last : shown - 1,
      ArrowRight: shown === last ? 0 : shown + 1,
      Home: 0,
      End: last
    };
    const place = places[event.key];
    if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(list[place]!.name);
    buttons[place]!.focus();
  });
  const printed = () => reveal((place) => place === shown);
  const stop = watchPrint("reveal", () => reveal(() => true));
  window.addEventListener("afterprint", printed);
  return {
    node,
    show(name) {
      const place = list.findIndex((one) => one.name === name);
      if (place === shown) return;
      shown = place;
      reveal((each) => each === place);
      buttons.forEach((button, each) => {
        button.setAttribute("aria-selected", String(each === place));
        button.tabIndex = each === place ? 0 : -1;
      });
    },
    dispose() {
      stop();
      window.removeEventListener("afterprint", printed);
    }
  };
}
