import path from "node:path";
import {DataProblem} from "./problem.js";
import {isObject, modelDirectory, readJson} from "./read-json.js";
import type {Json} from "./read-json.js";

/** What the site reads of `metadata.json`; the rest is passed on as it stands. */
export interface Metadata extends Json {
  name: string;
  labels: string[];
  positive: string;
  files: {path: string; bytes: number; sha256: string}[];
  /** P(parasitized) from which a cell is called parasitized; null while none has been chosen. */
  threshold: number | null;
}

/** Reads and checks `metadata.json` of a model. @throws DataProblem naming the entry that is malformed */
export function readMetadata(directory = modelDirectory): Metadata {
  const file = path.join(directory, "metadata.json");
  const json = readJson(file);
  const {name, labels, positive, files, threshold = null} = json;
  if (typeof name !== "string") throw new DataProblem(file, "name must be a text");
  if (!Array.isArray(labels) || labels.join() !== "parasitized,uninfected") {
    throw new DataProblem(file, `labels must be parasitized, uninfected, but are ${JSON.stringify(labels)}`);
  }
  if (positive !== "parasitized")
    throw new DataProblem(file, `positive must be parasitized, but is ${JSON.stringify(positive)}`);
  if (threshold !== null && !(typeof threshold === "number" && threshold >= 0 && threshold <= 1)) {
    throw new DataProblem(file, `threshold must be a number from 0 to 1, but is ${JSON.stringify(threshold)}`);
  }
  if (!Array.isArray(files) || files.length === 0)
    throw new DataProblem(file, "files must be a list with at least one entry");
  files.forEach((entry: unknown, index) => {
    const good =
      isObject(entry) &&
      typeof entry.path === "string" &&
      typeof entry.bytes === "number" &&
      /^[0-9a-f]{64}$/.test(String(entry.sha256));
    if (!good)
      throw new DataProblem(file, `files[${index}] must have a path, a number of bytes and a sha256 of 64 hex digits`);
  });
  return {...json, name, labels, positive, files, threshold};
}
