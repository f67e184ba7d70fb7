import {element} from "../ui/element.js";
import {formatCount, formatPercent} from "../ui/format.js";
import {arrange} from "./arrange.js";
import {countField} from "./review.js";
import type {SmearField} from "./review.js";

/** A file that is not a field yet, or will be none. */
export interface PendingField {
  name: string;
  /** What it is doing, or why it is none, in a sentence. */
  says: string;
  /** Share that is done, 0…1; null where that is not known; NaN where nothing is done any more. */
  share: number | null;
}

/** Options of {@link fieldsView}. */
export interface FieldsViewOptions {
  onChoose: (sha256: string) => void;
  onRemove: (sha256: string) => void;
  /** @param by how many places further */
  onMove: (sha256: string, by: number) => void;
  /** Told that a sentence about a file was read. */
  onDismiss: (pending: PendingField) => void;
}

/** The fields of a smear in their order, each with its count, and below them the files that are read. */
export interface FieldsView {
  node: HTMLElement;
  show(fields: readonly SmearField[], chosen: string | undefined, pending: readonly PendingField[]): void;
}

/** Builds the list. */
export function fieldsView({onChoose, onRemove, onMove, onDismiss}: FieldsViewOptions): FieldsView {
  const list = element("ol", {class: "fields", "aria-label": "Fields of this smear"});
  const files = element("ul", {class: "pending", "aria-label": "Files being read"});
  const node = element("section", {class: "field-list"}, list, files);
  const made = new Map<SmearField, {looks: string; item: HTMLElement}>();
  const waiting = new Map<PendingField, {item: HTMLElement; show: () => void}>();

  function itemOf(field: SmearField, n: number, count: number, isChosen: boolean): HTMLElement {
    const looks = [n === 0, n === count - 1, isChosen].join();
    const known = made.get(field);
    if (known?.looks === looks) return known.item;
    const {name, sha256} = field;
    const {reviewed} = countField(field);
    const share = reviewed.cells ? formatPercent(reviewed.infected / reviewed.cells) : "no cells";
    const button = (label: string, title: string, onclick: () => void, disabled = false) =>
      element("button", {type: "button", "aria-label": `${title}: ${name}`, onclick, disabled}, label);
    const open = element(
      "button",
      {type: "button", class: "field-name", "aria-pressed": String(isChosen), onclick: () => onChoose(sha256)},
      name
    );
    const said = `${formatCount(reviewed.infected)} of ${formatCount(reviewed.cells)}, ${share}`;
    const item = element(
      "li",
      {"data-sha256": sha256},
      open,
      element("span", {class: "number"}, said),
      count > 1 && button("↑", "Move up", () => onMove(sha256, -1), n === 0),
      count > 1 && button("↓", "Move down", () => onMove(sha256, 1), n === count - 1),
      button("Remove", "Remove", () => onRemove(sha256))
    );
    made.set(field, {looks, item});
    return item;
  }

  function fileItem(one: PendingField): HTMLElement {
    let known = waiting.get(one);
    if (!known) {
      const says = element("span");
      const bar = element("progress", {"aria-label": one.name, max: 1});
      const dismiss = element("button", {type: "button", onclick: () => onDismiss(one)}, "OK");
      const item = element("li", element("strong", one.name), " ", says, " ", bar, dismiss);
      const show = () => {
        const isOver = Number.isNaN(one.share);
        item.dataset.over = String(isOver);
        if (says.textContent !== one.says) says.textContent = one.says;
        // A bar without a value moves, and a hundred of them have the page painted anew all the time.
        bar.hidden = one.share === null || isOver;
        if (!bar.hidden) bar.value = one.share!;
        dismiss.hidden = !isOver;
      };
      waiting.set(one, (known = {item, show}));
    }
    known.show();
    return known.item;
  }

  return {
    node,
    show(fields, chosen, pending) {
      const focused = document.activeElement?.getAttribute("aria-label");
      const items = fields.map((field, n) => itemOf(field, n, fields.length, field.sha256 === chosen));
      arrange(list, items);
      if (focused && !document.activeElement?.matches("[aria-label]")) {
        [...list.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
      }
      arrange(files, pending.map(fileItem));
      for (const field of made.keys()) if (!fields.includes(field)) made.delete(field);
      for (const one of waiting.keys()) if (!pending.includes(one)) waiting.delete(one);
      list.hidden = fields.length === 0;
      files.hidden = pending.length === 0;
    }
  };
}
