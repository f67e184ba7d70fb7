import {mkdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import {parseArgs} from "node:util";
import {parseMetadata} from "../../src/components/engine/metadata.js";
import {FIELD_LIMITS, setLimits} from "../../src/components/formats/limits.js";
import {messageOf} from "../../src/components/image/refusal.js";
import {toCsv} from "../../src/components/ui/csv.js";
import type {Row} from "../../src/components/ui/csv.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {openFinderHere} from "../bundle.js";
import {openFiles} from "../score/files.js";
import type {ScoredFiles} from "../score/files.js";
import {openClassifier} from "../score/scorer.js";
import {annotate} from "./annotate.js";
import {COLUMNS, countPicture, describeCount} from "./count-field.js";

// Counts the cells of whole fields as the smear page does, without a page:
// npm run count -- <files, folders, lists or archives> --out cells.csv [--annotated folder].
// Ends with 1 if a file could not be read, with 2 if it cannot run.
const USAGE = "npm run count -- <files or folder> [--out cells.csv] [--annotated folder]";

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {out: {type: "string", default: "cells.csv"}, annotated: {type: "string"}}
  });
  if (positionals.length === 0) throw new Error(`Say which fields to count: ${USAGE}`);
  setLimits(FIELD_LIMITS);
  const opened = await Promise.all(positionals.map(openFiles));
  if (opened.every(({count}) => count === 0)) throw new Error(`${positionals.join(", ")} holds no files to count.`);
  const parts = {
    finder: await openFinderHere("models/finder"),
    classifier: await openClassifier(),
    metadata: {
      student: parseMetadata(readMetadata("models/student")),
      resnet34: parseMetadata(readMetadata("models/resnet34"))
    }
  };
  const all: Row[] = [];
  let unread = 0;
  for await (const {path: image, read} of filesOf(opened)) {
    try {
      const bytes = await read();
      const counted = await countPicture(image, bytes, parts);
      all.push(...counted.rows);
      console.log([`${image}: ${describeCount(counted.rows)}.`, ...counted.reading.doubts].join(" "));
      if (values.annotated !== undefined) {
        const file = path.join(values.annotated, `${image}.png`);
        mkdirSync(path.dirname(file), {recursive: true});
        writeFileSync(file, await annotate(bytes, counted));
      }
    } catch (error) {
      unread++;
      console.error(`${image}: ${messageOf(error)}`);
    }
    writeFileSync(values.out, toCsv(all, COLUMNS));
  }
  await Promise.all(opened.map(({close}) => close()));
  return unread > 0 ? 1 : 0;
}

async function* filesOf(opened: readonly ScoredFiles[]) {
  for (const {files} of opened) yield* files();
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(2);
  }
);
