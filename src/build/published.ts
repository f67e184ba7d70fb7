import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {hardSheets, sheetName} from "../data/shapes/cells.js";
import {sampleSheets} from "../data/shapes/shuffled.js";

const published = /^(model\.json|metadata\.json|gate\.json|report\.json|predictions\.csv|weights-[\w-]+\.bin)$/;

/**
 * Names, relative to `folder`, of the model files that the site serves: `<name>/model.json`, its weight shards, its
 * metadata, and the report and predictions for downloading. A subfolder without `model.json` is no model, and is left
 * out; so is a folder that does not exist. Sorted.
 */
export function listModelFiles(folder = "models"): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "model.json")))
    .flatMap((name) =>
      readdirSync(join(folder, name))
        .filter((file) => published.test(file))
        .map((file) => `${name}/${file}`)
    )
    .sort();
}

/** Names of the packed image sheets in `folder`, in order; none when the cells are not packed yet. */
export function listSheets(folder = "src/data/cells"): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^sheet-\d{3}\.webp$/.test(file))
    .sort();
}

/** Names of the thumbnail sheets that `thumbnails.zip.ts` in `folder` makes of the packed sheets; none without either. */
export function listThumbnails(folder = "src/data"): string[] {
  const sheets = listSheets(join(folder, "cells"));
  if (sheets.length === 0 || !existsSync(join(folder, "thumbnails.zip.ts"))) return [];
  const copies = (kind: string, count: number) =>
    Array.from({length: count}, (_, sheet) => `${kind}-${sheetName(sheet)}`);
  return [...sheets, ...copies("hard", hardSheets), ...copies("sample", sampleSheets)];
}
