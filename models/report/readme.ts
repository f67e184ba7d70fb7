import {existsSync, readFileSync} from "node:fs";
import path from "node:path";
import {modelTitles} from "../../src/data/loaders/model-titles.js";
import type {LabelSet} from "../../src/data/shapes/evaluation.js";
import type {Figure} from "../../src/data/shapes/report.js";
import {replacePart} from "../readme-part.js";
import type {Figures} from "./figures.js";
import type {Report} from "./report.js";

const columns: [title: string, figure: string][] = [
  ["accuracy", "accuracy"],
  ["area under the ROC curve", "rocArea"],
  ["sensitivity", "sensitivity"],
  ["specificity", "specificity"]
];

const titles: Record<LabelSet, string> = {
  original: "original labels",
  undisputed: "undisputed labels",
  corrected: "corrected labels (Fuhad et al. 2020)"
};

/**
 * Puts the results into the README, between its two markers: a line each for all tested folds, on all labels and on those
 * that nobody disputes, for the shipped fold, and for the student.
 *
 * @throws Error if a marker or the shipped fold is missing
 */
export function fillResults(readme: string, report: Report, testFold: number, others: readonly Report[] = []): string {
  const shipped = shippedOf(report, testFold);
  const student = others.find(({name, pooled}) => name === "student" && pooled);
  const rows: [name: string, figures: Figures][] = [
    ...(report.pooled
      ? ([
          [`ResNet-34, all ${report.folds.length} folds`, report.pooled.original],
          ["the same, undisputed labels", report.pooled.undisputed]
        ] as [string, Figures][])
      : []),
    [`the one on this site, fold ${testFold}`, shipped.figures.original],
    ...(student
      ? ([[`its student, all ${student.folds.length} folds`, student.pooled!.original]] as [string, Figures][])
      : [])
  ];
  const note = `In brackets: 95 % intervals from ${report.draws.toLocaleString("en")} draws of whole patients.`;
  return replacePart(
    readme,
    "results: npm run report",
    `${[...table("patients whom it never saw", rows), "", note].join("\n")}\n`
  );
}

function shippedOf(report: Report, testFold: number): Report["folds"][number] {
  const shipped = report.folds.find(({fold}) => fold === testFold);
  if (!shipped) throw new Error(`The report has no fold ${testFold}.`);
  return shipped;
}

/**
 * Puts figures into models/README.md, between its two markers: of all tested folds together, of the shipped fold, and of the
 * models to compare with (`others`, in the order in which they shall stand).
 *
 * @throws Error if a marker or the shipped fold is missing
 */
export function fillFigures(text: string, report: Report, testFold: number, others: readonly Report[] = []): string {
  const shipped = shippedOf(report, testFold);
  const lines = [
    ...(report.pooled
      ? [...byLabels(`all ${report.folds.length} tested folds, ${patientsOf(report.pooled)}`, report.pooled), ""]
      : []),
    ...byLabels(`the network on this site, ${patientsOf(shipped.figures)} whom it never saw`, shipped.figures),
    "",
    ...(others.length ? [...byModel([report, ...others]), ""] : []),
    `In brackets: 95 % intervals from ${report.draws.toLocaleString("en")} draws of whole patients. Positive class: ` +
      `parasitized. The network on this site calls it from P ≥ ${shipped.operatingPoint.threshold.toFixed(3)}: ` +
      `${shipped.operatingPoint.rule.charAt(0).toLowerCase()}${shipped.operatingPoint.rule.slice(1)}`
  ];
  return replacePart(text, "figures: npm run report", `${lines.join("\n")}\n`, "models/README.md");
}

function patientsOf(figures: Record<LabelSet, Figures>): string {
  return `${figures.original.patients} patients`;
}

function byLabels(title: string, figures: Record<LabelSet, Figures>): string[] {
  return table(
    title,
    (Object.keys(titles) as LabelSet[]).map((set) => [titles[set], figures[set]])
  );
}

function byModel(reports: readonly Report[]): string[] {
  return table(
    "compared, original labels",
    reports.map(({name, folds, pooled}) => [
      `${modelTitles[name] ?? name}, ${folds.length === 1 ? "one test set" : `${folds.length} folds`}`,
      (pooled ?? folds[0]!.figures).original
    ])
  );
}

function table(title: string, rows: [name: string, figures: Figures][]): string[] {
  return [
    `| ${title} | cells | ${columns.map(([column]) => column).join(" | ")} |`,
    `|---|---|${columns.map(() => "---|").join("")}`,
    ...rows.map(([name, {cells, figures}]) => {
      const values = columns.map(([, figure]) => interval(figures[figure]!));
      return `| ${name} | ${cells.toLocaleString("en")} | ${values.join(" | ")} |`;
    })
  ];
}

function interval({estimate, low, high}: Figure): string {
  return `${estimate.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
}

/** `report.json` of every known model but `name`, as far as they are there, in the order of the models' titles. */
export function otherReports(name: string, directory = "models"): Report[] {
  return Object.keys(modelTitles)
    .filter((other) => other !== name)
    .map((other) => path.join(directory, other, "report.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
}
