import type {SampleKind} from "../../data/shapes/cells.js";
import {element} from "../ui/element.js";
import type {Attributes} from "../ui/element.js";
import {ACCEPTED} from "../ui/inputs.js";
import {collectFiles} from "./chosen-files.js";
import type {ChosenFile} from "./chosen-files.js";

/** A cell of the data set, offered for trying out. */
export interface Sample {
  file: File;
  /** What it looks like, in a word or two. */
  title?: string;
  /** What the data set calls it. */
  label: string;
  /** Whether Fuhad et al. 2020 call it the other class. */
  disputed: boolean;
  /** How hard it is for the network, where that is known. */
  kind?: SampleKind | null;
  /** Whether the network learned from cells of this patient. */
  learned?: boolean;
}

/** The kinds in their order, and the heading of each. */
const KINDS: readonly (SampleKind | null)[] = ["easy", "hard", "disputed", null];

/** Most samples in a row. */
const ROW = 6;

/** @returns what a sample is called: "Ring, easy"; undefined where nothing but its file's name is known */
export function sampleName({title, kind}: Pick<Sample, "title" | "kind">): string | undefined {
  return title && (kind ? `${title}, ${kind}` : title);
}

/** Options of {@link uploadCard}. */
export interface UploadOptions {
  /** What pictures are to be chosen, and what to know of them on a phone; by default single cells. */
  words?: {of: string; hint: string};
  samples: Sample[];
  /** Told of every choice, drop, paste and sample, the files in order, and how many folders or files could not be opened. */
  onFiles: (files: ChosenFile[], unreadable?: number) => void;
  /** Told when something else than files was dropped. */
  onNothing: () => void;
  /** Ends the listening on the document. */
  signal?: AbortSignal;
}

/** Where pictures come from. */
export interface UploadCard {
  element: HTMLElement;
  /** Gives the focus to the button that chooses files. */
  focus(): void;
  /** Marks the sample whose answer is shown, or none. */
  mark(file: File | undefined): void;
}

/**
 * Native file inputs behind large buttons (files, a folder, the camera where there is a touch screen, else a live one),
 * the samples as buttons, and, as enhancements, drop and paste anywhere on the page; the card shows where a dragged file may go.
 */
export function uploadCard({
  words = {of: "single cells", hint: "One cell a picture."},
  samples,
  onFiles,
  onNothing,
  signal
}: UploadOptions): UploadCard {
  const choose = (label: string, id: string, {look, rest, ...attributes}: Attributes) => {
    const input = element("input", {type: "file", id, class: "visually-hidden", ...attributes});
    input.addEventListener("change", () => {
      const files = Array.from(input.files ?? [], (file) => ({file, path: file.webkitRelativePath || file.name}));
      input.value = "";
      if (files.length) onFiles(files);
    });
    const more = typeof rest === "string" && element("span", {class: "rest"}, rest);
    return element("label", {class: `button ${look}`}, element("span", label, more), input);
  };
  const files = choose("Choose pictures", "cell-files", {
    look: "primary",
    rest: ` of ${words.of}`,
    multiple: true,
    accept: ACCEPTED
  });
  const folder = choose("A folder", "cell-folder", {look: "with-mouse", webkitdirectory: true});
  const camera = choose("Take a photo", "cell-camera", {look: "with-touch", accept: "image/*", capture: "environment"});
  const live = element("button", {type: "button", class: "with-mouse"}, "Live camera");
  const turnOn = () => {
    live.removeEventListener("click", turnOn);
    import("../camera/live-camera.js").then(
      ({liveCamera}) => liveCamera(live, {onPicture: (file) => onFiles([{file, path: file.name}]), signal}),
      () => {
        live.textContent = "Live camera: not loaded, try again";
        live.addEventListener("click", turnOn);
      }
    );
  };
  live.addEventListener("click", turnOn);
  const buttons = new Map<File, HTMLButtonElement>();
  const card = element(
    "section",
    {class: "card upload", "data-testid": "drop-zone", "aria-label": "Choose cells"},
    element("div", {class: "pick"}, files, camera, folder, live),
    element("p", {class: "muted with-mouse"}, "Or drop them here, or paste one. They stay on this device."),
    element("p", {class: "muted with-touch"}, `${words.hint} They stay on this device.`),
    samples.length > 0 && element("p", {class: "samples-title"}, "Or try a cell that no network has seen:"),
    element("div", {class: "sample-groups"}, ...sampleGroups(samples, {onFiles, buttons}))
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
  return {
    element: card,
    focus: () => files.querySelector("input")!.focus(),
    mark(file) {
      for (const [own, button] of buttons) button.setAttribute("aria-pressed", String(own === file));
    }
  };
}

interface SampleParts extends Pick<UploadOptions, "onFiles"> {
  /** Filled with the button of each sample. */
  buttons: Map<File, HTMLButtonElement>;
}

/** The samples as buttons, a group for each kind. */
function sampleGroups(samples: Sample[], parts: SampleParts): HTMLElement[] {
  return KINDS.flatMap((kind) => {
    const members = samples.filter((one) => (one.kind ?? null) === kind);
    if (members.length === 0) return [];
    const id = `samples-${kind ?? "other"}`;
    const name = kind ? kind[0]!.toUpperCase() + kind.slice(1) : "Others";
    const list = element(
      "ul",
      {class: "samples", "aria-labelledby": id},
      ...members.map((one) => sampleButton(one, parts))
    );
    const group = element("div", {class: "sample-group"}, element("p", {id}, element("strong", name)), list);
    group.style.setProperty("--members", String(Math.min(ROW, members.length)));
    return group;
  });
}

function sampleButton(sample: Sample, {onFiles, buttons}: SampleParts): HTMLElement {
  const {file, title = "Cell", kind} = sample;
  const picture = element("img", {src: URL.createObjectURL(file), alt: "", width: 64, height: 64});
  for (const end of ["load", "error"]) picture.addEventListener(end, () => URL.revokeObjectURL(picture.src));
  const name = sampleName({title, kind});
  const marks = {class: "sample", "aria-label": name, "aria-pressed": "false"};
  const button = element("button", {type: "button", ...marks}, picture, title);
  button.addEventListener("click", () => onFiles([{file, path: file.name}]));
  buttons.set(file, button);
  return element("li", button);
}
