import {element} from "./element.js";

/** A file to be saved: its text is made only when asked for. */
export interface Download {
  name: string;
  type: string;
  text: () => string | Promise<string>;
}

/** A button that saves a file made on the spot; nothing leaves the browser. */
export function downloadButton(label: string, {name, type, text}: Download): HTMLButtonElement {
  const button = element("button", {type: "button", class: "download"}, label);
  // By the byte order mark spreadsheets know that a table's letters are UTF-8.
  const mark = type === "text/csv" ? "\ufeff" : "";
  const save = (content: string) => {
    const url = URL.createObjectURL(new Blob([mark + content], {type}));
    element("a", {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  };
  button.addEventListener("click", () => {
    const made = text();
    if (typeof made === "string") save(made);
    else void made.then(save);
  });
  return button;
}
