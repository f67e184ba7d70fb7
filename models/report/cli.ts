import {existsSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {readManifest} from "../../src/data/loaders/manifest.js";
import {changedCell} from "./changed-cell.js";
import {fillElsewhere, readElsewhere} from "./elsewhere.js";
import {fillLaboratories} from "./laboratories.js";
import {fillFigures, fillResults, otherReports} from "./readme.js";
import {makeReport} from "./report.js";
import {fillTries, readTries} from "./tries.js";

// Recomputes report.json of a model from its scores. Where the model is shipped, puts the shipped fold's operating point
// and figures into metadata.json, and those of ResNet-34 into README and models/README.md, beside the other models' as their own
// report.json has them: report the others first; the tries go into models/README.md. With --check nothing is written:
// the command fails if a file differs from what it would write.
const check = process.argv.includes("--check");
const name = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "resnet34";
const directory = path.join("models", name);
try {
  const {report, bands} = makeReport(name, directory);
  const files = new Map([
    [path.join(directory, "report.json"), json(report)],
    [path.join(directory, "bands.json"), `${JSON.stringify(bands)}\n`]
  ]);
  const file = path.join(directory, "metadata.json");
  if (existsSync(file)) {
    const metadata = JSON.parse(readFileSync(file, "utf8")) as {split: {testFold: number}};
    const shipped = report.folds.find(({fold}) => fold === metadata.split.testFold);
    if (!shipped) throw new Error(`predictions.csv has no rows of fold ${metadata.split.testFold}, which is shipped`);
    const {operatingPoint, figures} = shipped;
    files.set(file, json({...metadata, ...operatingPoint, figures}));
    if (name === "resnet34") {
      const pictures = await changedCell(readManifest(), report.robustness);
      files.set(path.join(directory, "changed-cell.json"), json(pictures));
      const readme = readFileSync("README.md", "utf8");
      const {testFold} = metadata.split;
      const others = otherReports(name);
      files.set("README.md", fillResults(readme, report, testFold, others));
      const [models, tries] = [readFileSync("models/README.md", "utf8"), readTries()];
      const shippedElsewhere = readElsewhere(["resnet34", "student"]);
      const withFigures = fillLaboratories(fillFigures(models, report, testFold, others), report.laboratories);
      files.set("models/README.md", fillElsewhere(fillTries(withFigures, tries), shippedElsewhere, tries));
    }
  }
  for (const [file, text] of files) {
    if (!check) writeFileSync(file, text);
    else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
      throw new Error(`${file} is not what the scores give: run npm run report -- ${name}`);
    }
  }
  for (const {fold, figures} of report.folds) {
    const {accuracy, rocArea, sensitivity, specificity} = figures.original.figures;
    const undisputed = figures.undisputed.figures;
    console.log(
      `fold ${fold}: accuracy ${accuracy!.estimate}, AUC ${rocArea!.estimate}, sensitivity ${sensitivity!.estimate}, ` +
        `specificity ${specificity!.estimate}; undisputed labels ${undisputed.accuracy!.estimate}, ` +
        `AUC ${undisputed.rocArea!.estimate}`
    );
  }
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 1) + "\n";
}
