import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {availableParallelism} from "node:os";
import {parseArgs} from "node:util";
import {SingleBar} from "cli-progress";
import {openFiles} from "./files.js";
import {scoreFiles} from "./score-files.js";
import type {Scored} from "./scorer.js";
import {openScores} from "./scores-file.js";

// Scores pictures as the page does, without a page: `npm run score -- <folder | list.csv | archive.zip> --out scores.csv`.
// A run that was killed goes on when it is started again. Ends with 1 if a file could not be read, with 2 if it cannot run.
const USAGE = "npm run score -- <folder | list.csv | archive.zip> [--out scores.csv] [--threads N]";

const hashOf = (name: string) =>
  createHash("sha256")
    .update(readFileSync(`models/${name}/metadata.json`))
    .digest("hex");

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {out: {type: "string", default: "scores.csv"}, threads: {type: "string"}}
  });
  const threads = Number(values.threads ?? availableParallelism());
  if (positionals.length !== 1 || !(threads >= 1)) throw new Error(`Say what to score: ${USAGE}`);
  const {files, skipped, close} = await openFiles(positionals[0]!);
  if (files.length === 0) throw new Error(`${positionals[0]} holds no files to score.`);
  const networks = {resnet34: hashOf("resnet34"), student: hashOf("student")};
  const scores = openScores(values.out, {networks, paths: files.map(({path}) => path)});
  const {kept} = scores;
  const tally = {answered: 0, outside: 0, unread: 0};
  const count = ({row, isRead}: Scored) =>
    (tally[row.refused === null ? "answered" : isRead ? "outside" : "unread"] += 1);
  kept.forEach(count);
  const bar = new SingleBar({format: "{bar} {value}/{total} files, {eta_formatted} left"});
  bar.start(files.length, kept.length);
  await scoreFiles(files.slice(kept.length), {
    threads,
    onScored(scored) {
      scores.append(scored);
      count(scored);
      bar.increment();
    }
  });
  bar.stop();
  scores.end();
  await close();
  const {answered, outside, unread} = tally;
  console.log(
    `${answered} answered, ${outside} refused as no such cell, ${unread} not read, ${skipped} skipped: ${values.out}`
  );
  return unread > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(2);
  }
);
