import {availableParallelism} from "node:os";
import {parseArgs} from "node:util";
import {SingleBar} from "cli-progress";
import {openCrew} from "./crew.js";
import {openFiles} from "./files.js";
import {networksOfRun, openScores, whyStopped} from "./scores-file.js";

// Scores pictures as the page does, without a page: `npm run score -- <folder | list | archive> --out scores.csv`.
// A run that was killed goes on when it is started again. Ends with 1 if a file could not be read, with 2 if it cannot run.
const USAGE =
  "npm run score -- <folder | list.csv | list.parquet | archive.zip> [--out scores.csv | .parquet | .arrow] [--threads N]";

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {out: {type: "string", default: "scores.csv"}, threads: {type: "string"}}
  });
  const threads = Number(values.threads ?? availableParallelism());
  if (positionals.length !== 1 || !(threads >= 1)) throw new Error(`Say what to score: ${USAGE}`);
  const {count, identity, files, skipped, close} = await openFiles(positionals[0]!);
  if (count === 0) throw new Error(`${positionals[0]} holds no files to score.`);
  const {kept, tally, append, end} = await openScores(values.out, {networks: networksOfRun(), identity});
  const crew = await openCrew(Math.min(threads, count - kept));
  const bar = new SingleBar({format: "{bar} {value}/{total} files, {pace} a second, {eta_formatted} left"});
  bar.start(count, kept, {pace: "…"});
  const [start, before] = [performance.now(), process.cpuUsage()];
  let scored = 0;
  const pace = () => ((1000 * scored) / (performance.now() - start)).toFixed(1);
  await crew.score(files(kept), (one) => {
    append(one);
    scored += 1;
    bar.increment({pace: pace()});
  });
  const seconds = (performance.now() - start) / 1000;
  const {user, system} = process.cpuUsage(before);
  bar.stop();
  await Promise.all([end(), close(), crew.close()]);
  const {answered, outside, unread} = tally;
  console.log(
    [
      `${answered} answered, ${outside} refused as no such cell, ${unread} not read, ${skipped} skipped: ${values.out}`,
      `${scored} files in ${seconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processors, ${pace()} a second on ${threads} threads.`
    ].join("\n")
  );
  return unread > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(whyStopped(error));
    process.exit(2);
  }
);
