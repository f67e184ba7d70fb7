import {existsSync} from "node:fs";
import path from "node:path";
import {confusionMatrix, rocArea, scoreIndex, sensitivity, specificity} from "../../src/components/metrics/index.js";
import {DataProblem, readCellRows} from "../../src/data/loaders/read.js";
import type {ManifestRow} from "../../src/data/shapes/manifest.js";
import type {ChangedFigures} from "../../src/data/shapes/report.js";

/**
 * Figures of every column of `robustness.csv` at a threshold, rounded to six decimals; an empty list while the file is
 * not there.
 *
 * @throws DataProblem naming the cell, column or row that is not as expected
 */
export function robustnessOf(manifest: readonly ManifestRow[], directory: string, threshold: number): ChangedFigures[] {
  const file = path.join(directory, "robustness.csv");
  if (!existsSync(file)) return [];
  const rows = readCellRows(file, undefined, manifest);
  const labels = Uint8Array.from(rows, ({cell}) => Number(cell.label === "parasitized"));
  return Object.keys(rows[0]!.texts)
    .slice(1)
    .map((column) => {
      const [, change, level] = /^([a-z-]+):(-?[\d.]+)$/.exec(column) ?? [];
      if (!change) throw new DataProblem(file, `“${column}” is not a change and its level, such as hue:15`, 1);
      const scores = Float64Array.from(rows, ({number}) => number(column, 0, 1));
      const index = scoreIndex(scores, labels);
      const matrix = confusionMatrix(index, threshold);
      const round = (value: number) => Number(value.toFixed(6));
      return {
        change,
        level: Number(level),
        cells: scores.length,
        rocArea: round(rocArea(index)),
        sensitivity: round(sensitivity(matrix)),
        specificity: round(specificity(matrix))
      };
    });
}
