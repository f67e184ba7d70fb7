import {element} from "./element.js";

/** A file to be saved: its text is made only when asked for. */
export interface Download {
  name: string | (() => string);
  type: string;
  /** Null where it could not be made, so that nothing is saved. */
  text: () => string | Promise<string | null>;
}

/** Words as they may stand in the name of a file: in small letters, joined by hyphens. */
export function fileWords(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Has the browser save a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  element("a", {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** A button that saves a file made on the spot; nothing leaves the browser. */
export function downloadButton(label: string, {name, type, text}: Download): HTMLButtonElement {
  const button = element("button", {type: "button", class: "download"}, label);
  // By the byte order mark spreadsheets know that a table's letters are UTF-8.
  const mark = type === "text/csv" ? "\ufeff" : "";
  const save = (content: string) =>
    saveFile(typeof name === "string" ? name : name(), new Blob([mark + content], {type}));
  button.addEventListener("click", () => {
    const made = text();
    if (typeof made === "string") save(made);
    else void made.then((content) => content !== null && save(content));
  });
  return button;
}
