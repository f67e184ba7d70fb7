import path from "node:path";
import {labels} from "../shapes/cells.js";
import {reportSchema} from "../shapes/report.js";
import type {LaboratoryFigures} from "../shapes/report.js";
import type {ComposedField, Measured} from "../shapes/smear.js";
import {readChecked, readJson} from "./read.js";

/**
 * What a network did on cells of other laboratories at its threshold, all together: cells that its gate refuses are left
 * out. Sensitivity is that of all laboratories with parasitized cells, each cell counting once.
 * @throws DataProblem when the report is missing or malformed
 */
export function readMeasured(directory: string): Measured {
  return measuredOf(readChecked(path.join(directory, "report.json"), reportSchema).laboratories);
}

/** What is in the composed fields, the least parasitized first. @throws DataProblem when what is true of them is missing */
export function readComposed(file = "src/data/samples/smear/truth.json"): ComposedField[] {
  const fields = readJson(file) as Record<string, {cells: {label: string}[]}>;
  return Object.entries(fields)
    .map(([name, {cells}]) => ({
      name,
      cells: cells.length,
      parasitized: cells.filter(({label}) => label === labels[0]).length
    }))
    .sort((a, b) => a.parasitized - b.parasitized);
}

/** Sums laboratories up. */
export function measuredOf(laboratories: readonly LaboratoryFigures[]): Measured {
  let [cells, falseAlarms, parasitized, found, from] = [0, 0, 0, 0, 0];
  for (const {figures, refused, ...own} of laboratories) {
    const {specificity, sensitivity} = figures;
    const healthy = (own.cells - own.parasitized) * (1 - refused);
    if (Number.isFinite(specificity.estimate)) {
      from += 1;
      cells += healthy;
      falseAlarms += healthy * (1 - specificity.estimate);
    }
    if (!Number.isFinite(sensitivity.estimate)) continue;
    parasitized += own.parasitized;
    found += own.parasitized * sensitivity.estimate;
  }
  return {cells, falseAlarms, sensitivity: found / parasitized, laboratories: from};
}
