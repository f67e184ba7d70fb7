import {existsSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {fillReadme} from "./readme.js";
import {makeReport} from "./report.js";

// Recomputes report.json of a model from its scores. Where the model is shipped, puts the shipped fold's operating point
// and figures into metadata.json, and those of ResNet-34 into the README.
const name = process.argv[2] ?? "resnet34";
const directory = path.join("models", name);
try {
  const report = makeReport(name, directory);
  writeFileSync(path.join(directory, "report.json"), JSON.stringify(report, null, 1) + "\n");
  const file = path.join(directory, "metadata.json");
  if (existsSync(file)) {
    const metadata = JSON.parse(readFileSync(file, "utf8")) as {split: {testFold: number}};
    const shipped = report.folds.find(({fold}) => fold === metadata.split.testFold);
    if (!shipped) throw new Error(`predictions.csv has no rows of fold ${metadata.split.testFold}, which is shipped`);
    const {operatingPoint, figures} = shipped;
    writeFileSync(file, JSON.stringify({...metadata, ...operatingPoint, figures}, null, 1) + "\n");
    if (name === "resnet34") {
      writeFileSync("README.md", fillReadme(readFileSync("README.md", "utf8"), report, metadata.split.testFold));
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
