import {element} from "../ui/element.js";
import type {Attributes} from "../ui/element.js";
import {collectFiles} from "./collect-files.js";

/** A held-out cell of the data set, offered for trying out. */
export interface Sample {
  file: File;
  /** What the data set calls it. */
  label: string;
  /** Whether Fuhad et al. 2020 call it the other class. */
  disputed: boolean;
}

/** Options of {@link uploadCard}. */
export interface UploadOptions {
  samples: Sample[];
  /** Told of every choice, drop, paste and sample, the files in order. */
  onFiles: (files: File[]) => void;
  /** Told when something else than files was dropped. */
  onNothing: () => void;
  /** Ends the listening on the document. */
  signal?: AbortSignal;
  document: Document;
}

/**
 * Native file inputs with visible labels (files, a folder, the camera), the samples as buttons, and, as enhancements, drop and paste anywhere on
 * the page; the card shows where a dragged file may go.
 */
export function uploadCard({samples, onFiles, onNothing, signal, document}: UploadOptions): HTMLElement {
  const fileInput = (id: string, attributes: Attributes) => {
    const input = element(document, "input", {type: "file", id, ...attributes});
    input.addEventListener("change", () => {
      const files = Array.from(input.files ?? []);
      input.value = "";
      if (files.length) onFiles(files);
    });
    return input;
  };
  const input = fileInput("cell-files", {multiple: true, accept: "image/*"});
  const folder = fileInput("cell-folder", {webkitdirectory: true});
  const camera = fileInput("cell-camera", {accept: "image/*", capture: "environment"});
  const card = element(
    document,
    "section",
    {class: "card upload", "data-testid": "drop-zone", "aria-label": "Choose cells"},
    element(document, "label", {for: "cell-files"}, "Pictures of single cells"),
    input,
    element(
      document,
      "details",
      {},
      element(document, "summary", {}, "A whole folder, or the camera"),
      element(document, "p", {}, element(document, "label", {for: "cell-folder"}, "Folder of pictures "), folder),
      element(document, "p", {}, element(document, "label", {for: "cell-camera"}, "Photo from the camera "), camera),
      element(document, "p", {class: "muted"}, "A photo must show one cell, cut out and laid on black.")
    ),
    element(
      document,
      "p",
      {class: "muted"},
      "Or drop files or folders here, or paste a picture. PNG, JPEG, WebP, GIF or BMP; at most 20 MB and 25 megapixels each."
    ),
    element(document, "p", {id: "samples-label"}, "Or try a cell the network has never seen:"),
    sampleButtons(samples, onFiles, document)
  );

  let depth = 0;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const setDepth = (value: number) => card.classList.toggle("dragover", (depth = Math.max(0, value)) > 0);
  const listen = <K extends "dragenter" | "dragover" | "dragleave" | "drop">(type: K, on: (event: DragEvent) => void) =>
    document.addEventListener(type, on, {signal});
  listen("dragenter", (event) => hasFiles(event) && setDepth(depth + 1));
  listen("dragleave", (event) => hasFiles(event) && setDepth(depth - 1));
  listen("dragover", (event) => event.preventDefault());
  listen("drop", (event) => {
    event.preventDefault();
    setDepth(0);
    const transfer = event.dataTransfer;
    if (!transfer) return onNothing();
    void collectFiles(transfer).then((files) => (files.length ? onFiles(files) : onNothing()));
  });
  const paste = (event: ClipboardEvent) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  document.addEventListener("paste", paste, {signal});
  return card;
}

function sampleButtons(samples: Sample[], onFiles: UploadOptions["onFiles"], document: Document): HTMLElement {
  const buttons = samples.map(({file}, index) => {
    const picture = element(document, "img", {src: URL.createObjectURL(file), alt: ""});
    const name = `Sample ${index + 1}`;
    const button = element(document, "button", {type: "button", class: "sample"}, picture, name);
    button.addEventListener("click", () => onFiles([file]));
    return element(document, "li", {}, button);
  });
  return element(document, "ul", {class: "samples", "aria-labelledby": "samples-label"}, ...buttons);
}
