import path from "node:path";
import type {InferOutput} from "valibot";
import {metadataSchema} from "../shapes/metadata.js";
import {check} from "../shapes/schema.js";
import {DataProblem, modelDirectory, readJson} from "./read.js";
import type {Json} from "./read.js";

/** What the site reads of `metadata.json`; the rest is passed on as it stands. */
export type Metadata = Json &
  Pick<InferOutput<typeof metadataSchema>, "name" | "labels" | "positive" | "threshold" | "files">;

/** Reads and checks `metadata.json` of a model. @throws DataProblem naming the entry that is malformed */
export function readMetadata(directory = modelDirectory): Metadata {
  const file = path.join(directory, "metadata.json");
  const json = readJson(file);
  const {name, labels, positive, files, threshold} = check(metadataSchema, json, (sentence) => {
    throw new DataProblem(file, sentence);
  });
  return {...json, name, labels, positive, files, threshold};
}
