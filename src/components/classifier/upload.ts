import type {SampleKind} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";
import type {Attributes} from "../ui/element.js";
import {ACCEPTED} from "../ui/inputs.js";
import {collectFiles} from "./chosen-files.js";
import type {ChosenFile} from "./chosen-files.js";

/** A cell of the data set, offered for trying out. */
export interface Sample {
  file: File;
  /** What the data set calls it. */
  label: string;
  /** Whether Fuhad et al. 2020 call it the other class. */
  disputed: boolean;
  /** How hard it is for the network, where that is known. */
  kind?: SampleKind | null;
  /** Whether the network learned from cells of this patient. */
  learned?: boolean;
}

const KINDS = new Map<SampleKind | null, string>([
  ["easy", "Easy: the network is clear, and right"],
  ["hard", "Hard: the network is wrong, or it is too close to call"],
  ["disputed", "Disputed: two readings of the slide name different classes"],
  [null, "Other cells"]
]);

/** Options of {@link uploadCard}. */
export interface UploadOptions {
  samples: Sample[];
  /** Told of every choice, drop, paste and sample, the files in order, and how many folders or files could not be opened. */
  onFiles: (files: ChosenFile[], unreadable?: number) => void;
  /** Told when something else than files was dropped. */
  onNothing: () => void;
  /** Ends the listening on the document. */
  signal?: AbortSignal;
}

/**
 * Native file inputs with visible labels (files, a folder, the camera), the samples as buttons, and, as enhancements,
 * drop and paste anywhere on the page; the card shows where a dragged file may go.
 */
export function uploadCard({samples, onFiles, onNothing, signal}: UploadOptions): HTMLElement {
  const fileInput = (id: string, attributes: Attributes) => {
    const input = element("input", {type: "file", id, ...attributes});
    input.addEventListener("change", () => {
      const files = Array.from(input.files ?? [], (file) => ({file, path: file.webkitRelativePath || file.name}));
      input.value = "";
      if (files.length) onFiles(files);
    });
    return input;
  };
  const input = fileInput("cell-files", {multiple: true, accept: ACCEPTED});
  const folder = fileInput("cell-folder", {webkitdirectory: true});
  const camera = fileInput("cell-camera", {accept: "image/*", capture: "environment"});
  const card = element(
    "section",
    {class: "card upload", "data-testid": "drop-zone", "aria-label": "Choose cells"},
    element("label", {for: "cell-files"}, "Pictures of single cells"),
    input,
    element(
      "details",
      element("summary", "A whole folder, or the camera"),
      element("p", element("label", {for: "cell-folder"}, "Folder of pictures "), folder),
      element("p", element("label", {for: "cell-camera"}, "Photo from the camera "), camera),
      element("p", {class: "muted"}, "A photo must show one cell, cut out and laid on black.")
    ),
    element(
      "p",
      {class: "muted"},
      "Or drop files or folders here, or paste a picture. PNG, JPEG, TIFF, WebP, AVIF, HEIC, GIF, BMP or JPEG 2000; at most 20 MB and 25 megapixels each."
    ),
    element("p", "Or try a cell the network has never seen:"),
    ...sampleGroups(samples, onFiles)
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
    void collectFiles(transfer).then(({files, unreadable}) =>
      files.length + unreadable ? onFiles(files, unreadable) : onNothing()
    );
  });
  let pasted = 0;
  // Every picture on a clipboard is called image.png.
  const named = (file: File) =>
    file.name === "image.png" && ++pasted > 1 ? new File([file], `image-${pasted}.png`, {type: file.type}) : file;
  const paste = (event: ClipboardEvent) => {
    const files = Array.from(event.clipboardData?.files ?? [], named).map((file) => ({file, path: file.name}));
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  document.addEventListener("paste", paste, {signal});
  return card;
}

/** The samples as buttons, a group for each kind. */
function sampleGroups(samples: Sample[], onFiles: UploadOptions["onFiles"]): HTMLElement[] {
  const groups = [...KINDS].map(([kind, title]) => ({
    title,
    members: samples.filter((one) => (one.kind ?? null) === kind)
  }));
  let count = 0;
  return groups
    .filter(({members}) => members.length > 0)
    .map(({title, members}) => {
      const [name, rest] = title.split(":");
      const id = `samples-${name!.toLowerCase().replace(" ", "-")}`;
      const heading = element("p", {id}, element("strong", name!), rest ? `:${rest}` : "");
      const buttons = members.map(({file}) => sampleButton(file, `Sample ${++count}`, {onFiles}));
      return element(
        "div",
        {class: "sample-group"},
        heading,
        element("ul", {class: "samples", "aria-labelledby": id}, ...buttons)
      );
    });
}

function sampleButton(file: File, name: string, {onFiles}: Pick<UploadOptions, "onFiles">): HTMLElement {
  const picture = element("img", {src: URL.createObjectURL(file), alt: ""});
  for (const end of ["load", "error"]) picture.addEventListener(end, () => URL.revokeObjectURL(picture.src));
  const button = element("button", {type: "button", class: "sample"}, picture, name);
  button.addEventListener("click", () => onFiles([{file, path: file.name}]));
  return element("li", button);
}
