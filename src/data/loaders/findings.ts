import path from "node:path";
import {findingsSchema} from "../shapes/report.js";
import type {ChangedFigures, LaboratoryFigures} from "../shapes/report.js";
import {readMetadata} from "./metadata.js";
import {DataProblem, readChecked} from "./read.js";

/** One line of a finding's figure: a share with its 95 % interval, where there is one. */
export interface FindingRow {
  name: string;
  estimate: number;
  low: number | null;
  high: number | null;
}

/** One thing that was found, its figure, and the page that shows it whole. */
export interface Finding {
  title: string;
  /** What the figure measures. */
  measure: string;
  rows: FindingRow[];
  /** Ends of the figure's axis, shares. */
  axis: [from: number, to: number];
  /** The page that tells more, from the site's root. */
  path: string;
}

const percent = (share: number, decimals = 1) => `${(100 * share).toFixed(decimals)}\u00a0%`;
const bare = (name: string, estimate: number): FindingRow => ({name, estimate, low: null, high: null});

/** How large a network is on its way to the browser. */
function sizeOf(directory: string): string {
  const all = readMetadata(directory).files.reduce((sum, {bytes}) => sum + bytes, 0);
  return all < 1e6 ? `${Math.round(all / 1e3)}\u00a0kB` : `${Math.round(all / 1e6)}\u00a0MB`;
}

/** Healthy cells of the laboratories that the checks and the threshold suit best and worst, had they never been met. */
function unmetRows(laboratories: readonly LaboratoryFigures[]): FindingRow[] {
  const rows = laboratories.flatMap(({laboratory: name, unmet: {figures}}) =>
    Number.isFinite(figures.specificity.estimate) ? [{name, ...figures.specificity}] : []
  );
  rows.sort((a, b) => b.estimate - a.estimate);
  return rows.length > 1 ? [rows[0]!, rows.at(-1)!] : rows;
}

/**
 * Findings about the shipped network and its student, their titles made of the figures of both `report.json`: six, or five
 * where no other laboratory was scored.
 * @throws DataProblem naming what is missing
 */
export function findings(directory: string, studentDirectory: string): Finding[] {
  const file = path.join(directory, "report.json");
  const {pooled, robustness, laboratories} = readChecked(file, findingsSchema);
  const unmet = unmetRows(laboratories);
  const student = readChecked(path.join(studentDirectory, "report.json"), findingsSchema);
  const {original, undisputed} = pooled;
  const [errors, clear] = [original, undisputed].map(({matrix}) => matrix.falseNegatives + matrix.falsePositives);
  const disputed = 1 - clear! / errors!;
  const area = (name: string, {original}: typeof pooled) => ({name, ...original.figures.rocArea});
  const at = (change: string, level: number): ChangedFigures => {
    const found = robustness.find((one) => one.change === change && one.level === level);
    if (!found)
      throw new DataProblem(file, `robustness must have ${change} at ${level}; run npm run robustness and report`);
    return found;
  };
  const [plain, softer, soft] = [at("none", 0), at("blur", 1.5), at("blur", 2)];
  const [grain, noise] = [at("noise", 0.05), at("noise", 0.1)];
  return [
    {
      title: `Right on ${percent(original.figures.accuracy.estimate)} of the cells of patients it never met`,
      measure: `Accuracy on ${original.cells.toLocaleString("en")} cells of ${original.patients} patients`,
      rows: [
        {name: "all labels", ...original.figures.accuracy},
        {name: "undisputed labels", ...undisputed.figures.accuracy}
      ],
      axis: [0.9, 1],
      path: "/pages/evaluation"
    },
    {
      title: `${percent(disputed, 0)} of its errors are cells whose label a second reader disputes`,
      measure: `Share of its ${errors!.toLocaleString("en")} errors`,
      rows: [bare("disputed labels", disputed), bare("undisputed labels", 1 - disputed)],
      axis: [0, 1],
      path: "/pages/dataset?disputed=yes"
    },
    {
      title: `A network of ${sizeOf(studentDirectory)} does as well as one of ${sizeOf(directory)}`,
      measure: "Area under the ROC curve",
      rows: [area("student", student.pooled), area("ResNet-34", pooled)],
      axis: [0.9, 1],
      path: "/pages/model-card"
    },
    {
      title: `Blur hides parasites: two pixels of it, and it finds ${percent(soft.sensitivity, 0)} of them`,
      measure: "Sensitivity",
      rows: [
        bare("as they are", plain.sensitivity),
        bare("blur 1.5 px", softer.sensitivity),
        bare("blur 2 px", soft.sensitivity)
      ],
      axis: [0, 1],
      path: "/pages/evaluation?tab=robustness"
    },
    {
      title: `Noise makes parasites up: it then clears ${percent(noise.specificity, 0)} of the healthy cells`,
      measure: "Specificity",
      rows: [
        bare("as they are", plain.specificity),
        bare("some noise", grain.specificity),
        bare("strong noise", noise.specificity)
      ],
      axis: [0, 1],
      path: "/pages/evaluation?tab=robustness"
    },
    ...(unmet.length > 0
      ? [
          {
            title: `In a laboratory it never met, it may clear only ${percent(unmet.at(-1)!.estimate, 0)} of the healthy cells`,
            measure: "Specificity",
            rows: [{name: "at home", ...original.figures.specificity}, ...unmet],
            axis: [0, 1] as [number, number],
            path: "/pages/evaluation?tab=laboratories"
          }
        ]
      : [])
  ];
}
