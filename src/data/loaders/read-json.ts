import {existsSync, readFileSync} from "node:fs";
import type {GenericSchema, InferOutput} from "valibot";
import {check} from "../shapes/schema.js";
import {DataProblem} from "./problem.js";

/** Where the shipped model lies unless a test says otherwise. */
export const modelDirectory = process.env.MALARIA_MODEL ?? "models/resnet34";

/** An object of which nothing is known yet. */
export type Json = Record<string, unknown>;

/** Reads a JSON file that must hold an object. @throws DataProblem when it is missing, is not JSON, or holds another thing */
export function readJson(file: string): Json {
  if (!existsSync(file)) throw new DataProblem(file, "the file does not exist; train and export the model first");
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DataProblem(file, `this is not JSON (${(error as Error).message})`);
  }
  if (!isObject(value)) throw new DataProblem(file, "there must be an object");
  return value;
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a JSON file and checks what it holds. @throws DataProblem naming the file and the first thing that is not as described */
export function readChecked<Schema extends GenericSchema>(file: string, schema: Schema): InferOutput<Schema> {
  return check(schema, readJson(file), (sentence) => {
    throw new DataProblem(file, sentence);
  });
}
