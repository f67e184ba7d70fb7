import {element} from "../ui/element.js";
import {formatProbability} from "../ui/format.js";
import {drawCell} from "../why/paint.js";
import {arrange} from "./arrange.js";
import {lookOf} from "./paint-field.js";
import {suspects} from "./review.js";
import type {Place, Review, SmearCell, SmearField} from "./review.js";

/** The suspects of a smear as pictures, the most probable first. */
export interface SuspectsView {
  node: HTMLElement;
  /** The places in their order, as they are shown. */
  readonly places: readonly Place[];
  /** @param without fields whose picture is not here */
  show(review: Review, chosen: Place | null, without: readonly SmearField[]): void;
  /** Gives the focus to the chosen one, else to the first. */
  focus(): void;
}

const isSame = (a: Place | null, b: Place | null) => a?.field === b?.field && a?.cell === b?.cell;

/** @param onChoose told of the suspect that is chosen */
export function suspectsView(onChoose: (place: Place) => void): SuspectsView {
  const empty = element("p", {class: "muted"}, "None: no cell is called parasitized or too close to call.");
  const list = element("ul", {class: "suspects", role: "listbox", "aria-label": "Suspects, the most probable first"});
  const missing = element("p", {class: "muted", "data-testid": "suspects-missing", hidden: true});
  const node = element("section", {class: "suspect-part"}, element("h2", "Suspects"), empty, missing, list);
  const made = new Map<string, {cell: SmearCell; item: HTMLElement}>();
  let places: readonly Place[] = [];

  function itemOf(place: Place, field: SmearField, cell: SmearCell): HTMLElement {
    const key = `${place.field} ${place.cell}`;
    const known = made.get(key);
    if (known?.cell === cell) return known.item;
    const item = element("li", {role: "option", class: "suspect", tabindex: -1});
    item.addEventListener("click", () => onChoose(place));
    fill(item, field, cell);
    made.set(key, {cell, item});
    return item;
  }

  return {
    node,
    get places() {
      return places;
    },
    show(review, chosen, without) {
      places = suspects(review);
      const unseen = without.filter(({sha256}) => places.some(({field}) => field === sha256));
      missing.hidden = unseen.length === 0;
      missing.textContent = `A saved smear holds no pictures. Choose ${unseen.map(({name}) => name).join(", ")} again, and the suspects are seen: each picture is known by its sha256.`;
      empty.hidden = places.length > 0;
      list.hidden = places.length === 0;
      const hadFocus = list.contains(document.activeElement);
      const items = places.map((place) => {
        const field = review.fields.find(({sha256}) => sha256 === place.field)!;
        return itemOf(place, field, field.cells[place.cell]!);
      });
      arrange(list, items);
      const at = places.findIndex((place) => isSame(place, chosen));
      items.forEach((item, n) => {
        const [selected, tab] = [String(n === at), n === Math.max(0, at) ? 0 : -1];
        // Of hundreds only those that change are touched.
        if (item.getAttribute("aria-selected") !== selected) item.setAttribute("aria-selected", selected);
        if (item.tabIndex !== tab) item.tabIndex = tab;
      });
      if (at >= 0) items[at]!.scrollIntoView({block: "nearest", inline: "nearest"});
      if (hadFocus) items[Math.max(0, at)]?.focus({preventScroll: true});
    },
    focus() {
      list.querySelector<HTMLElement>("[tabindex='0']")?.focus({preventScroll: true});
    }
  };
}

/** Shows a cell, what it is called and by whom. */
function fill(item: HTMLElement, field: SmearField, cell: SmearCell): void {
  const look = lookOf(cell, field.networks);
  const {student, resnet34} = cell.probabilities;
  const said = [resnet34, student].find((probability) => probability !== undefined);
  const names = {parasitized: "parasitized", uninfected: "uninfected", close: "too close to call", none: "no cell"};
  const name = names[look as keyof typeof names] ?? "not judged";
  const known = look === "parasitized" || look === "uninfected";
  const mark = element("span", {class: `class-name ${known ? look : look === "close" ? "uncertain" : ""}`}, name);
  const picture = cell.pixels ? drawCell(cell.pixels) : element("span", {class: "seen"}, "?");
  const probability = said === undefined ? "added" : `P ${formatProbability(said)}`;
  const by = cell.mark ? "you" : "network";
  item.dataset.look = look;
  item.dataset.mark = cell.mark ?? "";
  item.classList.toggle("is-marked", cell.mark !== null);
  item.replaceChildren(picture, mark, element("span", {class: "number"}, `${probability} · ${by}`));
  item.title = field.name;
}
