import {existsSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import type {Classifier} from "../../src/components/classifier/client.js";
import {parseMetadata} from "../../src/components/engine/metadata.js";
import type {Finder} from "../../src/components/finder/open-finder.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {sha256} from "../../src/data/pack/digest.js";
import {showProgress} from "../../src/data/pack/progress.js";
import type {FieldLaboratory, FieldParasitaemia, FieldsReport} from "../../src/data/shapes/fields.js";
import {openFinderHere} from "../bundle.js";
import {openClassifier} from "../score/scorer.js";
import {FIELD_ARCHIVES, isUntaught, openFields} from "./fields.js";
import {judgeField, judgingOf, labelledCells} from "./judging.js";
import type {LabelledCell} from "./judging.js";
import {figuresOfFinding, measureField, sumOf} from "./measure.js";
import type {Finding} from "./measure.js";
import {fillFields} from "./readme.js";

// Measures the finder on whole fields of other laboratories, and both networks on the cells that it finds there:
// npm run fields -- --laboratories <directory>. The result goes into models/finder/report.json. With --left-out <name>
// and --finder <directory> it adds how a finder does on the laboratory that it was trained without.
const {values} = parseArgs({
  options: {
    laboratories: {type: "string"},
    finder: {type: "string", default: "models/finder"},
    "left-out": {type: "string"},
    report: {type: "string", default: "models/finder/report.json"}
  }
});
if (values.laboratories === undefined || !existsSync(values.laboratories)) {
  console.error("Say where the laboratories' archives lie: npm run fields -- --laboratories <directory>.");
  process.exit(2);
}
const references = {
  student: parseMetadata(readMetadata("models/student")),
  resnet34: parseMetadata(readMetadata("models/resnet34"))
};

/** Figures of all fields of a laboratory that took no part in training: its own, or the groups that are held out. */
async function measure(
  name: string,
  directory: string,
  isTaught: boolean,
  {finder, classifier}: {finder: Finder; classifier: Classifier}
): Promise<FieldLaboratory> {
  const {title, isComplete} = FIELD_ARCHIVES[name]!;
  const findings: Finding[] = [];
  const cells: LabelledCell[] = [];
  const parasitaemia: FieldParasitaemia[] = [];
  const boxed = {infected: 0, healthy: 0};
  const {total, fields} = await openFields(directory, name, (image) => isUntaught(name, image));
  const bar = showProgress(title, total);
  for await (const {name: field, picture, boxes} of fields) {
    const found = await finder.find(picture);
    findings.push(measureField(found.cells, boxes, picture));
    const judged = await judgeField(picture, found, {finder, classifier, references});
    const own = labelledCells(found.cells, judged, boxes);
    cells.push(...own);
    for (const {label} of boxes) if (label === "infected" || label === "healthy") boxed[label]++;
    const called = judged.filter((one) => one && one.resnet34 >= references.resnet34.threshold).length;
    parasitaemia.push({
      field: path.basename(field),
      infected: boxes.filter(({label}) => label === "infected").length,
      cells: boxes.length,
      called,
      told: judged.filter(Boolean).length
    });
    bar.advance();
  }
  bar.stop();
  return {
    laboratory: name,
    title,
    isComplete,
    tookPart: isTaught,
    finding: rounded(figuresOfFinding(sumOf(findings))),
    judged: {
      boxed,
      student: rounded(judgingOf(cells, "student", references.student.threshold)),
      resnet34: rounded(judgingOf(cells, "resnet34", references.resnet34.threshold))
    },
    ...(boxed.infected > 0 && {parasitaemia})
  };
}

function rounded<T extends object>(figures: T): T {
  const entries = Object.entries(figures).map(([key, value]: [string, number | null]) => [
    key,
    value && Number(value.toFixed(5))
  ]);
  return Object.fromEntries(entries) as T;
}

const finder = await openFinderHere(values.finder);
const classifier = await openClassifier();
const leftOut = values["left-out"];
const names = leftOut === undefined ? Object.keys(FIELD_ARCHIVES) : [leftOut];
const rows: FieldLaboratory[] = [];
for (const name of names) {
  const isTaught = leftOut === undefined && FIELD_ARCHIVES[name]!.teaches;
  const row = await measure(name, values.laboratories, isTaught, {finder, classifier});
  console.log(JSON.stringify({...row, parasitaemia: undefined}));
  rows.push(row);
}
const finderFile = path.join(values.finder, "metadata.json");
const stored = existsSync(values.report) && (JSON.parse(readFileSync(values.report, "utf8")) as FieldsReport);
// What finders did that a laboratory was left out of is measured by itself, and stays.
let report: FieldsReport = {...stored, finder: sha256(readFileSync(finderFile)), laboratories: rows};
if (leftOut !== undefined) {
  if (!stored) throw new Error(`There is no ${values.report} yet: measure the finder that is shipped first.`);
  const {history} = JSON.parse(readFileSync(finderFile, "utf8")) as {history: {step: number}[]};
  const others = (stored.leftOut ?? []).filter(({laboratory}) => laboratory !== leftOut);
  const own = rows.map((row) => ({...row, steps: history.at(-1)!.step}));
  report = {...stored, leftOut: [...others, ...own]};
}
writeFileSync(values.report, `${JSON.stringify(report, null, 1)}\n`);
writeFileSync("models/README.md", fillFields(readFileSync("models/README.md", "utf8"), report));
process.exit(0);
