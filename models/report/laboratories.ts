import {existsSync} from "node:fs";
import path from "node:path";
import {group} from "d3";
import {scoreIndex, sensitivityAtSpecificity} from "../../src/components/metrics/index.js";
import {readRows} from "../../src/data/loaders/read.js";
import {labels} from "../../src/data/shapes/cells.js";
import type {Label} from "../../src/data/shapes/cells.js";
import type {LaboratoryFigures} from "../../src/data/shapes/report.js";
import {LABORATORIES} from "../laboratories/cells.js";
import type {FigureOptions} from "./figures.js";
import {figuresOfPart} from "./subgroups.js";

/**
 * Figures of the shipped weights on cells of other laboratories, on which no weight was fitted, with intervals by
 * resampling fields or slides. They are of the cells that got an answer; those that were refused are counted beside. Where limits or the offset of foreign stains were fitted on a laboratory, only the groups
 * that were held out count; those of a laboratory that never teaches count all.
 * @returns none if `laboratories.csv` is missing
 * @throws DataProblem naming file and row of what is malformed
 */
export function laboratoriesOf(directory: string, threshold: number, options: FigureOptions): LaboratoryFigures[] {
  const file = path.join(directory, "laboratories.csv");
  if (!existsSync(file)) return [];
  const columns = [
    ...["laboratory", "image", "x", "y", "group", "heldOut", "label", "probability", "refused", "cautions"]
  ];
  const cells = readRows(file, columns).map(({texts: row, number, fail}) => {
    if (!labels.includes(row.label as Label)) fail(`label must be ${labels.join(" or ")}`);
    if (!LABORATORIES[row.laboratory!]) fail(`laboratory ${row.laboratory} is not listed`);
    return {
      laboratory: row.laboratory!,
      group: row.group!,
      label: row.label as Label,
      score: number("probability", 0, 1),
      heldOut: row.heldOut === "1",
      isRefused: row.refused !== "",
      hasCautions: row.cautions !== ""
    };
  });
  return [...group(cells, ({laboratory}) => laboratory)].map(([name, all]) => {
    const {title, teaches, licence, credit} = LABORATORIES[name]!;
    const own = teaches ? all.filter(({heldOut}) => heldOut) : all;
    const judged = own.filter(({isRefused}) => !isRefused);
    const index = scoreIndex(
      Float64Array.from(judged, ({score}) => score),
      Uint8Array.from(judged, ({label}) => Number(label === labels[0]))
    );
    const atFalseAlarms = (rate: number) =>
      index.positives && index.negatives ? round(sensitivityAtSpecificity(index, 1 - rate).sensitivity) : NaN;
    const part = (holds: (cell: (typeof own)[number]) => boolean) => round(own.filter(holds).length / own.length);
    return {
      laboratory: title,
      licence,
      credit,
      teaches,
      ...figuresOfPart(
        judged.map(({label, group: patient, score}) => ({
          row: {label, patient},
          score,
          called: score >= threshold
        })),
        options
      ),
      parasitized: own.filter(({label}) => label === labels[0]).length,
      cells: own.length,
      patients: new Set(own.map(({group: patient}) => patient)).size,
      sensitivityAt1Percent: atFalseAlarms(0.01),
      sensitivityAt01Percent: atFalseAlarms(0.001),
      answered: part(({isRefused, hasCautions}) => !isRefused && !hasCautions),
      cautioned: part(({isRefused, hasCautions}) => !isRefused && hasCautions),
      refused: part(({isRefused}) => isRefused)
    };
  });
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
