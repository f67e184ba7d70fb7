import {readFileSync} from "node:fs";
import path from "node:path";
import {sha256} from "../pack/digest.js";
import {labels} from "../shapes/cells.js";
import type {FieldsReport} from "../shapes/fields.js";
import {reportSchema} from "../shapes/report.js";
import type {LaboratoryFigures} from "../shapes/report.js";
import type {ComposedField, HealthyCells, Measured, SamplePhotograph} from "../shapes/smear.js";
import {readChecked, readJson} from "./read.js";

/** The networks that judge the cells of a field. */
export type JudgingNetwork = "student" | "resnet34";

/**
 * What a network did at its threshold on cells of other laboratories: healthy ones as the finder found them in whole fields,
 * laboratory by laboratory, and parasitized ones, all together.
 * @param models holds the networks and the finder
 * @throws DataProblem when a report is missing or malformed
 */
export function readMeasured(models: string, network: JudgingNetwork): Measured {
  const {laboratories} = readChecked(path.join(models, network, "report.json"), reportSchema);
  const fields = readJson(path.join(models, "finder/report.json")) as unknown as FieldsReport;
  return {healthy: healthyIn(fields, network), sensitivity: sensitivityOf(laboratories)};
}

/** What is in the composed fields, the least parasitized first. @throws DataProblem when what is true of them is missing */
export function readComposed(folder = "src/data/samples/smear"): ComposedField[] {
  const fields = readJson(`${folder}/truth.json`) as Record<string, {cells: {label: string}[]}>;
  return Object.entries(fields)
    .map(([name, {cells}]) => ({
      name,
      cells: cells.length,
      parasitized: cells.filter(({label}) => label === labels[0]).length,
      sha256: sha256(readFileSync(`${folder}/${name}.jpg`))
    }))
    .sort((a, b) => a.parasitized - b.parasitized);
}

/** What is known of the photograph that is offered for trying out. @throws DataProblem when that is missing */
export function readPhotograph(folder = "src/data/samples/smear"): SamplePhotograph {
  const known = readJson(`${folder}/photograph.json`) as unknown as Omit<SamplePhotograph, "sha256">;
  return {...known, sha256: sha256(readFileSync(`${folder}/photograph.jpg`))};
}

/** The healthy cells that were found and judged, by laboratory. */
export function healthyIn({laboratories}: Pick<FieldsReport, "laboratories">, network: JudgingNetwork): HealthyCells[] {
  return laboratories.flatMap(({title, judged}) => {
    const {healthy, specificity} = judged[network];
    return healthy && specificity !== null
      ? [{laboratory: title, cells: healthy, falseAlarms: healthy * (1 - specificity)}]
      : [];
  });
}

/** The share of parasitized cells that a network calls so, each cell of whatever laboratory counting once; null without any. */
export function sensitivityOf(laboratories: readonly LaboratoryFigures[]): number | null {
  let [parasitized, found] = [0, 0];
  for (const {figures, ...own} of laboratories) {
    const {estimate} = figures.sensitivity;
    if (!Number.isFinite(estimate)) continue;
    parasitized += own.parasitized;
    found += own.parasitized * estimate;
  }
  return parasitized ? found / parasitized : null;
}
