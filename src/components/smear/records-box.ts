import {messageOf} from "../image/refusal.js";
import {toCsv} from "../ui/csv.js";
import {downloadButton, saveFile} from "../ui/download.js";
import {element} from "../ui/element.js";
import {dayVariables} from "../ui/svg-text.js";
import {paintOutlines} from "./paint-field.js";
import {COLUMNS, smearJson, smearRows} from "./records.js";
import type {Review, SmearField} from "./review.js";

/** Options of {@link recordsBox}. */
export interface RecordsBoxOptions {
  /** Where a saved smear is chosen. */
  input: HTMLInputElement;
  review: () => Review;
  fileOf: (sha256: string) => Blob | undefined;
  /** Decodes a file. */
  show: (file: Blob) => Promise<ImageBitmap>;
  /** Reads a saved smear. */
  read: (file: Blob) => Promise<readonly SmearField[]>;
  onOpen: (fields: readonly SmearField[]) => void;
  onClear: () => void;
  announce: (sentence: string) => void;
}

/** What takes a smear along, opens one that was saved, and clears this one. */
export interface RecordsBox {
  node: HTMLElement;
  /** Shows what can be done now. */
  refresh(): void;
}

/** Builds the buttons. */
export function recordsBox({
  input,
  review,
  fileOf,
  show,
  read,
  onOpen,
  onClear,
  announce
}: RecordsBoxOptions): RecordsBox {
  const csv = downloadButton("Save as CSV", {
    name: "smear.csv",
    type: "text/csv",
    text: () => toCsv(smearRows(review().fields, new Date()), COLUMNS)
  });
  const json = downloadButton("Save as JSON", {
    name: "smear.json",
    type: "application/json",
    text: () => smearJson(review().fields, new Date())
  });
  const png = element("button", {type: "button", class: "download"}, "Save pictures with outlines");
  const clear = element("button", {type: "button", onclick: onClear}, "Clear this smear");
  const problem = element("p", {class: "notice", role: "alert", hidden: true});
  const taken = element("div", {class: "controls"}, csv, json, png, clear);
  const node = element("section", {class: "records", "aria-label": "Take it along"}, taken, problem);

  const say = (sentence: string) => {
    problem.hidden = sentence === "";
    problem.textContent = sentence;
  };

  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = "";
    say("");
    if (file) void read(file).then(onOpen, (error: unknown) => say(`${file.name}: ${messageOf(error)}`));
  });
  png.addEventListener("click", () => {
    png.disabled = true;
    void savePictures().finally(() => (png.disabled = false));
  });

  async function savePictures(): Promise<void> {
    const without: string[] = [];
    for (const field of review().fields) {
      const file = fileOf(field.sha256);
      if (file?.size)
        saveFile(`${field.name.replace(/\.\w+$/, "")}-outlines.png`, await outlined(field, await show(file)));
      else without.push(field.name);
    }
    say(
      without.length
        ? `Without its picture: ${without.join(", ")}. Choose the picture itself above; it then lies under its review again.`
        : ""
    );
    announce("Saved.");
  }

  return {
    node,
    refresh() {
      taken.hidden = review().fields.length === 0;
    }
  };
}

/** A field at its full size with its outlines and, below it, where they come from, as PNG. */
async function outlined(field: SmearField, picture: ImageBitmap): Promise<Blob> {
  const {width, height, cells, networks, name, sha256} = field;
  const unit = Math.max(1, Math.max(width, height) / 1200);
  const line = Math.round(20 * unit);
  const canvas = element("canvas", {width, height: height + 2 * line});
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  picture.close();
  paintOutlines(context, {cells, networks, chosen: null, placement: {k: 1, x: 0, y: 0}, unit, token: dayVariables()});
  context.fillStyle = "#1a1a1a";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.font = `${0.6 * line}px sans-serif`;
  const versions = Object.entries(networks).map(([network, own]) => `${network} ${own?.sha256?.slice(0, 12) ?? ""}`);
  context.fillText(
    `${name} · sha256 ${sha256.slice(0, 16)} · ${versions.join(" · ")} · ${new Date().toISOString().slice(0, 10)}`,
    line / 2,
    height + 0.8 * line,
    width - line
  );
  context.fillText(
    "● parasitized  ○ uninfected  ◐ too close to call  W white cell  P platelet  C clump  – cut off · Malaria Detection, not a medical device",
    line / 2,
    height + 1.6 * line,
    width - line
  );
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This browser could not make the picture: it may be too large.");
  return blob;
}
