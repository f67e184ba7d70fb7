import {existsSync} from "node:fs";
import path from "node:path";
import {confusionMatrix, rocArea, scoreIndex, sensitivity, specificity} from "../../src/components/metrics/index.js";
import type {ManifestRow} from "../../src/data/loaders/manifest.js";
import {DataProblem} from "../../src/data/loaders/problem.js";
import {readCsv, readNumber} from "../../src/data/loaders/read-csv.js";
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
  const table = readCsv(file);
  const rows = new Map(manifest.map((row) => [row.file, row]));
  const records = table.objects({limit: Infinity}) as Record<string, string>[];
  const labels = Uint8Array.from(records, ({file: name}, index) => {
    const row = rows.get(name!);
    if (!row) throw new DataProblem(file, `the manifest has no cell “${name}”`, index + 2);
    return Number(row.label === "parasitized");
  });
  return table
    .columnNames()
    .slice(1)
    .map((column) => {
      const [, change, level] = /^([a-z-]+):(-?[\d.]+)$/.exec(column) ?? [];
      if (!change) throw new DataProblem(file, `“${column}” is not a change and its level, such as hue:15`, 1);
      const scores = Float64Array.from(records, (record, index) =>
        readNumber(record[column], {file, row: index + 2, column, min: 0, max: 1})
      );
      const index = scoreIndex(scores, labels);
      const matrix = confusionMatrix(index, threshold);
      const round = (value: number) => Number(value.toFixed(6));
      return {
        ...{change, level: Number(level), cells: scores.length, rocArea: round(rocArea(index))},
        ...{sensitivity: round(sensitivity(matrix)), specificity: round(specificity(matrix))}
      };
    });
}
