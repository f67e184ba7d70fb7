import {existsSync, readFileSync} from "node:fs";
import path from "node:path";
import {modelTitles} from "../../src/components/evaluation/data.js";
import type {Report} from "./report.js";

/** `report.json` of every known model but `name`, as far as they are there, in the order of the models' titles. */
export function otherReports(name: string, directory = "models"): Report[] {
  return Object.keys(modelTitles)
    .filter((other) => other !== name)
    .map((other) => path.join(directory, other, "report.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
}
