import {existsSync} from "node:fs";
import path from "node:path";
import {group} from "d3";
import {patientIndex, reweigher, scoreIndex, sensitivityAtSpecificity} from "../../src/components/metrics/index.js";
import {readRows} from "../../src/data/loaders/read.js";
import {labels} from "../../src/data/shapes/cells.js";
import type {Label} from "../../src/data/shapes/cells.js";
import type {AnswerFigures, LaboratoryFigures, OperatingPoint} from "../../src/data/shapes/report.js";
import {LABORATORIES} from "../laboratories/cells.js";
import {replacePart} from "../readme-part.js";
import type {FigureOptions} from "./figures.js";
import {bandOfPart, figuresOfPart} from "./subgroups.js";

/** What became of a cell. */
interface JudgedCell {
  label: Label;
  /** Slide, field or patient. */
  group: string;
  score: number;
  isRefused: boolean;
  hasCautions: boolean;
}

/**
 * Figures of the shipped weights on cells of other laboratories, on which no weight was fitted, with intervals by
 * resampling fields or slides. They are of the cells that got an answer; those that were refused are counted beside.
 * Where limits or the offset of foreign stains were fitted on a laboratory, only the groups that were held out count;
 * those of a laboratory that never teaches count all, and so do those of a gate that was fitted without it (`unmet`).
 * @returns none if `laboratories.csv` is missing
 * @throws DataProblem naming file and row of what is malformed
 */
export function laboratoriesOf(
  directory: string,
  point: Pick<OperatingPoint, "threshold" | "abstain">,
  options: FigureOptions
): LaboratoryFigures[] {
  const file = path.join(directory, "laboratories.csv");
  if (!existsSync(file)) return [];
  const judged = ["probability", "refused", "cautions"];
  const columns = [
    ...["laboratory", "image", "x", "y", "group", "heldOut", "label"],
    ...judged,
    ...judged.map((column) => `${column} unmet`)
  ];
  const rows = readRows(file, columns).map(({texts: row, number, fail}) => {
    const label = row.label as Label;
    if (!labels.includes(label)) fail(`label must be ${labels.join(" or ")}`);
    if (!LABORATORIES[row.laboratory!]) fail(`laboratory ${row.laboratory} is not listed`);
    const by = (gate: "" | " unmet"): JudgedCell => ({
      label,
      group: row.group!,
      score: number(`probability${gate}`, 0, 1),
      isRefused: row[`refused${gate}`] !== "",
      hasCautions: row[`cautions${gate}`] !== ""
    });
    return {laboratory: row.laboratory!, isHeldOut: row.heldOut === "1", met: by(""), unmet: by(" unmet")};
  });
  return [...group(rows, ({laboratory}) => laboratory)].map(([name, all]) => {
    const {title, teaches, licence, credit} = LABORATORIES[name]!;
    const own = teaches ? all.filter(({isHeldOut}) => isHeldOut) : all;
    const figures = (cells: readonly JudgedCell[]) => answerFigures(cells, point, options);
    return {
      laboratory: title,
      licence,
      credit,
      teaches,
      ...figures(own.map(({met}) => met)),
      unmet: figures(all.map(({unmet}) => unmet))
    };
  });
}

function answerFigures(
  cells: readonly JudgedCell[],
  {threshold, abstain}: Pick<OperatingPoint, "threshold" | "abstain">,
  options: FigureOptions
): AnswerFigures {
  const judged = cells.filter(({isRefused}) => !isRefused);
  const index = scoreIndex(
    Float64Array.from(judged, ({score}) => score),
    Uint8Array.from(judged, ({label}) => Number(label === labels[0]))
  );
  const draw = reweigher(index);
  const groupsOf = (some: readonly JudgedCell[]) => patientIndex(some.map(({group: patient}) => patient));
  const [at1Percent, at01Percent] = bandOfPart(groupsOf(judged), options, (weights) => {
    const drawn = draw(weights);
    const isDefined = drawn.positives > 0 && drawn.negatives > 0;
    return [0.01, 0.001].map((rate) => (isDefined ? sensitivityAtSpecificity(drawn, 1 - rate).sensitivity : NaN));
  });
  const outcomes = cells.map(({isRefused, hasCautions}) => (isRefused ? 2 : Number(hasCautions)));
  const [answered, cautioned, refused] = bandOfPart(groupsOf(cells), options, (weights) => {
    const sums = [0, 0, 0];
    outcomes.forEach((outcome, n) => (sums[outcome]! += weights[n]!));
    return sums.map((value) => value / (sums[0]! + sums[1]! + sums[2]!));
  });
  const called = judged.map(({label, group: patient, score}) => ({
    row: {label, patient},
    score,
    called: score >= threshold
  }));
  return {
    ...figuresOfPart(called, options),
    parasitized: cells.filter(({label}) => label === labels[0]).length,
    cells: cells.length,
    patients: new Set(cells.map(({group: patient}) => patient)).size,
    sensitivityAt1Percent: at1Percent!,
    sensitivityAt01Percent: at01Percent!,
    answered: answered!,
    cautioned: cautioned!,
    refused: refused!,
    silentMisses: judged.filter(
      ({label, score, hasCautions}) => label === labels[0] && score < Math.min(threshold, abstain[0]) && !hasCautions
    ).length
  };
}

/**
 * Puts what becomes of other laboratories' cells into a text, between its two markers: by the shipped gate, and by one that
 * never met the laboratory.
 * @throws Error if a marker is missing
 */
export function fillLaboratories(text: string, laboratories: readonly LaboratoryFigures[]): string {
  const share = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "–");
  const shares = ({cells, refused, figures: {sensitivity, specificity}}: AnswerFigures) =>
    [cells, share(refused.estimate), share(sensitivity.estimate), share(specificity.estimate)].join(" | ");
  const lines = [
    "| laboratory | cells | refused | sensitivity | specificity | never met: cells | refused | sensitivity | specificity |",
    "|---|---|---|---|---|---|---|---|---|",
    ...laboratories.map((one) => `| ${one.laboratory} | ${shares(one)} | ${shares(one.unmet)} |`)
  ];
  return replacePart(text, "laboratories: npm run report", `${lines.join("\n")}\n`, "models/README.md");
}
