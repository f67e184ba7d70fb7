import {element, setAttributes} from "./element.js";

/** What says of the marks of a chart what they are; see {@link chartTips}. */
export interface ChartTips {
  /** To be called when the chart has been drawn anew. */
  refresh(): void;
}

/** What a mark of a chart is called: its first child. */
function titleOf(mark: Element | null): SVGTitleElement | null {
  const first = mark?.firstElementChild;
  return first?.localName === "title" ? (first as SVGTitleElement) : null;
}

/**
 * Shows what a mark of a chart is, as its title says, on a card that floats over the chart and so moves nothing: while the
 * pointer is on the mark, and by keyboard, where arrow keys, Home and End go from mark to mark and Enter does what a click
 * does. The browser's own card, which comes late and to the pointer only, is kept from coming too.
 *
 * @param place what holds the chart's SVG; it has one stop of the keyboard while there are marks with a title, unless it
 * has a role of its own
 * @param name what the chart is called
 */
export function chartTips(place: HTMLElement, name: string): ChartTips {
  const tip = element("div", {class: "chart-tip", role: "status", hidden: true});
  let mark: Element | null = null;
  let words = "";

  /** Gives the mark its title back. */
  function leave(): void {
    const title = titleOf(mark);
    if (title?.textContent === "") title.textContent = words;
    mark?.classList.remove("pointed");
    mark = null;
    tip.hidden = true;
  }
  function show(next: Element): void {
    if (next === mark) return;
    leave();
    const title = titleOf(next)!;
    words = title.textContent;
    title.textContent = "";
    mark = next;
    mark.classList.add("pointed");
    tip.textContent = words;
    tip.hidden = false;
    if (tip.parentElement !== place) place.append(tip);
    const [at, frame] = [mark.getBoundingClientRect(), place.getBoundingClientRect()];
    const left = at.left + at.width / 2 - frame.left - tip.offsetWidth / 2;
    const above = at.top - frame.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(0, Math.min(frame.width - tip.offsetWidth, left))}px`;
    tip.style.top = `${above > 0 ? above : at.bottom - frame.top + 6}px`;
  }
  const marks = () =>
    [...place.querySelectorAll("svg title")].flatMap(({parentElement}) =>
      parentElement && titleOf(parentElement) ? [parentElement as Element] : []
    );

  place.addEventListener("pointerover", ({target, pointerType}) => {
    if (pointerType !== "mouse") return;
    let at: Element | null = target as Element;
    while (at && at !== place && !titleOf(at)) at = at.parentElement;
    if (at && at !== place) show(at);
    else leave();
  });
  place.addEventListener("pointerleave", leave);
  place.addEventListener("blur", leave);
  place.addEventListener("keydown", (event) => {
    if (event.target !== place || place.getAttribute("role") !== "group") return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = marks();
    const [now, last] = [all.indexOf(mark!), all.length - 1];
    const targets: Record<string, number> = {
      ArrowRight: now + 1,
      ArrowDown: now + 1,
      ArrowLeft: now - 1,
      ArrowUp: now - 1,
      Home: 0,
      End: last
    };
    const next = targets[event.key];
    if (next !== undefined) show(all[Math.max(0, Math.min(last, next))]!);
    else if (event.key === "Enter" && mark) mark.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    else if (event.key === "Escape" && mark) leave();
    else return;
    event.preventDefault();
  });

  return {
    refresh() {
      if (mark && !mark.isConnected) leave();
      if (place.hasAttribute("role") || marks().length === 0) return;
      setAttributes(place, {role: "group", tabindex: 0});
      place.setAttribute("aria-label", `${name}: the arrow keys go from mark to mark, Enter opens what can be clicked`);
    }
  };
}
