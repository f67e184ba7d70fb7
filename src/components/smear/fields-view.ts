import {element} from "../ui/element.js";
import {formatCount, formatPercent} from "../ui/format.js";
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
  let before: readonly [readonly SmearField[], string | undefined] = [[], undefined];

  function itemOf(field: SmearField, n: number, all: readonly SmearField[], isChosen: boolean): HTMLElement {
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
    return element(
      "li",
      {"data-sha256": sha256},
      open,
      element("span", {class: "number"}, said),
      all.length > 1 && button("↑", "Move up", () => onMove(sha256, -1), n === 0),
      all.length > 1 && button("↓", "Move down", () => onMove(sha256, 1), n === all.length - 1),
      button("Remove", "Remove", () => onRemove(sha256))
    );
  }

  return {
    node,
    show(fields, chosen, pending) {
      if (before[0] !== fields || before[1] !== chosen) {
        const focused = document.activeElement?.getAttribute("aria-label");
        list.replaceChildren(...fields.map((field, n) => itemOf(field, n, fields, field.sha256 === chosen)));
        if (focused && !document.activeElement?.matches("[aria-label]")) {
          [...list.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === focused)?.focus();
        }
        before = [fields, chosen];
      }
      list.hidden = fields.length === 0;
      files.hidden = pending.length === 0;
      files.replaceChildren(
        ...pending.map((one) => {
          const isOver = Number.isNaN(one.share);
          const bar = element("progress", {"aria-label": one.name, max: 1, value: one.share});
          const dismiss = element("button", {type: "button", onclick: () => onDismiss(one)}, "OK");
          return element(
            "li",
            {"data-over": String(isOver)},
            element("strong", one.name),
            ` ${one.says} `,
            isOver ? dismiss : bar
          );
        })
      );
    }
  };
}
