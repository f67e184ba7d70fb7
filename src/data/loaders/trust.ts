import {existsSync} from "node:fs";
import path from "node:path";
import type {GateFigures, SaliencyFigures, Trust} from "../shapes/trust.js";
import {modelDirectory, readJson} from "./read.js";

/** What was measured of a model's map and gate; null where one of them was not. @throws DataProblem for what is no JSON */
export function readTrust(directory = modelDirectory): Trust | null {
  const [saliency, gate] = [path.join(directory, "saliency.json"), path.join(directory, "gate-measured.json")];
  if (![saliency, gate].every(existsSync)) return null;
  return {saliency: readJson(saliency) as unknown as SaliencyFigures, gate: readJson(gate) as unknown as GateFigures};
}
