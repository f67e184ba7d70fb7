import {element} from "../ui/element.js";
import {formatCount, formatProbability} from "../ui/format.js";
import {drawCell} from "../why/paint.js";
import {arrange} from "./arrange.js";
import {lookOf} from "./paint-field.js";
import {fieldOf, suspects} from "./review.js";
import type {Place, Review, SmearCell, SmearField} from "./review.js";

/** Pictures that are shown at a time: as many as the page stays quick with. */
const PAGE = 48;
/** Pictures that are missing and named; the others are counted. */
const NAMED = 3;

/** The suspects of a smear as pictures, the most probable first, a page at a time. */
export interface SuspectsView {
  node: HTMLElement;
  /** All places in their order. */
  readonly places: readonly Place[];
  /** @param without fields whose picture is not here */
  show(review: Review, chosen: Place | null, without: readonly SmearField[]): void;
}

const isSame = (a: Place | null, b: Place | null) => a?.field === b?.field && a?.cell === b?.cell;

/** @param onChoose told of the suspect that is chosen */
export function suspectsView(onChoose: (place: Place) => void): SuspectsView {
  const empty = element("p", {class: "muted"}, "None: no cell is called parasitized or too close to call.");
  const list = element("ul", {class: "suspects", role: "listbox", "aria-label": "Suspects, the most probable first"});
  const missing = element("p", {class: "muted", "data-testid": "suspects-missing", hidden: true});
  const range = element("span");
  const turn = (label: string, by: number) =>
    element(
      "button",
      {
        type: "button",
        onclick() {
          follows = false;
          turnTo(first + by);
          list.scrollTop = 0;
        }
      },
      `${label} ${PAGE}`
    );
  const [back, on] = [turn("Previous", -PAGE), turn("Next", PAGE)];
  const pager = element("div", {class: "controls"}, range, back, on);
  const node = element("section", {class: "suspect-part"}, element("h2", "Suspects"), empty, missing, list, pager);
  let made = new Map<SmearCell, HTMLElement>();
  let places: readonly Place[] = [];
  let shown: {review: Review; chosen: Place | null} | undefined;
  let first = 0;
  /** Whether the page with the chosen one is shown, wherever it comes to lie. */
  let follows = true;

  function itemOf(place: Place, field: SmearField, cell: SmearCell): HTMLElement {
    const item = element("li", {role: "option", class: "suspect", tabindex: -1});
    item.addEventListener("click", () => onChoose(place));
    fill(item, field, cell);
    return item;
  }

  /** Shows the page that begins with the suspect at `from`. */
  function turnTo(from: number): void {
    const {review, chosen} = shown!;
    first = Math.max(0, Math.min(from, PAGE * Math.floor((places.length - 1) / PAGE)));
    const page = places.slice(first, first + PAGE);
    const before = made;
    made = new Map(
      page.map((place) => {
        const field = fieldOf(review, place.field)!;
        const cell = field.cells[place.cell]!;
        return [cell, before.get(cell) ?? itemOf(place, field, cell)];
      })
    );
    const items = [...made.values()];
    arrange(list, items);
    const at = page.findIndex((place) => isSame(place, chosen));
    items.forEach((item, n) => {
      const [selected, tab] = [String(n === at), n === Math.max(0, at) ? 0 : -1];
      // Only those that change are touched.
      if (item.getAttribute("aria-selected") !== selected) item.setAttribute("aria-selected", selected);
      if (item.tabIndex !== tab) item.tabIndex = tab;
    });
    pager.hidden = places.length <= PAGE;
    range.textContent = `${formatCount(first + 1)} to ${formatCount(first + page.length)} of ${formatCount(places.length)}`;
    back.disabled = first === 0;
    on.disabled = first + PAGE >= places.length;
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
      const names = unseen.slice(0, NAMED).map(({name}) => name);
      if (unseen.length > NAMED) names.push(`${formatCount(unseen.length - NAMED)} more`);
      missing.textContent = `A saved smear holds no pictures. Choose ${names.join(", ")} again, and the suspects are seen: each picture is known by its sha256.`;
      empty.hidden = places.length > 0;
      list.hidden = places.length === 0;
      const hadFocus = list.contains(document.activeElement);
      const isOther = !isSame(chosen, shown?.chosen ?? null);
      const at = places.findIndex((place) => isSame(place, chosen));
      shown = {review, chosen};
      follows ||= isOther;
      turnTo(follows && at >= 0 ? at - (at % PAGE) : first);
      const current = list.querySelector<HTMLElement>("[tabindex='0']");
      if (isOther && at >= 0) current?.scrollIntoView({block: "nearest", inline: "nearest"});
      if (hadFocus) current?.focus({preventScroll: true});
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
